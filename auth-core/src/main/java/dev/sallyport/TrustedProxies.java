package dev.sallyport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The proxies that are trusted to report a client's address and TLS: {@code Forwarded} (RFC 7239)
 * or {@code X-Forwarded-For} and {@code X-Forwarded-Proto}, read from the right, as far as the
 * addresses are those of trusted proxies. From anybody else these fields are ignored. Immutable.
 *
 * <p>A proxy should drop what a client sends of these fields. Where both forms are there and say
 * different things, neither is believed: the proxy stands for the client, and nothing is secure.
 * What is malformed says nothing. {@code X-Forwarded-Proto} has one value, or one for each entry of
 * {@code X-Forwarded-For}, which is then read at the hop that the client reached; any other number
 * is not secure. {@code https} and {@code wss} are secure.
 *
 * <pre>{@code
 * TrustedProxies.of(List.of("10.0.0.0/8", "fd00::/8"))
 * }</pre>
 */
public final class TrustedProxies {
  private static final TrustedProxies NONE = new TrustedProxies(List.of(), List.of());
  private static final int NAT64_PREFIX = 96;

  private final List<Network> networks;
  private final List<Network> nat64;

  private TrustedProxies(List<Network> networks, List<Network> nat64) {
    this.networks = networks;
    this.nat64 = nat64;
  }

  /** {@return no proxies, so that no forwarded address is believed: the default} */
  public static TrustedProxies none() {
    return NONE;
  }

  /**
   * Proxies of these networks.
   *
   * @param networks addresses, or networks such as {@code 10.0.0.0/8}; names are not looked up
   * @return the proxies
   * @throws IllegalArgumentException if one is not a network
   */
  public static TrustedProxies of(Collection<String> networks) {
    return new TrustedProxies(parse(networks), List.of());
  }

  private static List<Network> parse(Collection<String> networks) {
    List<Network> parsed = new ArrayList<>();
    for (String network : networks) {
      parsed.add(Network.parse(network));
    }
    return List.copyOf(parsed);
  }

  /**
   * The same where a NAT64 of the host's own network stands before clients (RFC 6052): an address
   * below one of its prefixes is the IPv4 address in it, so that one client behind it is not taken
   * for all. The well-known prefix {@code 64:ff9b::/96} needs no naming to be counted so.
   *
   * @param prefixes networks of 96 bits, for example {@code 2001:db8:64::/96}
   * @return new proxies
   * @throws IllegalArgumentException if one is not a network of 96 bits
   */
  public TrustedProxies withNat64(Collection<String> prefixes) {
    List<Network> parsed = parse(prefixes);
    for (Network prefix : parsed) {
      if (prefix.prefix() != NAT64_PREFIX) {
        throw new IllegalArgumentException(
            "A prefix of NAT64 is an IPv6 network of 96 bits, not " + prefix);
      }
    }
    return new TrustedProxies(networks, parsed);
  }

  /** The IPv4 address in an address of NAT64; any other address as it is. */
  InetAddress translated(InetAddress client) {
    for (Network prefix : nat64) {
      if (prefix.contains(client)) {
        try {
          byte[] bytes = client.getAddress();
          InetAddress inner =
              InetAddress.getByAddress(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length));
          // Nobody on the network is this machine.
          return inner.isLoopbackAddress() || inner.isAnyLocalAddress() ? client : inner;
        } catch (UnknownHostException e) {
          throw new IllegalStateException("Four bytes always make an address", e);
        }
      }
    }
    return client;
  }

  /** {@return whether no proxy is trusted, as in {@link #none()}} */
  public boolean isNone() {
    return networks.isEmpty();
  }

  /** What a request's client is, and whether it used TLS. */
  record Origin(InetAddress client, boolean secure) {}

  Origin origin(InetAddress peer, boolean secure, HeaderSource headers) {
    Origin connection = new Origin(peer, secure);
    if (!trusts(peer)) {
      return connection;
    }
    Iterator<ForwardedHop> standard = ForwardedHop.ofForwarded(headers);
    Iterator<ForwardedHop> customary = ForwardedHop.ofXForwarded(headers);
    if (!standard.hasNext()) {
      return walk(customary, connection);
    }
    Origin said = walk(standard, connection);
    return !customary.hasNext() || said.equals(walk(customary, connection))
        ? said
        : new Origin(peer, false);
  }

  /** From the nearest hop on, as long as it is a trusted one that speaks. */
  private Origin walk(Iterator<ForwardedHop> nearestFirst, Origin connection) {
    Origin origin = connection;
    while (nearestFirst.hasNext()) {
      ForwardedHop hop = nearestFirst.next();
      Optional<InetAddress> address = hop.address();
      if (address.isEmpty()) {
        return new Origin(origin.client(), hop.secure());
      }
      origin = new Origin(address.get(), hop.secure());
      if (!trusts(origin.client())) {
        return origin;
      }
    }
    return origin;
  }

  private boolean trusts(InetAddress address) {
    for (Network network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "TrustedProxies" + networks;
  }

  private record Network(InetAddress address, int prefix) {
    static Network parse(String text) {
      Objects.requireNonNull(text, "network");
      int slash = text.indexOf('/');
      InetAddress address =
          IpAddress.bare(slash < 0 ? text : text.substring(0, slash))
              .orElseThrow(() -> refused(text));
      int bits = address.getAddress().length * 8;
      String prefix = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
      if (!prefix.matches("[0-9]{1,3}") || Integer.parseInt(prefix) > bits) {
        throw refused(text);
      }
      Network network = new Network(address, Integer.parseInt(prefix));
      if (!network.hasNothingBehindPrefix()) {
        throw new IllegalArgumentException(
            "The network " + text + " has bits behind its prefix; give the network's own address");
      }
      return network;
    }

    private static IllegalArgumentException refused(String text) {
      return new IllegalArgumentException(
          "Not an address or a network such as 10.0.0.0/8 or fd00::/8: '" + text + "'");
    }

    private boolean hasNothingBehindPrefix() {
      byte[] bytes = address.getAddress();
      for (int bit = prefix; bit < bytes.length * 8; bit++) {
        if (bit(bytes, bit) != 0) {
          return false;
        }
      }
      return true;
    }

    boolean contains(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] theirs = other.getAddress();
      if (mine.length != theirs.length) {
        return false;
      }
      for (int bit = 0; bit < prefix; bit++) {
        if (bit(mine, bit) != bit(theirs, bit)) {
          return false;
        }
      }
      return true;
    }

    private static int bit(byte[] bytes, int index) {
      return (bytes[index / 8] >> (7 - index % 8)) & 1;
    }

    @Override
    public String toString() {
      return address.getHostAddress() + "/" + prefix;
    }
  }
}

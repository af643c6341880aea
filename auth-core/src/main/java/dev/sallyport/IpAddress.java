package dev.sallyport;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses in text, as hosts give a peer's address. A name is never looked up: a client could have
 * sent it, and would have the host ask a name server of its choice.
 */
public final class IpAddress {
  /**
   * The peer where a host can't tell its address, such as over a Unix domain socket: not loopback,
   * and one client for the throttle.
   */
  public static final InetAddress UNSPECIFIED = zero();

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");

  /** The JDK checks the rest, but takes {@code ::ffff:010.0.0.1} for 10.0.0.1. */
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:]{0,39}:([0-9A-Fa-f]{0,4}|" + IPV4 + ")");

  private IpAddress() {}

  /**
   * Reads a literal address.
   *
   * @param text an IPv4 address in four decimal parts, or an IPv6 address (RFC 4291 section 2.2)
   *     with or without brackets and zone (RFC 4007 section 11); the zone is left out
   * @return the address; empty for anything else, such as a name
   */
  public static Optional<InetAddress> literal(String text) {
    boolean bracketed = text.startsWith("[") && text.endsWith("]");
    String inner = bracketed ? text.substring(1, text.length() - 1) : text;
    int zone = inner.indexOf(':') < 0 ? -1 : inner.indexOf('%');
    return bare(zone < 0 ? inner : inner.substring(0, zone), !bracketed);
  }

  /** As {@link #literal}, without brackets and zone. */
  static Optional<InetAddress> bare(String text) {
    return bare(text, true);
  }

  private static Optional<InetAddress> bare(String text, boolean orIpv4) {
    boolean literal =
        text.indexOf(':') < 0
            ? orIpv4 && IPV4.matcher(text).matches()
            : IPV6.matcher(text).matches();
    if (!literal) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static InetAddress zero() {
    try {
      return InetAddress.getByAddress(new byte[4]);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes always make an address", e);
    }
  }
}

package dev.sallyport.throttle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one client: an IPv4 address, or the /64 of an IPv6 one, since a client owns all of
 * that. An address of NAT64 (64:ff9b::/96, RFC 6052) and an IPv4-mapped one (::ffff:0:0/96, RFC
 * 4291) are the IPv4 address in them. Immutable.
 *
 * @param isIpv6 whether it is a /64
 * @param bits the 64 bits of the prefix, or the 32 of the address
 */
public record ClientNetwork(boolean isIpv6, long bits) {
  private static final long NAT64 = 0x0064_ff9b_0000_0000L;

  /**
   * The network of a client.
   *
   * @param client the client's address
   * @return its network
   */
  public static ClientNetwork of(InetAddress client) {
    ByteBuffer address = ByteBuffer.wrap(client.getAddress());
    if (!(client instanceof Inet6Address)) {
      return ofIpv4(address.getInt(0));
    }
    long prefix = address.getLong(0);
    boolean isNat64 = prefix == NAT64 && address.getInt(8) == 0;
    boolean isMapped = prefix == 0 && address.getInt(8) == 0xFFFF;
    return isNat64 || isMapped ? ofIpv4(address.getInt(12)) : new ClientNetwork(true, prefix);
  }

  private static ClientNetwork ofIpv4(int address) {
    return new ClientNetwork(false, Integer.toUnsignedLong(address));
  }

  /**
   * {@return the wider network that is often in one hand, with zeros behind its prefix: the /48 of
   * a /64, the /24 of an IPv4 address}
   */
  public ClientNetwork site() {
    return new ClientNetwork(isIpv6, bits & (isIpv6 ? ~0xFFFFL : ~0xFFL));
  }

  /** The prefix, or the address, as bytes. */
  byte[] bytes() {
    return isIpv6
        ? ByteBuffer.allocate(Long.BYTES).putLong(bits).array()
        : ByteBuffer.allocate(Integer.BYTES).putInt((int) bits).array();
  }
}

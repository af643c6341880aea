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
  public static final InetAddress UNSPECIFIED = of(new byte[4]);

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

  /** The JDK checks the rest, but takes {@code ::ffff:010.0.0.1} for 10.0.0.1. */
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:]{0,39}:([0-9A-Fa-f]{0,4}|" + BYTE + "(\\." + BYTE + "){3})");

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
    if (text.indexOf(':') < 0) {
      return orIpv4 ? ipv4(text) : Optional.empty();
    }
    if (!IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** In one pass, since every request has one; a pattern takes longer than a session's look-up. */
  private static Optional<InetAddress> ipv4(String text) {
    byte[] four = new byte[4];
    int begin = 0;
    for (int i = 0; i < four.length; i++) {
      int end = i < 3 ? text.indexOf('.', begin) : text.length();
      int value = end < 0 ? -1 : octet(text, begin, end);
      if (value < 0) {
        return Optional.empty();
      }
      four[i] = (byte) value;
      begin = end + 1;
    }
    return Optional.of(of(four));
  }

  /** −1 for what is none: a number with leading zeros means another one to some. */
  private static int octet(String text, int begin, int end) {
    int length = end - begin;
    if (length < 1 || length > 3 || (length > 1 && text.charAt(begin) == '0')) {
      return -1;
    }
    int value = 0;
    for (int i = begin; i < end; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = 10 * value + digit;
    }
    return value > 255 ? -1 : value;
  }

  private static InetAddress of(byte[] four) {
    try {
      return InetAddress.getByAddress(four);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four bytes always make an address", e);
    }
  }
}

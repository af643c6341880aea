package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import java.util.HexFormat;

/**
 * By what a session knows its client again: a hash of the user agent and the client's network (IPv4
 * /24, IPv6 /56), in one short text. It is a hint: a thief can send any user agent, so the hash
 * need not be a strong one.
 */
final class ClientMark {
  private static final HexFormat HEX = HexFormat.of();
  private static final int AGENT_DIGITS = 8;

  private ClientMark() {}

  static String of(AuthRequest request) {
    byte[] address = request.clientAddress().getAddress();
    return HEX.toHexDigits(agent(request)) + HEX.formatHex(address, 0, networkBytes(address));
  }

  /** Compares numbers, so that no request makes a text of its own. */
  static boolean hasAgentOf(String mark, AuthRequest request) {
    return mark.length() >= AGENT_DIGITS
        && HexFormat.fromHexDigits(mark, 0, AGENT_DIGITS) == agent(request);
  }

  static boolean hasNetworkOf(String mark, AuthRequest request) {
    byte[] address = request.clientAddress().getAddress();
    int bytes = networkBytes(address);
    if (mark.length() != AGENT_DIGITS + 2 * bytes) {
      return false;
    }
    for (int i = 0; i < bytes; i++) {
      int at = AGENT_DIGITS + 2 * i;
      if (HexFormat.fromHexDigits(mark, at, at + 2) != (address[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  private static int agent(AuthRequest request) {
    return request.client().userAgent().hashCode();
  }

  private static int networkBytes(byte[] address) {
    return address.length == 4 ? 3 : 7;
  }
}

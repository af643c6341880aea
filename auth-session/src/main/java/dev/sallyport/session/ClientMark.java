package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import java.util.HexFormat;

/**
 * Identifies a session's client: a hash of the user agent and the client's network (IPv4 /24, IPv6
 * /56), in one short text. It is only a hint: a thief can send any user agent, so the hash need not
 * be a strong one.
 */
final class ClientMark {
  private static final HexFormat HEX = HexFormat.of();
  private static final int AGENT_DIGITS = 8;

  private ClientMark() {}

  static String of(AuthRequest request) {
    return agent(request) + network(request);
  }

  static boolean hasAgentOf(String mark, AuthRequest request) {
    return mark.startsWith(agent(request));
  }

  static boolean hasNetworkOf(String mark, AuthRequest request) {
    return mark.length() > AGENT_DIGITS && mark.substring(AGENT_DIGITS).equals(network(request));
  }

  private static String agent(AuthRequest request) {
    return HEX.toHexDigits(request.client().userAgent().hashCode());
  }

  private static String network(AuthRequest request) {
    byte[] address = request.clientAddress().getAddress();
    return HEX.formatHex(address, 0, address.length == 4 ? 3 : 7);
  }
}

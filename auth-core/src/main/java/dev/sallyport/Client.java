package dev.sallyport;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Where a request comes from. Both parts are hints for people, for throttling and for events: a
 * client can send any user agent.
 *
 * @param address the client's address
 * @param userAgent what the client calls itself, clipped to 256 characters; empty if it doesn't say
 */
public record Client(InetAddress address, String userAgent) {
  private static final int MAX_USER_AGENT = 256;

  /** Rejects null and clips the user agent. */
  public Client {
    Objects.requireNonNull(address, "address");
    userAgent = userAgent.substring(0, Math.min(userAgent.length(), MAX_USER_AGENT));
  }
}

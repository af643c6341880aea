package dev.sallyport;

import java.net.InetAddress;
import java.util.Objects;

/**
 * Where a request comes from. Both parts are hints for people, for throttling and for events: a
 * client can send any user agent.
 *
 * @param address the client's address
 * @param userAgent what the client calls itself; empty if it doesn't say
 */
public record Client(InetAddress address, String userAgent) {
  /** Refuses null. */
  public Client {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(userAgent, "userAgent");
  }
}

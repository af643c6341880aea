package dev.sallyport.account;

import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.PasswordVerdict;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** What accounts tell their listener. */
record Reports(AuthListener listener, Clock clock) {
  private static final int MAX_SUBJECT = 150;

  Instant now() {
    return clock.instant();
  }

  void publish(AuthEvent event) {
    listener.publish(event);
  }

  void refused(
      PasswordVerdict.Refused refused, String during, String username, InetAddress client) {
    if (refused.reason().refusal() == Refusal.THROTTLED) {
      throttled(during, username, client);
    } else {
      failed(during, refused.reason().name(), username, client);
    }
  }

  void failed(String during, String reason, String username, InetAddress client) {
    publish(new AuthEvent.AuthenticationFailed(now(), during, reason, clip(username), client));
  }

  void throttled(String during, String username, InetAddress client) {
    publish(new AuthEvent.Throttled(now(), during, clip(username), client));
  }

  private static String clip(String username) {
    return username.length() <= MAX_SUBJECT ? username : username.substring(0, MAX_SUBJECT);
  }

  <T> T reportingOutage(String during, Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException e) {
      outage(during, e);
      throw e;
    }
  }

  void outage(String during, StoreUnavailableException outage) {
    publish(new AuthEvent.StoreOutage(now(), during, outage.getClass().getName()));
  }
}

package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.PasswordReset.Request;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes requests for codes, and does as much for names that nobody has. */
record ResetRequests(
    UserRows rows,
    TokenStore tokens,
    Throttle throttle,
    PasswordReset.Delivery delivery,
    Duration codeLifetime,
    SecureRandom random) {
  static final String DURING = "password_reset";
  private static final TokenLimit THREE = new TokenLimit(3, TokenLimit.WhenFull.REMOVE_OLDEST);

  Request request(String username, Client client) {
    Attempt attempt = throttle.reserve(username, client.address());
    if (attempt instanceof Attempt.Granted granted) {
      accept(username, client, granted);
      return new Request.Accepted();
    }
    rows.reports().throttled(DURING, username, client.address());
    return new Request.Throttled(((Attempt.Refused) attempt).retryAfter());
  }

  private void accept(String username, Client client, Attempt.Granted granted) {
    Instant now = rows.reports().now();
    String code = ResetCode.create(random);
    Optional<User> found;
    try {
      found = Username.find(rows.users(), username);
      keep(found.orElse(null), SecretDigest.of(code), now);
    } catch (RuntimeException | Error e) {
      giveBack(granted, e);
      throw e;
    }
    granted.wrong(); // before the delivery, which takes time for users only
    if (found.isEmpty()) {
      String reason = PasswordVerdict.UNKNOWN_USER.name();
      rows.reports().failed(DURING, reason, username, client.address());
      return;
    }
    String userId = found.get().id();
    rows.reports().publish(new AuthEvent.PasswordResetRequested(now, userId, client.address()));
    deliver(found.get(), code, now.plus(codeLifetime));
  }

  /**
   * Adds a record and changes it, for every name, so that both take the same time: a user's code is
   * touched and stays, and what nobody asked for is removed. No user has its random id.
   */
  private void keep(@Nullable User user, SecretDigest key, Instant now) {
    String userId = user == null ? Uuid4.create(random) : user.id();
    TokenRecord record =
        TokenRecord.builder(TokenKind.RESET, key, Uuid4.create(random), userId, now)
            .expiresAt(now.plus(codeLifetime))
            .epoch(user == null ? 0 : user.epoch())
            .build();
    tokens.insert(record, THREE, now);
    if (user == null) {
      tokens.remove(TokenKind.RESET, key);
    } else {
      tokens.touch(TokenKind.RESET, key, now.plusMillis(1), null);
    }
  }

  private static void giveBack(Attempt.Granted granted, Throwable cause) {
    try {
      granted.giveBack();
    } catch (StoreUnavailableException e) {
      cause.addSuppressed(e); // its lease ends by itself
    }
  }

  private void deliver(User user, String code, Instant expiresAt) {
    try {
      delivery.deliver(user, code, expiresAt);
    } catch (RuntimeException e) {
      Reports reports = rows.reports();
      String fault = e.getClass().getName();
      reports.publish(new AuthEvent.DeliveryFailed(reports.now(), user.id(), fault));
    }
  }
}

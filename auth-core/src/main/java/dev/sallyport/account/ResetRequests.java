package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Rejected;
import dev.sallyport.Secret;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Handles requests for codes, with the same work for names that nobody has. */
record ResetRequests(
    UserUpdates rows,
    TokenStore tokens,
    Throttle throttle,
    PasswordReset.Delivery delivery,
    Duration codeLifetime) {
  static final String DURING = "password_reset";
  private static final TokenLimit THREE = new TokenLimit(3, TokenLimit.WhenFull.REMOVE_OLDEST);

  Optional<Rejected> request(String username, Client client) {
    Attempt attempt = throttle.reserve(username, client.address());
    if (attempt instanceof Attempt.Granted granted) {
      accept(username, client, granted);
      return Optional.empty();
    }
    Rejected throttled =
        Rejected.of(DURING, PasswordResult.THROTTLED)
            .withSubject(username)
            .withRetryAfter(((Attempt.Refused) attempt).retryAfter());
    rows.environment().report(throttled, client.address());
    return Optional.of(throttled);
  }

  private void accept(String username, Client client, Attempt.Granted granted) {
    AuthEnvironment environment = rows.environment();
    Instant now = environment.now();
    String code = ResetCode.create(environment.random());
    Optional<User> found =
        granted.during(
            () -> {
              Optional<User> user = Username.find(rows.users(), username);
              keep(user.orElse(null), SecretDigest.of(code), now);
              return user;
            });
    granted.wrong(); // before the delivery, which takes time for users only
    if (found.isEmpty()) {
      environment.report(
          Rejected.of(DURING, PasswordResult.UNKNOWN_USER).withSubject(username), client.address());
      return;
    }
    String userId = found.get().id();
    environment.publish(new AuthEvent.PasswordResetRequested(now, userId, client.address()));
    deliver(found.get(), Secret.of(code), now.plus(codeLifetime));
  }

  /**
   * Adds a record and changes it, for every name, so that both take the same time: a user's code is
   * touched and stays, and what nobody asked for is removed. No user has its random id.
   */
  private void keep(@Nullable User user, SecretDigest key, Instant now) {
    String userId = user == null ? randomId() : user.id();
    TokenRecord record =
        TokenRecord.builder(TokenKind.RESET, key, randomId(), userId, now)
            .expiresAt(now.plus(codeLifetime))
            .epoch(user == null ? 0 : user.epoch())
            .build();
    tokens.insert(record, THREE, now);
    if (user == null) {
      tokens.remove(record, now);
    } else {
      tokens.touch(record, now.plusMillis(1), null);
    }
  }

  private String randomId() {
    return Uuid4.create(rows.environment().random());
  }

  private void deliver(User user, Secret code, Instant expiresAt) {
    try {
      delivery.deliver(user, code, expiresAt);
    } catch (RuntimeException e) {
      AuthEnvironment environment = rows.environment();
      String fault = e.getClass().getName();
      environment.publish(new AuthEvent.DeliveryFailed(environment.now(), user.id(), fault));
    }
  }
}

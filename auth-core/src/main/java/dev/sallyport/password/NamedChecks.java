package dev.sallyport.password;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Plan;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks by the name that a client sent: whoever has to wait is refused before the user is read.
 */
record NamedChecks(CredentialStore users, Throttle throttle, ThrottledChecks checks) {
  static NamedChecks of(
      Throttle throttle, QueuedHashing hashing, boolean remember, Duration maxWait) {
    return new NamedChecks(
        hashing.users(),
        throttle,
        new ThrottledChecks(throttle, hashing.environment(), remember, maxWait, hashing));
  }

  PasswordResult check(String username, Password password, Client client, boolean repeated) {
    PasswordResult refused = refusedUnread(username, client);
    return refused == null
        ? checks.check(
            credentials(username, Username.find(users, username), password, client), repeated)
        : refused;
  }

  /** Checks for a login, and raises its event. */
  PasswordResult logIn(
      String username, Password password, Client client, AuthEnvironment environment) {
    PasswordResult verdict =
        environment.reportingOutage("login", () -> check(username, password, client, false));
    if (verdict instanceof PasswordResult.Verified verified) {
      environment.publish(
          new AuthEvent.LoggedIn(
              environment.now(), verified.user().id(), client.address(), client.userAgent()));
    } else if (verdict instanceof PasswordResult.Refused refused) {
      environment.report(refused.rejected("login").withSubject(username), client.address());
    }
    return verdict;
  }

  Plan<PasswordResult> planRepeated(String username, Password password, Client client) {
    return Plan.store(
        () -> {
          PasswordResult refused = refusedUnread(username, client);
          return refused == null
              ? checks.planRepeated(
                  credentials(username, Username.find(users, username), password, client))
              : Plan.done(refused);
        });
  }

  /** What is refused without asking the store; null if it is to be asked. */
  private @Nullable PasswordResult refusedUnread(String username, Client client) {
    return username.isEmpty()
        ? new PasswordResult.Refused(PasswordResult.UNKNOWN_USER, null)
        : throttle
            .remembered(username, client.address())
            .map(PasswordResult.Refused::throttled)
            .orElse(null);
  }

  private static Credentials credentials(
      String username, Optional<User> user, Password password, Client client) {
    return Credentials.of(username, user.orElse(null), password, client.address());
  }

  /** Omits all of it. */
  @Override
  public String toString() {
    return "NamedChecks";
  }
}

package dev.sallyport.event;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision, or one thing that happened on the way to it. No event holds a secret. Names come
 * from clients: escape them before they are shown.
 */
public sealed interface AuthEvent {
  /**
   * When it happened.
   *
   * @return the time of the library's clock
   */
  Instant at();

  /**
   * A request was authenticated.
   *
   * @param at when
   * @param scheme the authenticator
   * @param userId the id of the principal
   * @param client the client's address
   */
  record RequestAuthenticated(Instant at, String scheme, String userId, InetAddress client)
      implements AuthEvent {}

  /**
   * A user logged in: a password was checked for its own sake and was right.
   *
   * @param at when
   * @param userId the id of the user
   * @param client the client's address
   */
  record LoggedIn(Instant at, String userId, InetAddress client) implements AuthEvent {}

  /**
   * A request or a login was refused.
   *
   * @param at when
   * @param scheme the authenticator, or {@code login}
   * @param reason the true reason, which the client doesn't see
   * @param subject who it claimed to be from, if it said so
   * @param client the client's address
   */
  record AuthenticationFailed(
      Instant at, String scheme, String reason, @Nullable String subject, InetAddress client)
      implements AuthEvent {}

  /**
   * An attempt was refused unseen, since too many have failed.
   *
   * @param at when
   * @param scheme the authenticator, or {@code login}
   * @param subject who it claimed to be from, if it said so
   * @param client the client's address
   */
  record Throttled(Instant at, String scheme, @Nullable String subject, InetAddress client)
      implements AuthEvent {}

  /**
   * A cookie that is no longer good came with a request and was passed over.
   *
   * @param at when
   * @param scheme the authenticator
   * @param reason why it is no longer good
   * @param client the client's address
   */
  record StaleCredentials(Instant at, String scheme, String reason, InetAddress client)
      implements AuthEvent {}

  /**
   * A user signed up.
   *
   * @param at when
   * @param userId the id of the new user
   * @param name the new name
   */
  record Registered(Instant at, String userId, String name) implements AuthEvent {}

  /**
   * A stored hash was replaced by one of today's cost and format, after a correct login.
   *
   * @param at when
   * @param userId the id of the user
   */
  record PasswordUpgraded(Instant at, String userId) implements AuthEvent {}

  /**
   * A store could not answer.
   *
   * @param at when
   * @param during what was being done, for example {@code basic} or {@code password_upgrade}
   * @param fault the type of the exception; its text is left to whoever catches it
   */
  record StoreOutage(Instant at, String during, String fault) implements AuthEvent {}

  /**
   * An event of a scheme that the library doesn't know.
   *
   * @param at when
   * @param scheme the authenticator
   * @param type a stable name in snake_case
   * @param details whatever helps, and no secrets; copied
   */
  record SchemeEvent(Instant at, String scheme, String type, Map<String, String> details)
      implements AuthEvent {
    /** Copies the details. */
    public SchemeEvent {
      Objects.requireNonNull(at, "at");
      Objects.requireNonNull(scheme, "scheme");
      Objects.requireNonNull(type, "type");
      details = Map.copyOf(details);
    }
  }
}

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
   * @param userAgent what the client calls itself; may be empty
   */
  record LoggedIn(Instant at, String userId, InetAddress client, String userAgent)
      implements AuthEvent {}

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
   * A user's password was changed or reset; all that was issued before has ended, but for what is
   * exempt.
   *
   * @param at when
   * @param userId the id of the user
   * @param byReset whether a reset code stood in for the former password
   */
  record PasswordChanged(Instant at, String userId, boolean byReset) implements AuthEvent {}

  /**
   * A code that resets a password was made, and handed to the host to deliver.
   *
   * @param at when
   * @param userId the id of the user
   * @param client the address of who asked
   */
  record PasswordResetRequested(Instant at, String userId, InetAddress client)
      implements AuthEvent {}

  /**
   * The host could not deliver what it was handed, for example a code that resets a password. Who
   * asked for it was not told.
   *
   * @param at when
   * @param userId the id of the user whom it was for
   * @param fault the type of the exception; its text may hold the code
   */
  record DeliveryFailed(Instant at, String userId, String fault) implements AuthEvent {}

  /**
   * An account was changed otherwise.
   *
   * @param at when
   * @param userId the id of the user
   * @param change what was done: {@code deactivated}, {@code activated}, {@code renamed}, {@code
   *     deleted} or {@code logged_out_everywhere}
   */
  record AccountChanged(Instant at, String userId, String change) implements AuthEvent {}

  /**
   * Something was issued to a user: a session, a token, a family of refresh tokens.
   *
   * @param at when
   * @param kind what, for example {@code session}
   * @param id its public id
   * @param userId the id of the user
   */
  record Issued(Instant at, String kind, String id, String userId) implements AuthEvent {}

  /**
   * A session went on under another id.
   *
   * @param at when
   * @param formerId its public id before
   * @param id its public id from now on
   * @param userId the id of the user
   */
  record SessionRotated(Instant at, String formerId, String id, String userId)
      implements AuthEvent {}

  /**
   * Something that was issued has been ended before its time.
   *
   * @param at when
   * @param kind what, for example {@code session}
   * @param id its public id
   * @param userId the id of the user
   * @param why {@code logout}, {@code login}, {@code revoked}, {@code limit}, {@code reuse} or
   *     {@code binding_mismatch}
   */
  record Ended(Instant at, String kind, String id, String userId, String why)
      implements AuthEvent {}

  /**
   * Several of a user's sessions and tokens were ended at once.
   *
   * @param at when
   * @param userId the id of the user
   * @param count how many records were removed
   */
  record SeveralEnded(Instant at, String userId, int count) implements AuthEvent {}

  /**
   * A session came from another client or network than the one it was made for.
   *
   * @param at when
   * @param id the public id of the session
   * @param userId the id of the user
   * @param what {@code user_agent} or {@code network}
   * @param ended whether the session was ended for it
   * @param client the client's address
   */
  record BindingMismatch(
      Instant at, String id, String userId, String what, boolean ended, InetAddress client)
      implements AuthEvent {}

  /**
   * A refresh token was exchanged for its successor.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation of the successor
   */
  record RefreshRotated(Instant at, String id, String userId, long generation)
      implements AuthEvent {}

  /**
   * A refresh token that had just been exchanged came again, within the grace, and was answered
   * with the same successor: a reply was lost, or two tabs were at it.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation of the successor
   */
  record RefreshGraceUsed(Instant at, String id, String userId, long generation)
      implements AuthEvent {}

  /**
   * A refresh token came that had been exchanged before: somebody has a copy. Its family was ended.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation that came
   */
  record RefreshReuseDetected(Instant at, String id, String userId, long generation)
      implements AuthEvent {}

  /**
   * A store could not answer.
   *
   * @param at when
   * @param during what was being done, for example {@code basic} or {@code password_upgrade}
   * @param fault the type of the exception; its text is left to whoever catches it
   */
  record StoreOutage(Instant at, String during, String fault) implements AuthEvent {}

  /**
   * Another issuer publishes a key that can't be used: it is passed over, and the others of its set
   * are used. It is named once, and again only when it has changed.
   *
   * @param at when
   * @param source where the set was fetched, without the query of the URL
   * @param keyId its {@code kid}, cut to 200 characters; null if it has none that can be read
   * @param reason why it can't be used; nothing of the key itself
   */
  record KeyPassedOver(Instant at, String source, @Nullable String keyId, String reason)
      implements AuthEvent {}

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

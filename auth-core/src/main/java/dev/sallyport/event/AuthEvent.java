package dev.sallyport.event;

import java.net.InetAddress;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One decision, or one thing that happened on the way to it. No event holds a secret. Names come
 * from clients: escape them before they are shown. {@code toString} is one line in which texts that
 * others choose are quoted and escaped.
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
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("RequestAuthenticated", at)
          .name("scheme", scheme)
          .text("userId", userId)
          .client(client)
          .toString();
    }
  }

  /**
   * A user logged in: a password was checked for its own sake and was right.
   *
   * @param at when
   * @param userId the id of the user
   * @param client the client's address
   * @param userAgent what the client calls itself; may be empty
   */
  record LoggedIn(Instant at, String userId, InetAddress client, String userAgent)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("LoggedIn", at)
          .text("userId", userId)
          .client(client)
          .text("userAgent", userAgent)
          .toString();
    }
  }

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
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("AuthenticationFailed", at)
          .name("scheme", scheme)
          .name("reason", reason)
          .text("subject", subject)
          .client(client)
          .toString();
    }
  }

  /**
   * An attempt was refused unseen, since too many have failed.
   *
   * @param at when
   * @param scheme the authenticator, or {@code login}
   * @param subject who it claimed to be from, if it said so
   * @param client the client's address
   */
  record Throttled(Instant at, String scheme, @Nullable String subject, InetAddress client)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("Throttled", at)
          .name("scheme", scheme)
          .text("subject", subject)
          .client(client)
          .toString();
    }
  }

  /**
   * A cookie that is no longer good came with a request and was passed over.
   *
   * @param at when
   * @param scheme the authenticator
   * @param reason why it is no longer good
   * @param client the client's address
   */
  record StaleCredentials(Instant at, String scheme, String reason, InetAddress client)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("StaleCredentials", at)
          .name("scheme", scheme)
          .name("reason", reason)
          .client(client)
          .toString();
    }
  }

  /**
   * A user signed up.
   *
   * @param at when
   * @param userId the id of the new user
   * @param name the new name
   */
  record Registered(Instant at, String userId, String name) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("Registered", at).text("userId", userId).text("name", name).toString();
    }
  }

  /**
   * A stored hash was replaced by one of today's cost and format, after a correct login.
   *
   * @param at when
   * @param userId the id of the user
   */
  record PasswordUpgraded(Instant at, String userId) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("PasswordUpgraded", at).text("userId", userId).toString();
    }
  }

  /**
   * A user's password was changed or reset; all that was issued before has ended, but for what is
   * exempt.
   *
   * @param at when
   * @param userId the id of the user
   * @param byReset whether a reset code stood in for the former password
   */
  record PasswordChanged(Instant at, String userId, boolean byReset) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("PasswordChanged", at)
          .text("userId", userId)
          .flag("byReset", byReset)
          .toString();
    }
  }

  /**
   * A code that resets a password was made, and handed to the host to deliver.
   *
   * @param at when
   * @param userId the id of the user
   * @param client the address of who asked
   */
  record PasswordResetRequested(Instant at, String userId, InetAddress client)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("PasswordResetRequested", at)
          .text("userId", userId)
          .client(client)
          .toString();
    }
  }

  /**
   * The host could not deliver what it was handed, for example a code that resets a password. Who
   * asked for it was not told.
   *
   * @param at when
   * @param userId the id of the user whom it was for
   * @param fault the type of the exception; its text may hold the code
   */
  record DeliveryFailed(Instant at, String userId, String fault) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("DeliveryFailed", at)
          .text("userId", userId)
          .name("fault", fault)
          .toString();
    }
  }

  /**
   * An account was changed otherwise.
   *
   * @param at when
   * @param userId the id of the user
   * @param change what was done: {@code deactivated}, {@code activated}, {@code renamed}, {@code
   *     deleted} or {@code logged_out_everywhere}
   */
  record AccountChanged(Instant at, String userId, String change) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("AccountChanged", at)
          .text("userId", userId)
          .name("change", change)
          .toString();
    }
  }

  /**
   * Something was issued to a user: a session, a token, a family of refresh tokens.
   *
   * @param at when
   * @param kind what, for example {@code session}
   * @param id its public id
   * @param userId the id of the user
   */
  record Issued(Instant at, String kind, String id, String userId) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("Issued", at)
          .name("kind", kind)
          .text("id", id)
          .text("userId", userId)
          .toString();
    }
  }

  /**
   * A session went on under another id.
   *
   * @param at when
   * @param formerId its public id before
   * @param id its public id from now on
   * @param userId the id of the user
   */
  record SessionRotated(Instant at, String formerId, String id, String userId)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("SessionRotated", at)
          .text("formerId", formerId)
          .text("id", id)
          .text("userId", userId)
          .toString();
    }
  }

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
  record Ended(Instant at, String kind, String id, String userId, String why) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("Ended", at)
          .name("kind", kind)
          .text("id", id)
          .text("userId", userId)
          .name("why", why)
          .toString();
    }
  }

  /**
   * Several of a user's sessions and tokens were ended at once.
   *
   * @param at when
   * @param userId the id of the user
   * @param count how many records were removed
   */
  record SeveralEnded(Instant at, String userId, int count) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("SeveralEnded", at)
          .text("userId", userId)
          .number("count", count)
          .toString();
    }
  }

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
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("BindingMismatch", at)
          .text("id", id)
          .text("userId", userId)
          .name("what", what)
          .flag("ended", ended)
          .client(client)
          .toString();
    }
  }

  /**
   * A refresh token was exchanged for its successor.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation of the successor
   */
  record RefreshRotated(Instant at, String id, String userId, long generation)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("RefreshRotated", at)
          .text("id", id)
          .text("userId", userId)
          .number("generation", generation)
          .toString();
    }
  }

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
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("RefreshGraceUsed", at)
          .text("id", id)
          .text("userId", userId)
          .number("generation", generation)
          .toString();
    }
  }

  /**
   * A refresh token came that had been exchanged before: somebody has a copy. Its family was ended.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation that came
   */
  record RefreshReuseDetected(Instant at, String id, String userId, long generation)
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("RefreshReuseDetected", at)
          .text("id", id)
          .text("userId", userId)
          .number("generation", generation)
          .toString();
    }
  }

  /**
   * A store could not answer.
   *
   * @param at when
   * @param during what was being done, for example {@code basic} or {@code password_upgrade}
   * @param fault the type of the exception; its text is left to whoever catches it
   */
  record StoreOutage(Instant at, String during, String fault) implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("StoreOutage", at).name("during", during).name("fault", fault).toString();
    }
  }

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
      implements AuthEvent {
    @Override
    public String toString() {
      return EventText.of("KeyPassedOver", at)
          .text("source", source)
          .text("keyId", keyId)
          .text("reason", reason)
          .toString();
    }
  }

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

    @Override
    public String toString() {
      return EventText.of("SchemeEvent", at)
          .name("scheme", scheme)
          .name("type", type)
          .texts("details", details)
          .toString();
    }
  }
}

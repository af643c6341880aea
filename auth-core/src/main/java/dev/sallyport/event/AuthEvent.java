package dev.sallyport.event;

import static dev.sallyport.event.EventText.bare;
import static dev.sallyport.event.EventText.line;

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
  /** {@return when it happened, by the library's clock} */
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
      return line(this, "scheme userId client", bare(scheme), userId, client);
    }
  }

  /**
   * A user logged in: a login's password was checked and was right.
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
      return line(this, "userId client userAgent", userId, client, userAgent);
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
      return line(
          this, "scheme reason subject client", bare(scheme), bare(reason), subject, client);
    }
  }

  /**
   * An attempt was refused without a check because too many had failed.
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
      return line(this, "scheme subject client", bare(scheme), subject, client);
    }
  }

  /**
   * A request came with a cookie that is no longer valid, which was ignored.
   *
   * @param at when
   * @param scheme the authenticator
   * @param reason why it is no longer valid
   * @param client the client's address
   */
  record StaleCredentials(Instant at, String scheme, String reason, InetAddress client)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "scheme reason client", bare(scheme), bare(reason), client);
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
      return line(this, "userId name", userId, name);
    }
  }

  /**
   * A user's password was changed or reset, which ended everything issued before that isn't exempt.
   *
   * @param at when
   * @param userId the id of the user
   * @param byReset whether a reset code took the place of the former password
   */
  record PasswordChanged(Instant at, String userId, boolean byReset) implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "userId byReset", userId, byReset);
    }
  }

  /**
   * A password reset code was created and handed to the host to deliver.
   *
   * @param at when
   * @param userId the id of the user
   * @param client the address of whoever asked
   */
  record PasswordResetRequested(Instant at, String userId, InetAddress client)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "userId client", userId, client);
    }
  }

  /**
   * The host could not deliver what it was handed, such as a reset code. The client was not told.
   *
   * @param at when
   * @param userId the id of the user it was for
   * @param fault the type of the exception; its text may hold the code
   */
  record DeliveryFailed(Instant at, String userId, String fault) implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "userId fault", userId, bare(fault));
    }
  }

  /**
   * An account was changed in another way.
   *
   * @param at when
   * @param userId the id of the user
   * @param change what was done: {@code deactivated}, {@code activated}, {@code renamed}, {@code
   *     deleted}, {@code logged_out_everywhere}, or {@code password_upgraded} if a correct login
   *     replaced the stored hash by one of the current cost and format
   */
  record AccountChanged(Instant at, String userId, String change) implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "userId change", userId, bare(change));
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
      return line(this, "kind id userId", bare(kind), id, userId);
    }
  }

  /**
   * A session was given a new id.
   *
   * @param at when
   * @param formerId its former public id
   * @param id its new public id
   * @param userId the id of the user
   */
  record SessionRotated(Instant at, String formerId, String id, String userId)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "formerId id userId", formerId, id, userId);
    }
  }

  /**
   * Something that was issued was ended early.
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
      return line(this, "kind id userId why", bare(kind), id, userId, bare(why));
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
      return line(this, "userId count", userId, count);
    }
  }

  /**
   * A session was used by a client or network other than the one it was created for.
   *
   * @param at when
   * @param id the public id of the session
   * @param userId the id of the user
   * @param what {@code user_agent} or {@code network}
   * @param ended whether that ended the session
   * @param client the client's address
   */
  record BindingMismatch(
      Instant at, String id, String userId, String what, boolean ended, InetAddress client)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "id userId what ended client", id, userId, bare(what), ended, client);
    }
  }

  /**
   * A refresh token was exchanged for its successor.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation of the successor
   * @param repeated whether the token had been exchanged before, within the grace period, and the
   *     same successor was returned: a reply was lost, or two tabs refreshed at once
   */
  record RefreshRotated(Instant at, String id, String userId, long generation, boolean repeated)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "id userId generation repeated", id, userId, generation, repeated);
    }
  }

  /**
   * An already exchanged refresh token was presented: somebody has a copy. Its family was ended.
   *
   * @param at when
   * @param id the public id of its family
   * @param userId the id of the user
   * @param generation the generation that was presented
   */
  record RefreshReuseDetected(Instant at, String id, String userId, long generation)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "id userId generation", id, userId, generation);
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
      return line(this, "during fault", bare(during), bare(fault));
    }
  }

  /**
   * Another issuer publishes a key that can't be used. It is skipped, and the other keys of the set
   * are used. It is reported once, and again only when it has changed.
   *
   * @param at when
   * @param source where the set was fetched from, without the query of the URL
   * @param keyId its {@code kid}, cut to 200 characters; null if it has none that can be read
   * @param reason why it can't be used; nothing of the key itself
   */
  record KeyPassedOver(Instant at, String source, @Nullable String keyId, String reason)
      implements AuthEvent {
    @Override
    public String toString() {
      return line(this, "source keyId reason", source, keyId, reason);
    }
  }

  /**
   * An event of a scheme that isn't part of the library.
   *
   * @param at when
   * @param scheme the authenticator
   * @param type a stable name in snake_case
   * @param details any helpful details, never secrets; copied
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
      return line(this, "scheme type details", bare(scheme), bare(type), details);
    }
  }
}

package dev.sallyport.password;

import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a check of a password ends with. */
public sealed interface PasswordResult {
  /** The stored hash can't be checked. */
  Reason UNUSABLE_HASH = invalid("unusable_hash");

  /** There is no user of that name. */
  Reason UNKNOWN_USER = invalid("unknown_user");

  /** The user is deactivated. */
  Reason USER_DEACTIVATED = invalid("user_deactivated");

  /** The user has no usable password. */
  Reason NO_USABLE_PASSWORD = invalid("no_usable_password");

  /** The password is one that the stored format can't hold: too long, or with a NUL. */
  Reason UNACCEPTABLE_PASSWORD = invalid("unacceptable_password");

  /** The password is wrong. */
  Reason WRONG_PASSWORD = invalid("wrong_password");

  /** There was no turn for hashing in time. */
  Reason NO_TURN = new Reason("no_turn_for_hashing", Refusal.BUSY);

  /** The client went away while the check waited; it was not made. */
  Reason GIVEN_UP = new Reason("given_up", Refusal.BUSY);

  /** Too many checks have failed; this one was not made. */
  Reason THROTTLED = new Reason("throttled", Refusal.THROTTLED);

  private static Reason invalid(String name) {
    return new Reason(name, Refusal.INVALID_CREDENTIALS);
  }

  /**
   * The password is right. Only {@link Passwords} makes one, so it is proof: what asks for it can't
   * be called without a check.
   */
  final class Verified implements PasswordResult {
    private final User user;
    private final Instant at;

    Verified(User user, Instant at) {
      this.user = user;
      this.at = at;
    }

    /** {@return the user whose password it is, as they were when they were verified} */
    public User user() {
      return user;
    }

    /** {@return when it was checked} */
    public Instant at() {
      return at;
    }

    @Override
    public String toString() {
      return "Verified[" + user.id() + "]";
    }
  }

  /**
   * The password is not accepted. What the client sees is {@link Reason#refusal()}; the rest is for
   * events.
   */
  final class Refused implements PasswordResult {
    private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

    private final Reason reason;
    private final @Nullable Duration retryAfter;

    Refused(Reason reason, @Nullable Duration retryAfter) {
      this.reason = Objects.requireNonNull(reason, "reason");
      this.retryAfter = retryAfter;
    }

    static Refused busy() {
      return new Refused(NO_TURN, BUSY_RETRY);
    }

    static Refused givenUp() {
      return new Refused(GIVEN_UP, BUSY_RETRY);
    }

    /** Whether no verdict was reached: nothing is known about the password. */
    boolean isUndecided() {
      return reason.refusal() == Refusal.BUSY;
    }

    static Refused throttled(Duration retryAfter) {
      return new Refused(THROTTLED, retryAfter);
    }

    /** {@return the true reason} */
    public Reason reason() {
      return reason;
    }

    /** {@return how long to wait before trying again, if waiting helps} */
    public Optional<Duration> retryAfter() {
      return Optional.ofNullable(retryAfter);
    }

    /**
     * What an authenticator says of it, or a login has answered: see {@code Guard.refuseLogin}.
     *
     * @param scheme the name of the authenticator, or what the request is for
     * @return the result, with the reason and the wait
     */
    public Rejected rejected(String scheme) {
      Rejected rejected = Rejected.of(scheme, reason);
      return retryAfter == null ? rejected : rejected.withRetryAfter(retryAfter);
    }

    @Override
    public String toString() {
      return "Refused[" + reason.name() + "]";
    }
  }
}

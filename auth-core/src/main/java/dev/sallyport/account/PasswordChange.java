package dev.sallyport.account;

import dev.sallyport.Fault;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How a change of a password ended. */
public sealed interface PasswordChange {
  /**
   * The user has the new password, and what was issued before has ended.
   *
   * @param user the user as they are now, with the new epoch
   */
  record Changed(User user) implements PasswordChange {
    /** Refuses null. */
    public Changed {
      Objects.requireNonNull(user, "user");
    }
  }

  /**
   * The new password can't be taken. The current one was not looked at.
   *
   * @param faults all that is wrong, at least one
   */
  record Invalid(List<Fault> faults) implements PasswordChange {
    /** Copies the faults. */
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * The current password was not taken for right.
   *
   * @param verdict why not; a throttled one says when to try again
   */
  record Refused(PasswordVerdict.Refused verdict) implements PasswordChange {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(verdict, "verdict");
    }
  }

  /** The account was changed by somebody else meanwhile, or is gone; nothing was changed. */
  record Superseded() implements PasswordChange {}

  /**
   * There was no turn for hashing in time.
   *
   * @param retryAfter when to try again
   */
  record Busy(Duration retryAfter) implements PasswordChange {
    /** Refuses null. */
    public Busy {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}

package dev.sallyport.account;

import dev.sallyport.Fault;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Objects;

/** How a sign-up or a change of an account ended. */
public sealed interface AccountResult {
  /** Somebody has the name already, perhaps in another spelling. */
  Reason USERNAME_TAKEN = new Reason("username_taken", Refusal.USERNAME_TAKEN);

  /** There is no user of that id. */
  Reason UNKNOWN_USER = new Reason("unknown_user", Refusal.UNKNOWN_USER);

  /** Somebody else changed the account meanwhile, or it is gone; nothing was changed. */
  Reason ACCOUNT_CHANGED = new Reason("account_changed", Refusal.ACCOUNT_CHANGED);

  /** The code is invalid, used or expired. */
  Reason UNKNOWN_CODE = new Reason("unknown_code", Refusal.UNKNOWN_CODE);

  /**
   * It was done, or was done already.
   *
   * @param user the user as they are now; of a deleted one, as they were last
   */
  record Done(User user) implements AccountResult {
    /** Rejects null. */
    public Done {
      Objects.requireNonNull(user, "user");
    }
  }

  /**
   * The input can't be accepted. Nothing was changed, and nothing was counted.
   *
   * @param faults everything that is wrong, at least one
   */
  record Invalid(List<Fault> faults) implements AccountResult {
    /** Copies the faults. */
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * It was refused, and nothing was changed.
   *
   * @param rejected why, and when to try again if waiting helps; {@code Guard.refuse} answers it
   */
  record Refused(Rejected rejected) implements AccountResult {
    /** Rejects null. */
    public Refused {
      Objects.requireNonNull(rejected, "rejected");
    }

    static Refused because(String during, Reason reason) {
      return new Refused(Rejected.of(during, reason));
    }

    /** {@return why} */
    public Reason reason() {
      return rejected.reason();
    }
  }

  /**
   * The user, for callers that know it can only have been done.
   *
   * @return the user
   * @throws IllegalStateException if it was not done; the message says why
   */
  default User orElseThrow() {
    if (this instanceof Done done) {
      return done.user;
    }
    throw new IllegalStateException("It was not done: " + this);
  }
}

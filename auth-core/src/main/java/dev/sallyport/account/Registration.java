package dev.sallyport.account;

import dev.sallyport.Fault;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** How a sign-up ended. */
public sealed interface Registration {
  /**
   * There is a new user.
   *
   * @param user the new user
   */
  record Registered(User user) implements Registration {
    /** Refuses null. */
    public Registered {
      Objects.requireNonNull(user, "user");
    }
  }

  /** Somebody has the name already, perhaps in another spelling. */
  record UsernameTaken() implements Registration {}

  /**
   * The name or the password can't be taken.
   *
   * @param faults all that is wrong, at least one
   */
  record Invalid(List<Fault> faults) implements Registration {
    /** Copies the faults. */
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /**
   * Too many users have signed up from this address.
   *
   * @param retryAfter when to try again
   */
  record Throttled(Duration retryAfter) implements Registration {
    /** Refuses null. */
    public Throttled {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }

  /**
   * There was no turn for hashing in time.
   *
   * @param retryAfter when to try again
   */
  record Busy(Duration retryAfter) implements Registration {
    /** Refuses null. */
    public Busy {
      Objects.requireNonNull(retryAfter, "retryAfter");
    }
  }
}

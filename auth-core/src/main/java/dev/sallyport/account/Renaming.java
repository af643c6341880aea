package dev.sallyport.account;

import dev.sallyport.Fault;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Objects;

/** How a change of a username ended. */
public sealed interface Renaming {
  /**
   * The user has the new name.
   *
   * @param user the user as they are now
   */
  record Renamed(User user) implements Renaming {
    /** Refuses null. */
    public Renamed {
      Objects.requireNonNull(user, "user");
    }
  }

  /** Somebody else has the name, perhaps in another spelling. */
  record UsernameTaken() implements Renaming {}

  /**
   * The name can't be taken.
   *
   * @param faults all that is wrong, at least one
   */
  record Invalid(List<Fault> faults) implements Renaming {
    /** Copies the faults. */
    public Invalid {
      faults = List.copyOf(faults);
    }
  }

  /** There is no user of that id. */
  record UnknownUser() implements Renaming {}
}

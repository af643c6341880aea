package dev.sallyport.account;

import dev.sallyport.store.User;
import java.util.Objects;

/** How a change of an account ended. */
public sealed interface AccountChange {
  /**
   * It was made, or was so already.
   *
   * @param user the user as they are now; of a deleted one, as they were last
   */
  record Done(User user) implements AccountChange {
    /** Refuses null. */
    public Done {
      Objects.requireNonNull(user, "user");
    }
  }

  /** There is no user of that id. */
  record UnknownUser() implements AccountChange {}
}

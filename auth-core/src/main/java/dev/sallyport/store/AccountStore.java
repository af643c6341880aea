package dev.sallyport.store;

import dev.sallyport.StoreUnavailableException;

/**
 * A credential store that accounts can be made and changed in. Every change is one conditional
 * write, so that of two that race exactly one wins and the other is told.
 */
public interface AccountStore extends CredentialStore {
  /** How a conditional change ended. */
  enum Change {
    /** It was made. */
    DONE,
    /** The user has changed since they were read, or is gone; nothing was changed. */
    STALE,
    /** Another user has the name; nothing was changed. */
    NAME_TAKEN
  }

  /**
   * Adds a user.
   *
   * @param user the new user
   * @return {@link Change#DONE}, or {@link Change#NAME_TAKEN} if a user has a name with the same
   *     {@link Username#key}
   * @throws IllegalArgumentException if there is a user of that id
   * @throws StoreUnavailableException if the store could not answer
   */
  Change insert(User user);

  /**
   * Replaces a user, if their row still has the version of the snapshot.
   *
   * @param expected the snapshot that the change is based on
   * @param next what is to stand there, with the same id; the store sets its version
   * @return how it ended
   * @throws IllegalArgumentException if the ids differ
   * @throws StoreUnavailableException if the store could not answer
   */
  Change update(User expected, User next);

  /**
   * Removes a user, if their row still has the version of the snapshot.
   *
   * @param expected the snapshot that the removal is based on
   * @return {@link Change#DONE} or {@link Change#STALE}
   * @throws StoreUnavailableException if the store could not answer
   */
  Change delete(User expected);
}

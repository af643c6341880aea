package dev.sallyport.store;

import dev.sallyport.StoreUnavailableException;
import java.util.Optional;

/**
 * Finds users. A host with its own user table implements the two methods that have no default; the
 * library needs no more to authenticate.
 *
 * <p>Many threads call it at once. It answers in bounded time, or throws {@link
 * StoreUnavailableException}; an unknown user is an answer. Ids and names come from clients and may
 * hold anything: bind them as parameters.
 */
public interface CredentialStore {
  /**
   * Finds a user by name.
   *
   * @param name the name as the client sent it; compare by {@link Username#key}. Whatever is found
   *     under another key than {@link #isNameOf} accepts counts as unknown
   * @return the user, active or not; empty if there is none
   * @throws StoreUnavailableException if the store could not answer
   */
  Optional<User> findByName(String name);

  /**
   * Whether a user goes by a name. What a client typed and what the store has found by it are
   * compared here, so that a store which compares loosely (a collation without accents, trailing
   * spaces) neither lets a stranger in nor reveals who exists. Override it where users have several
   * names, an e-mail address and a nickname for example; failed attempts under any of them count
   * together.
   *
   * @param user the user that was found
   * @param name the name as the client sent it
   * @return true if it is this user's; by default if it has the key of {@link User#name()}
   */
  default boolean isNameOf(User user, String name) {
    return name.equals(user.name()) || Username.key(name).equals(Username.key(user.name()));
  }

  /**
   * Finds a user by id.
   *
   * @param id the id
   * @return the user, active or not; empty if there is none
   * @throws StoreUnavailableException if the store could not answer
   */
  Optional<User> findById(String id);

  /**
   * Replaces a stored hash by one of today's cost, if it is still the expected one. It is one
   * conditional write, and raises no epoch.
   *
   * @param id the user's id
   * @param expected the hash that was verified
   * @param replacement the new hash of the same password
   * @return true if it was replaced; false if it had changed, or the store doesn't do this (the
   *     default)
   * @throws StoreUnavailableException if the store could not answer
   */
  default boolean replaceHash(String id, String expected, String replacement) {
    return false;
  }

  /**
   * Whether a call may wait: for a server, a disk, or a lock that somebody holds who waits. Where
   * nobody's may, a host with an event loop asks in the loop itself, which saves two changes of
   * threads in each request.
   *
   * @return true by default
   */
  default boolean mayBlock() {
    return true;
  }

  /**
   * {@return a new, empty store in this process's memory, for tests and small hosts} It is not
   * bounded: it holds every account.
   */
  static AccountStore inMemory() {
    return new InMemoryAccounts();
  }
}

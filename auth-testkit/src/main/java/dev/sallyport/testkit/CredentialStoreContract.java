package dev.sallyport.testkit;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.List;

/**
 * Tests that every {@link CredentialStore} must pass, run by a class that implements this. A host
 * with a user table of its own says how users get into it.
 *
 * <pre>{@code
 * class MyUsersTest implements CredentialStoreContract {
 *   public CredentialStore store(List<User> users) {
 *     MyTable table = new MyTable(emptyDatabase());
 *     users.forEach(table::add);
 *     return new MyUsers(table);
 *   }
 * }
 * }</pre>
 */
public interface CredentialStoreContract
    extends CredentialStoreFinds, CredentialStoreNames, CredentialStoreHashes {
  /**
   * Creates a new store that holds these users and no others. It is called once for each test.
   *
   * @param users the users to be found; no two have the same id or the same name
   * @return the store
   */
  @Override
  CredentialStore store(List<User> users);

  /**
   * Chooses the id of a user.
   *
   * @param number which of the users, from 1
   * @return an id that the store can keep, different for each number; a table with numeric ids
   *     returns the number
   */
  @Override
  default String id(int number) {
    return "id-" + number;
  }

  /**
   * Whether the store can keep a user with such an id.
   *
   * @param id an id that nobody in their right mind would assign
   * @return false if it can't, so that no test adds such a user; a look-up of such an id must find
   *     nothing all the same
   */
  @Override
  default boolean keeps(String id) {
    return true;
  }

  /**
   * Says how the store returns a user who was added: by default unchanged; a table that lacks a
   * column says here what it returns instead.
   *
   * @param user the user as added
   * @return the user as found later, with the same id and name
   */
  @Override
  default User asKept(User user) {
    return user;
  }

  /**
   * Whether the store supports {@link CredentialStore#replaceHash}.
   *
   * @return false for a store that always answers false
   */
  @Override
  default boolean replacesHashes() {
    return true;
  }
}

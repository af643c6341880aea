package dev.sallyport.testkit;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.List;

/**
 * Tests that every {@link AccountStore} must pass, run by a class that implements this: those of
 * {@link CredentialStoreContract}, and those of changes.
 *
 * <pre>{@code
 * class MyAccountsTest implements AccountStoreContract {
 *   public AccountStore store() { return new MyAccounts(emptyDatabase()); }
 * }
 * }</pre>
 */
public interface AccountStoreContract
    extends AccountStoreChanges, AccountStoreNames, AccountStoreRaces {
  /** {@return a new store without users} It is called once for each test. */
  @Override
  AccountStore store();

  /**
   * Whether the store can keep a user with such an id.
   *
   * @param id an id that nobody in their right mind would assign
   * @return false if an insertion throws {@link IllegalArgumentException}; a look-up of such an id
   *     must find nothing all the same
   */
  @Override
  default boolean keeps(String id) {
    return true;
  }

  @Override
  default CredentialStore store(List<User> users) {
    AccountFixture given = new AccountFixture(store());
    users.forEach(given::insert);
    return given.accounts;
  }
}

package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.AccountStoreContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class InMemoryAccountsTest implements AccountStoreContract {
  @Override
  public AccountStore store() {
    return CredentialStore.inMemory();
  }

  @Test
  @DisplayName("ST-3: each store in memory is another one, and begins empty")
  void separate() {
    AccountStore one = store();
    one.insert(User.builder("1", "alice").build());
    assertThat(store().findByName("alice")).isEmpty();
  }

  @Test
  @DisplayName("PW-6: toString tells how many users there are and nothing of them")
  void shows() {
    AccountStore one = store();
    one.insert(User.builder("1", "alice").passwordHash("the stored hash").build());
    assertThat(one).hasToString("InMemoryAccounts[1 users]");
  }
}

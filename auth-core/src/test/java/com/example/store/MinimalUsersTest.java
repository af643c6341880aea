package com.example.store;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.testkit.CredentialStoreContract;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The contract against a host's own table of the barest kind: numbers for ids, no hash replaced.
 */
class MinimalUsersTest implements CredentialStoreContract {
  @Override
  public CredentialStore store(List<User> users) {
    List<User> rows = users.stream().map(this::asKept).toList();
    return new CredentialStore() {
      @Override
      public Optional<User> findByName(String name) {
        String key = Username.key(name);
        return rows.stream().filter(row -> Username.key(row.name()).equals(key)).findAny();
      }

      @Override
      public Optional<User> findById(String id) {
        return rows.stream().filter(row -> row.id().equals(id)).findAny();
      }
    };
  }

  @Override
  public String id(int number) {
    return Integer.toString(number);
  }

  @Override
  public boolean keeps(String id) {
    return false;
  }

  @Override
  public User asKept(User user) {
    return user.toBuilder().roles(Set.of()).epoch(0).revocationEpoch(0).version(0).build();
  }

  @Override
  public boolean replacesHashes() {
    return false;
  }
}

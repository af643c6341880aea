package com.example.snippets;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CredentialStoreContract;
import java.util.List;

class OwnUsersTest implements CredentialStoreContract {
  private final MembersTable members = new MembersTable();

  @Override
  public CredentialStore store(List<User> users) {
    users.forEach(members::add);
    return new OwnUsers(members.dataSource());
  }

  @Override
  public String id(int number) {
    return Integer.toString(number);
  }

  @Override
  public boolean keeps(String id) {
    return id.matches("[0-9]{1,9}");
  }

  @Override
  public User asKept(User user) {
    return MembersTable.asKept(user);
  }

  @Override
  public boolean replacesHashes() {
    return false;
  }
}

package com.example.snippets;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CredentialStoreContract;
import java.util.List;

class OwnUsersTest extends CredentialStoreContract {
  private final MembersTable members = new MembersTable();

  @Override
  protected CredentialStore store(List<User> users) {
    users.forEach(members::add);
    return new OwnUsers(members.dataSource());
  }

  @Override
  protected String id(int number) {
    return Integer.toString(number);
  }

  @Override
  protected boolean keeps(String id) {
    return id.matches("[0-9]{1,9}");
  }

  @Override
  protected User asKept(User user) {
    return MembersTable.asKept(user);
  }

  @Override
  protected boolean replacesHashes() {
    return false;
  }
}

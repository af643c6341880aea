package dev.sallyport.spring;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.Optional;

/**
 * Users that are kept elsewhere, where an account store is asked for. No endpoint that writes is
 * there with these.
 */
record ForeignUsers(CredentialStore users) implements AccountStore {
  @Override
  public Optional<User> findByName(String name) {
    return users.findByName(name);
  }

  @Override
  public boolean isNameOf(User user, String name) {
    return users.isNameOf(user, name);
  }

  @Override
  public Optional<User> findById(String id) {
    return users.findById(id);
  }

  @Override
  public boolean replaceHash(String id, String expected, String replacement) {
    return users.replaceHash(id, expected, replacement);
  }

  @Override
  public Change insert(User user) {
    throw elsewhere();
  }

  @Override
  public Change update(User expected, User next) {
    throw elsewhere();
  }

  @Override
  public Change delete(User expected) {
    throw elsewhere();
  }

  private static UnsupportedOperationException elsewhere() {
    return new UnsupportedOperationException(
        "The CredentialStore bean is no AccountStore: users are changed where they are kept");
  }
}

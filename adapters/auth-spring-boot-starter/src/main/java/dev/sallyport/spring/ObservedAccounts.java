package dev.sallyport.spring;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;

/** Accounts whose changes are watched as well. */
final class ObservedAccounts extends ObservedUsers implements AccountStore {
  private final AccountStore inner;

  ObservedAccounts(AccountStore inner, StoreCalls calls) {
    super(inner, calls);
    this.inner = inner;
  }

  @Override
  public Change insert(User user) {
    return call("insert", () -> inner.insert(user));
  }

  @Override
  public Change update(User expected, User next) {
    return call("update", () -> inner.update(expected, next));
  }

  @Override
  public Change delete(User expected) {
    return call("delete", () -> inner.delete(expected));
  }
}

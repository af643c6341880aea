package dev.sallyport.spring;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.Optional;
import java.util.function.Supplier;

/** Users whose look-ups are watched. */
class ObservedUsers implements CredentialStore {
  private final CredentialStore inner;
  private final StoreCalls calls;

  ObservedUsers(CredentialStore inner, StoreCalls calls) {
    this.inner = inner;
    this.calls = calls;
  }

  /** The store itself, which a store of tokens may know how to read together with its own. */
  static CredentialStore inner(CredentialStore users) {
    return users instanceof ObservedUsers observed ? observed.inner : users;
  }

  final <T> T call(String operation, Supplier<T> asked) {
    return calls.call("users", operation, asked);
  }

  @Override
  public final boolean mayBlock() {
    return inner.mayBlock();
  }

  @Override
  public final Optional<User> findByName(String name) {
    return call("find_by_name", () -> inner.findByName(name));
  }

  @Override
  public final Optional<User> findById(String id) {
    return call("find_by_id", () -> inner.findById(id));
  }

  @Override
  public final boolean isNameOf(User user, String name) {
    return inner.isNameOf(user, name);
  }

  @Override
  public final boolean replaceHash(String id, String expected, String replacement) {
    return call("replace_hash", () -> inner.replaceHash(id, expected, replacement));
  }

  @Override
  public final String toString() {
    return inner.toString();
  }
}

package com.example.password;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A store in memory that counts what it is asked, and can be away or slow. */
public final class WatchedStore implements AccountStore {
  private final AccountStore users = CredentialStore.inMemory();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicInteger replacements = new AtomicInteger();
  private volatile Runnable beforeRead = () -> {};
  private volatile Runnable beforeWrite = () -> {};

  /** Throws what a store throws that can't answer. */
  @SuppressWarnings("DoNotCallSuggester") // it is what beforeRead and beforeWrite are given
  public static void beAway() {
    throw new StoreUnavailableException("the store is away");
  }

  public WatchedStore beforeRead(Runnable work) {
    beforeRead = work;
    return this;
  }

  public WatchedStore beforeWrite(Runnable work) {
    beforeWrite = work;
    return this;
  }

  /** How often it was asked for a user. */
  public int reads() {
    return reads.get();
  }

  /** How often it was asked to replace a hash. */
  public int replacements() {
    return replacements.get();
  }

  /** Adds or replaces the user of that id, without counting. */
  public WatchedStore put(User.Builder builder) {
    User user = builder.build();
    Optional<User> current = users.findById(user.id());
    if (current.isEmpty()) {
      users.insert(user);
    } else {
      users.update(current.get(), user);
    }
    return this;
  }

  /** The user as stored, without counting. */
  public User get(String id) {
    return users.findById(id).orElseThrow();
  }

  @Override
  public Optional<User> findByName(String name) {
    reads.incrementAndGet();
    beforeRead.run();
    return users.findByName(name);
  }

  @Override
  public Optional<User> findById(String id) {
    reads.incrementAndGet();
    beforeRead.run();
    return users.findById(id);
  }

  @Override
  public Change insert(User user) {
    beforeWrite.run();
    return users.insert(user);
  }

  @Override
  public Change update(User expected, User next) {
    beforeWrite.run();
    return users.update(expected, next);
  }

  @Override
  public Change delete(User expected) {
    beforeWrite.run();
    return users.delete(expected);
  }

  @Override
  public boolean replaceHash(String id, String expected, String replacement) {
    replacements.incrementAndGet();
    beforeWrite.run();
    return users.replaceHash(id, expected, replacement);
  }
}

package com.example.testkit;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Users in one map, each change under one lock; the wrong ones extend it. */
class PlainAccounts implements AccountStore {
  final Map<String, User> users = new ConcurrentHashMap<>();

  @Override
  public Optional<User> findByName(String name) {
    String key = Username.key(name);
    return users.values().stream().filter(user -> Username.key(user.name()).equals(key)).findAny();
  }

  @Override
  public Optional<User> findById(String id) {
    return Optional.ofNullable(users.get(id));
  }

  boolean isTaken(String name, String byOtherThan) {
    return findByName(name).filter(user -> !user.id().equals(byOtherThan)).isPresent();
  }

  boolean isStale(User expected) {
    return findById(expected.id()).filter(user -> user.version() == expected.version()).isEmpty();
  }

  @Override
  public synchronized Change insert(User user) {
    if (users.containsKey(user.id())) {
      throw new IllegalArgumentException("There is a user of that id");
    }
    if (isTaken(user.name(), user.id())) {
      return Change.NAME_TAKEN;
    }
    users.put(user.id(), user);
    return Change.DONE;
  }

  @Override
  public synchronized Change update(User expected, User next) {
    if (!expected.id().equals(next.id())) {
      throw new IllegalArgumentException("The ids differ");
    }
    if (isStale(expected)) {
      return Change.STALE;
    }
    if (isTaken(next.name(), next.id())) {
      return Change.NAME_TAKEN;
    }
    put(expected, next);
    return Change.DONE;
  }

  @Override
  public synchronized Change delete(User expected) {
    if (isStale(expected)) {
      return Change.STALE;
    }
    users.remove(expected.id());
    return Change.DONE;
  }

  @Override
  public synchronized boolean replaceHash(String id, String expected, String replacement) {
    User user = users.get(id);
    if (user == null || !user.passwordHash().equals(Optional.of(expected))) {
      return false;
    }
    put(user, user.toBuilder().passwordHash(replacement).build());
    return true;
  }

  void put(User before, User next) {
    users.put(next.id(), next.toBuilder().version(before.version() + 1).build());
  }
}

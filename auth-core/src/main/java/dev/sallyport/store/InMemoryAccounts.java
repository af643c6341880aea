package dev.sallyport.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/** Users in two maps. Readers take no lock; writers take turns, for a map look-up or two. */
final class InMemoryAccounts implements AccountStore {
  private final Map<String, User> byId = new ConcurrentHashMap<>();
  private final Map<String, User> byKey = new ConcurrentHashMap<>();
  private final ReentrantLock writing = new ReentrantLock();

  @Override
  public boolean mayBlock() {
    return false;
  }

  @Override
  public Optional<User> findByName(String name) {
    return Optional.ofNullable(byKey.get(Username.key(name)));
  }

  @Override
  public Optional<User> findById(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  @Override
  public Change insert(User user) {
    writing.lock();
    try {
      String key = Username.key(user.name());
      if (byId.containsKey(user.id())) {
        throw new IllegalArgumentException("There is already a user with the id " + user.id());
      }
      if (byKey.containsKey(key)) {
        return Change.NAME_TAKEN;
      }
      byId.put(user.id(), user);
      byKey.put(key, user);
      return Change.DONE;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Change update(User expected, User next) {
    if (!expected.id().equals(next.id())) {
      throw new IllegalArgumentException("An update can't change the id of a user");
    }
    writing.lock();
    try {
      User current = byId.get(expected.id());
      if (current == null || current.version() != expected.version()) {
        return Change.STALE;
      }
      User holder = byKey.get(Username.key(next.name()));
      if (holder != null && !holder.id().equals(next.id())) {
        return Change.NAME_TAKEN;
      }
      put(current, next);
      return Change.DONE;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public Change delete(User expected) {
    writing.lock();
    try {
      User current = byId.get(expected.id());
      if (current == null || current.version() != expected.version()) {
        return Change.STALE;
      }
      byId.remove(current.id());
      byKey.remove(Username.key(current.name()));
      return Change.DONE;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public boolean replaceHash(String id, String expected, String replacement) {
    writing.lock();
    try {
      User current = byId.get(id);
      if (current == null || !current.passwordHash().equals(Optional.of(expected))) {
        return false;
      }
      put(current, current.toBuilder().passwordHash(replacement).build());
      return true;
    } finally {
      writing.unlock();
    }
  }

  private void put(User current, User next) {
    User stored = next.toBuilder().version(current.version() + 1).build();
    String key = Username.key(stored.name());
    String formerKey = Username.key(current.name());
    byId.put(stored.id(), stored);
    byKey.put(key, stored);
    if (!key.equals(formerKey)) {
      byKey.remove(formerKey);
    }
  }

  @Override
  public String toString() {
    return "InMemoryAccounts[" + byId.size() + " users]";
  }
}

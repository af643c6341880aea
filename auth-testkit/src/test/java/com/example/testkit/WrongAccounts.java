package com.example.testkit;

import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Accounts as they must not be changed: each does one thing wrong. */
final class WrongAccounts {
  private WrongAccounts() {}

  static class UpdatesAnyVersion extends PlainAccounts {
    @Override
    boolean isStale(User expected) {
      Pause.here();
      return findById(expected.id()).isEmpty();
    }
  }

  static class BringsBack extends PlainAccounts {
    @Override
    public synchronized Change update(User expected, User next) {
      if (findById(expected.id()).isEmpty()) {
        put(expected, next);
        return Change.DONE;
      }
      return super.update(expected, next);
    }
  }

  static class TakesTheVersionOfNext extends PlainAccounts {
    @Override
    void put(User before, User next) {
      users.put(next.id(), next);
    }
  }

  // Not synchronized: that is what is wrong here.
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  static class ChecksThenInserts extends PlainAccounts {
    @Override
    public Change insert(User user) {
      if (users.containsKey(user.id())) {
        throw new IllegalArgumentException("There is a user of that id");
      }
      if (isTaken(user.name(), user.id())) {
        return Change.NAME_TAKEN;
      }
      Pause.here();
      users.put(user.id(), user);
      return Change.DONE;
    }
  }

  // Not synchronized: that is what is wrong here.
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  static class ChecksThenUpdates extends PlainAccounts {
    @Override
    public Change update(User expected, User next) {
      if (!expected.id().equals(next.id())) {
        throw new IllegalArgumentException("The ids differ");
      }
      if (isStale(expected)) {
        return Change.STALE;
      }
      if (isTaken(next.name(), next.id())) {
        return Change.NAME_TAKEN;
      }
      Pause.here();
      put(expected, next);
      return Change.DONE;
    }
  }

  static class OverwritesTheId extends PlainAccounts {
    @Override
    public synchronized Change insert(User user) {
      if (isTaken(user.name(), user.id())) {
        return Change.NAME_TAKEN;
      }
      users.put(user.id(), user);
      return Change.DONE;
    }
  }

  static class KeepsTheOldName extends PlainAccounts {
    private final Map<String, String> ids = new ConcurrentHashMap<>();

    @Override
    void put(User before, User next) {
      ids.put(Username.key(before.name()), before.id());
      super.put(before, next);
    }

    @Override
    public Optional<User> findByName(String name) {
      return super.findByName(name)
          .or(() -> Optional.ofNullable(ids.get(Username.key(name))).flatMap(this::findById));
    }
  }

  static class RenamesToTaken extends PlainAccounts {
    @Override
    public synchronized Change update(User expected, User next) {
      if (!isStale(expected) && expected.id().equals(next.id())) {
        put(expected, next);
        return Change.DONE;
      }
      return super.update(expected, next);
    }
  }

  static class ForgetsItself extends PlainAccounts {
    @Override
    boolean isTaken(String name, String byOtherThan) {
      return findByName(name).isPresent();
    }

    @Override
    public synchronized Change update(User expected, User next) {
      if (!isStale(expected) && expected.name().equals(next.name())) {
        put(expected, next);
        return Change.DONE;
      }
      return super.update(expected, next);
    }
  }

  static class DeletesAnyVersion extends PlainAccounts {
    @Override
    public synchronized Change delete(User expected) {
      return users.remove(expected.id()) == null ? Change.STALE : Change.DONE;
    }
  }

  static class HashLeavesTheVersion extends PlainAccounts {
    @Override
    public synchronized boolean replaceHash(String id, String expected, String replacement) {
      User user = users.get(id);
      if (user == null || !user.passwordHash().equals(Optional.of(expected))) {
        return false;
      }
      users.put(id, user.toBuilder().passwordHash(replacement).build());
      return true;
    }
  }
}

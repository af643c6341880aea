package com.example.testkit;

import dev.sallyport.store.User;
import java.text.Normalizer;
import java.util.Optional;
import java.util.Set;

/** Users as they must not be looked up: each does one thing wrong. */
final class WrongUsers {
  private WrongUsers() {}

  static class ComparesNamesExactly extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      return super.findByName(name).filter(user -> user.name().equals(name));
    }
  }

  static class ComparesNamesByCaseOnly extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      return super.findByName(name).filter(user -> user.name().equalsIgnoreCase(name));
    }
  }

  static class TrimsNames extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      return super.findByName(name).or(() -> super.findByName(name.strip()));
    }
  }

  static class DropsAccents extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      String bare = Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
      return super.findByName(name).or(() -> super.findByName(bare));
    }
  }

  static class TakesNamesForPatterns extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      return super.findByName(name)
          .or(
              () ->
                  users.values().stream()
                      .filter(user -> name.endsWith("%") && isLike(user.name(), name))
                      .findAny());
    }

    private static boolean isLike(String name, String pattern) {
      String start = pattern.substring(0, pattern.length() - 1);
      return name.regionMatches(true, 0, start, 0, start.length());
    }
  }

  static class FailsOnNul extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      if (name.indexOf(0) >= 0) {
        throw new IllegalStateException("invalid byte sequence for encoding UTF8: 0x00");
      }
      return super.findByName(name);
    }
  }

  /** As a driver that writes what it can't encode as a question mark. */
  static class EncodesBadly extends PlainAccounts {
    @Override
    public Optional<User> findByName(String name) {
      return super.findByName(name.replaceAll("^\\p{Cs}$", "?"));
    }
  }

  static class FoldsIds extends PlainAccounts {
    @Override
    public Optional<User> findById(String id) {
      return users.values().stream().filter(user -> user.id().equalsIgnoreCase(id)).findAny();
    }
  }

  static class HidesDeactivated extends PlainAccounts {
    @Override
    public Optional<User> findById(String id) {
      return super.findById(id).filter(User::isActive);
    }
  }

  static class MakesEmptyHashes extends PlainAccounts {
    @Override
    public Optional<User> findById(String id) {
      return super.findById(id)
          .map(user -> user.toBuilder().passwordHash(user.passwordHash().orElse("")).build());
    }
  }

  static class JoinsRoles extends PlainAccounts {
    @Override
    public Optional<User> findById(String id) {
      return super.findById(id).map(JoinsRoles::split);
    }

    private static User split(User user) {
      Set<String> roles = user.principal().roles();
      return roles.isEmpty()
          ? user
          : user.toBuilder().roles(Set.of(String.join(",", roles).split(","))).build();
    }
  }

  static class ReplacesAnyHash extends PlainAccounts {
    @Override
    public synchronized boolean replaceHash(String id, String expected, String replacement) {
      User user = users.get(id);
      return user != null && super.replaceHash(id, user.passwordHash().orElse(""), replacement);
    }
  }

  static class ReplacesTheHashOfAll extends PlainAccounts {
    @Override
    public synchronized boolean replaceHash(String id, String expected, String replacement) {
      boolean replaced = false;
      for (String each : users.keySet()) {
        replaced |= super.replaceHash(each, expected, replacement);
      }
      return replaced;
    }
  }

  // Not synchronized: that is what is wrong here.
  @SuppressWarnings("UnsynchronizedOverridesSynchronized")
  static class ComparesThenReplaces extends PlainAccounts {
    @Override
    public boolean replaceHash(String id, String expected, String replacement) {
      User user = users.get(id);
      if (user == null || !user.passwordHash().equals(Optional.of(expected))) {
        return false;
      }
      Pause.here();
      put(user, user.toBuilder().passwordHash(replacement).build());
      return true;
    }
  }

  static class HashRaisesTheEpoch extends PlainAccounts {
    @Override
    public synchronized boolean replaceHash(String id, String expected, String replacement) {
      boolean replaced = super.replaceHash(id, expected, replacement);
      if (replaced) {
        users.computeIfPresent(id, (same, user) -> user.toBuilder().revokeAll().build());
      }
      return replaced;
    }
  }
}

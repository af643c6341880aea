package com.example.testkit;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Counts as they must not be kept: each does one thing wrong. */
final class WrongThrottles {
  private WrongThrottles() {}

  static class ReplacesWithoutCompare extends PlainThrottle {
    // Not synchronized: nothing is compared.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      Pause.here();
      put(key, next);
      return true;
    }
  }

  static class ReadsThenWrites extends PlainThrottle {
    // Not synchronized: that is what is wrong here.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      if (!find(key, now).equals(expected)) {
        return false;
      }
      Pause.here();
      put(key, next);
      return true;
    }
  }

  static class ReturnsExpired extends PlainThrottle {
    @Override
    public Optional<String> find(String key, Instant now) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }
  }

  static class ForgetsTooLate extends PlainThrottle {
    @Override
    boolean isLive(Entry entry, Instant now) {
      return !now.isAfter(entry.forgetAt());
    }
  }

  /** As one who inserts where nothing is expected, and forgets that an expired row stands there. */
  static class TripsOverExpired extends PlainThrottle {
    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      return (expected.isPresent() || !entries.containsKey(key))
          && super.replace(key, expected, next, now);
    }
  }

  static class ReplacesExpired extends PlainThrottle {
    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      if (Optional.ofNullable(entries.get(key)).map(Entry::value).equals(expected)) {
        put(key, next);
        return true;
      }
      return super.replace(key, expected, next, now);
    }
  }

  static class KeepsTheFirstEnd extends PlainThrottle {
    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      Entry before = find(key, now).isPresent() ? entries.get(key) : null;
      return super.replace(
          key,
          expected,
          next.map(
              entry ->
                  before == null
                      ? entry
                      : new Entry(entry.value(), before.holdUntil(), before.forgetAt())),
          now);
    }
  }

  static class FoldsKeys extends PlainThrottle {
    String key(String key) {
      return key.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> find(String key, Instant now) {
      return super.find(key(key), now);
    }

    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      return super.replace(key(key), expected, next, now);
    }
  }

  static class TrimsKeys extends FoldsKeys {
    @Override
    String key(String key) {
      return key.stripTrailing();
    }
  }

  static class ClipsValues extends PlainThrottle {
    @Override
    public Optional<String> find(String key, Instant now) {
      return super.find(key, now).map(value -> value.substring(0, Math.min(255, value.length())));
    }
  }
}

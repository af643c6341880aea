package com.example.testkit;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Counts as they must not be kept: each does one thing wrong. */
final class WrongThrottles {
  private WrongThrottles() {}

  static class ReplacesWithoutCompare extends PlainThrottle {
    ReplacesWithoutCompare(Clock clock) {
      super(clock);
    }

    // Not synchronized: nothing is compared.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
      Pause.here();
      put(key, next);
      return true;
    }
  }

  static class ReadsThenWrites extends PlainThrottle {
    ReadsThenWrites(Clock clock) {
      super(clock);
    }

    // Not synchronized: that is what is wrong here.
    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
      if (!find(key).equals(expected)) {
        return false;
      }
      Pause.here();
      put(key, next);
      return true;
    }
  }

  static class ReturnsExpired extends PlainThrottle {
    ReturnsExpired(Clock clock) {
      super(clock);
    }

    @Override
    public Optional<String> find(String key) {
      return Optional.ofNullable(entries.get(key)).map(Entry::value);
    }
  }

  static class ForgetsTooLate extends PlainThrottle {
    ForgetsTooLate(Clock clock) {
      super(clock);
    }

    @Override
    boolean isLive(Entry entry) {
      return !clock.instant().isAfter(entry.forgetAt());
    }
  }

  /** As one who inserts where nothing is expected, and forgets that an expired row stands there. */
  static class TripsOverExpired extends PlainThrottle {
    TripsOverExpired(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next) {
      return (expected.isPresent() || !entries.containsKey(key))
          && super.replace(key, expected, next);
    }
  }

  static class ReplacesExpired extends PlainThrottle {
    ReplacesExpired(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next) {
      if (Optional.ofNullable(entries.get(key)).map(Entry::value).equals(expected)) {
        put(key, next);
        return true;
      }
      return super.replace(key, expected, next);
    }
  }

  static class KeepsTheFirstEnd extends PlainThrottle {
    KeepsTheFirstEnd(Clock clock) {
      super(clock);
    }

    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next) {
      Entry before = find(key).isPresent() ? entries.get(key) : null;
      return super.replace(
          key,
          expected,
          next.map(
              entry ->
                  before == null
                      ? entry
                      : new Entry(entry.value(), before.holdUntil(), before.forgetAt())));
    }
  }

  static class FoldsKeys extends PlainThrottle {
    FoldsKeys(Clock clock) {
      super(clock);
    }

    String key(String key) {
      return key.toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<String> find(String key) {
      return super.find(key(key));
    }

    @Override
    public synchronized boolean replace(
        String key, Optional<String> expected, Optional<Entry> next) {
      return super.replace(key(key), expected, next);
    }
  }

  static class TrimsKeys extends FoldsKeys {
    TrimsKeys(Clock clock) {
      super(clock);
    }

    @Override
    String key(String key) {
      return key.stripTrailing();
    }
  }

  static class ClipsValues extends PlainThrottle {
    ClipsValues(Clock clock) {
      super(clock);
    }

    @Override
    public Optional<String> find(String key) {
      return super.find(key).map(value -> value.substring(0, Math.min(255, value.length())));
    }
  }
}

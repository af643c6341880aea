package com.example.testkit;

import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts in one map, without bounds; the wrong ones of {@link WrongThrottles} extend it. */
class PlainThrottle implements ThrottleStore {
  final Map<String, Entry> entries = new ConcurrentHashMap<>();
  final Clock clock;

  PlainThrottle(Clock clock) {
    this.clock = clock;
  }

  boolean isLive(Entry entry) {
    return clock.instant().isBefore(entry.forgetAt());
  }

  @Override
  public Optional<String> find(String key) {
    return Optional.ofNullable(entries.get(key)).filter(this::isLive).map(Entry::value);
  }

  @Override
  public synchronized boolean replace(String key, Optional<String> expected, Optional<Entry> next) {
    if (!find(key).equals(expected)) {
      return false;
    }
    put(key, next);
    return true;
  }

  final void put(String key, Optional<Entry> next) {
    next.ifPresentOrElse(entry -> entries.put(key, entry), () -> entries.remove(key));
  }
}

package com.example.testkit;

import dev.sallyport.counts.ThrottleStore;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Counts in one map, without bounds; the wrong ones of {@link WrongThrottles} extend it. */
class PlainThrottle implements ThrottleStore {
  final Map<String, Entry> entries = new ConcurrentHashMap<>();

  boolean isLive(Entry entry, Instant now) {
    return now.isBefore(entry.forgetAt());
  }

  @Override
  public Optional<String> find(String key, Instant now) {
    return Optional.ofNullable(entries.get(key))
        .filter(entry -> isLive(entry, now))
        .map(Entry::value);
  }

  @Override
  public synchronized boolean replace(
      String key, Optional<String> expected, Optional<Entry> next, Instant now) {
    if (!find(key, now).equals(expected)) {
      return false;
    }
    put(key, next);
    return true;
  }

  final void put(String key, Optional<Entry> next) {
    next.ifPresentOrElse(entry -> entries.put(key, entry), () -> entries.remove(key));
  }
}

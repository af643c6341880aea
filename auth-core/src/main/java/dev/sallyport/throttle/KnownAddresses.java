package dev.sallyport.throttle;

import dev.sallyport.counts.ThrottleStore;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The addresses from which each account has logged in, with the time of the last login, in a store.
 *
 * @param max how many addresses an account has at most
 * @param lifetime how long an address is known after the last login from it, in milliseconds
 */
record KnownAddresses(ThrottleStore store, Clock clock, int max, long lifetime) {
  private static final long DAY_MILLIS = 24 * 60 * 60 * 1000L;

  boolean contains(ThrottleKeys keys) {
    Instant now = clock.instant();
    Map<String, Long> lastLogin = read(store.find(keys.known(), now));
    return isWithin(lifetime, lastLogin.get(keys.addressId()), now.toEpochMilli());
  }

  /** Adds the address; one that was added less than a day ago costs no write. */
  void add(ThrottleKeys keys) {
    while (true) {
      Instant now = clock.instant();
      Optional<String> text = store.find(keys.known(), now);
      Map<String, Long> lastLogin = read(text);
      Long last = lastLogin.get(keys.addressId());
      if (isWithin(Math.min(DAY_MILLIS, lifetime), last, now.toEpochMilli())) {
        return;
      }
      put(lastLogin, keys.addressId(), now.toEpochMilli());
      Instant end = now.plusMillis(lifetime);
      // No other account's addresses displace it, and it is shared with none.
      ThrottleStore.Entry entry =
          new ThrottleStore.Entry(write(lastLogin), end, end, ThrottleStore.WhenFull.DROP);
      if (store.replace(keys.known(), text, Optional.of(entry), now)) {
        return;
      }
    }
  }

  private void put(Map<String, Long> lastLogin, String address, long now) {
    lastLogin.remove(address);
    lastLogin.values().removeIf(last -> !isWithin(lifetime, last, now));
    while (lastLogin.size() >= max) {
      lastLogin.remove(lastLogin.keySet().iterator().next());
    }
    lastLogin.put(address, now);
  }

  private static boolean isWithin(long millis, @Nullable Long last, long now) {
    return last != null && now < last + millis;
  }

  /** Parts of an entry that somebody else wrote into the store are ignored. */
  private static Map<String, Long> read(Optional<String> text) {
    Map<String, Long> lastLogin = new LinkedHashMap<>();
    for (String entry : text.orElse("").split(" ", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0 && entry.substring(equals + 1).matches("[0-9]{1,15}")) {
        lastLogin.put(entry.substring(0, equals), Long.valueOf(entry.substring(equals + 1)));
      }
    }
    return lastLogin;
  }

  private static String write(Map<String, Long> lastLogin) {
    return lastLogin.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }
}

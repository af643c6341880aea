package dev.sallyport.throttle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The addresses from which an account has logged in, with the time of the last. */
record KnownAddresses(Map<String, Long> lastLogin) {
  private static final long DAY_MILLIS = 24 * 60 * 60 * 1000L;

  /** What is none of ours, since somebody else wrote into the store, is passed over. */
  static KnownAddresses read(Optional<String> text) {
    Map<String, Long> lastLogin = new LinkedHashMap<>();
    for (String entry : text.orElse("").split(" ", -1)) {
      int equals = entry.indexOf('=');
      if (equals > 0 && entry.substring(equals + 1).matches("[0-9]{1,15}")) {
        lastLogin.put(entry.substring(0, equals), Long.valueOf(entry.substring(equals + 1)));
      }
    }
    return new KnownAddresses(lastLogin);
  }

  String write() {
    return lastLogin.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  boolean contains(String address, long now, long lifetime) {
    Long last = lastLogin.get(address);
    return last != null && now < last + lifetime;
  }

  /** Empty if the address is there since less than a day ago, which saves a write a login. */
  Optional<KnownAddresses> with(String address, long now, long lifetime, int max) {
    if (contains(address, now, Math.min(DAY_MILLIS, lifetime))) {
      return Optional.empty();
    }
    Map<String, Long> next = new LinkedHashMap<>(lastLogin);
    next.remove(address);
    next.values().removeIf(last -> now >= last + lifetime);
    while (next.size() >= max) {
      next.remove(next.keySet().iterator().next());
    }
    next.put(address, now);
    return Optional.of(new KnownAddresses(next));
  }
}

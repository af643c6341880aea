package dev.sallyport.session;

import dev.sallyport.store.TokenRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The host's attributes of a session, alongside two of our own whose names begin with a dot. */
final class SessionAttributes {
  private static final String CLIENT = ".client";
  private static final String REMEMBERED = ".remembered";
  private static final int MAX_COUNT = 16;
  private static final int MAX_NAME = 64;
  private static final int MAX_VALUE = 1024;

  private SessionAttributes() {}

  /** The attributes of a new session. */
  static Map<String, String> with(Map<String, String> kept, String client, boolean remembered) {
    if (kept.isEmpty() && !remembered) {
      return Map.of(CLIENT, client);
    }
    Map<String, String> all = new HashMap<>(kept);
    all.put(CLIENT, client);
    if (remembered) {
      all.put(REMEMBERED, "");
    }
    return all;
  }

  static String client(TokenRecord record) {
    return record.attributes().getOrDefault(CLIENT, "");
  }

  static boolean isRemembered(TokenRecord record) {
    return record.attributes().containsKey(REMEMBERED);
  }

  static Map<String, String> only(Set<String> names, TokenRecord record) {
    Map<String, String> kept = new HashMap<>(ofHost(record));
    kept.keySet().retainAll(names);
    return kept;
  }

  /** All but our own. Most sessions have none of the host's, and every request asks for them. */
  static Map<String, String> ofHost(TokenRecord record) {
    Map<String, String> all = record.attributes();
    int ours = (all.containsKey(CLIENT) ? 1 : 0) + (all.containsKey(REMEMBERED) ? 1 : 0);
    if (all.size() == ours) {
      return Map.of();
    }
    Map<String, String> attributes = new HashMap<>(all);
    attributes.keySet().removeIf(SessionAttributes::isReserved);
    return attributes;
  }

  private static boolean isReserved(String name) {
    return name.startsWith(".");
  }

  static TokenRecord changed(TokenRecord record, UnaryOperator<Map<String, String>> change) {
    Map<String, String> changed = change.apply(new HashMap<>(ofHost(record)));
    if (changed.size() > MAX_COUNT) {
      throw new IllegalArgumentException(
          "A session has at most " + MAX_COUNT + " attributes, not " + changed.size());
    }
    changed.forEach(SessionAttributes::check);
    return record.toBuilder()
        .attributes(with(changed, client(record), isRemembered(record)))
        .build();
  }

  static void checkName(String name) {
    if (name.isEmpty() || name.length() > MAX_NAME || isReserved(name)) {
      throw new IllegalArgumentException(
          "An attribute's name has 1 to " + MAX_NAME + " characters and begins with no dot");
    }
  }

  private static void check(String name, String value) {
    checkName(name);
    if (value.length() > MAX_VALUE) {
      throw new IllegalArgumentException(
          "The value of the attribute '" + name + "' is longer than " + MAX_VALUE + " characters");
    }
  }
}

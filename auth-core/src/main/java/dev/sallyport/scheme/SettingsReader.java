package dev.sallyport.scheme;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads values section by section, collects faults, and in the end tells the keys nobody read. */
final class SettingsReader {
  private static final String PREFIX = "auth.";

  private final Map<String, String> given = new TreeMap<>();
  private final Map<String, List<Setting<?>>> sections = new HashMap<>();
  private final SortedMap<String, Setting<?>> known = new TreeMap<>();
  private final List<String> faults;

  SettingsReader(Map<String, String> settings, List<String> faults) {
    this.faults = faults;
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX)) {
            given.put(key, value.strip());
          }
        });
  }

  /** The values of one section, defaults for faulty ones, so that reading can go on. */
  SchemeContext.Values read(String section, List<Setting<?>> settings) {
    Map<Setting<?>, Object> values = new HashMap<>();
    Set<Setting<?>> present = new HashSet<>();
    sections.put(section, settings);
    for (Setting<?> setting : settings) {
      String key = fullKey(section, setting.key());
      known.put(key, setting);
      values.put(setting, value(key, setting));
      if (given.containsKey(key)) {
        present.add(setting);
      }
    }
    return new SchemeContext.Values(values, present);
  }

  private Object value(String key, Setting<?> setting) {
    String text = given.getOrDefault(key, setting.fallback());
    try {
      return setting.parse(text);
    } catch (IllegalArgumentException e) {
      faults.add(setting.refuse(key, text));
      return setting.parse(setting.fallback());
    }
  }

  private static String fullKey(String section, String key) {
    return PREFIX + (section.isEmpty() ? "" : section + ".") + key;
  }

  /** The settings that were asked for, by their full keys. */
  SortedMap<String, Setting<?>> known() {
    return known;
  }

  /** Values of unknown keys are not shown: a secret under a mistyped key is still a secret. */
  void refuseUnknownKeys() {
    for (String key : given.keySet()) {
      if (!known.containsKey(key)) {
        String rest = key.substring(PREFIX.length());
        String section = rest.contains(".") ? rest.substring(0, rest.indexOf('.')) : "";
        List<Setting<?>> settings = sections.get(section);
        faults.add(
            settings == null
                ? key + ": there is no section 'auth." + section + "'; there are: " + names()
                : key + ": unknown key; known here: " + Setting.keys(settings));
      }
    }
  }

  private String names() {
    return String.join(
        ", ", sections.keySet().stream().filter(name -> !name.isEmpty()).sorted().toList());
  }
}

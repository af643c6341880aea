package dev.sallyport.scheme;

import dev.sallyport.Authenticator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The schemes that are installed, by name, and the members of a chain out of them. */
final class Schemes {
  private final SortedMap<String, SchemeProvider> installed = new TreeMap<>();
  private final Set<String> faulty = new HashSet<>();
  private final List<String> faults;

  /** Finds them on the class path and the module path. */
  Schemes(List<String> faults) {
    this.faults = faults;
    try {
      ServiceLoader.load(SchemeProvider.class).forEach(this::add);
    } catch (ServiceConfigurationError e) {
      faults.add("A scheme on the class path or module path can't be loaded: " + e.getMessage());
    }
  }

  private void add(SchemeProvider provider) {
    SchemeProvider other = installed.putIfAbsent(provider.name(), provider);
    if (other != null) {
      faults.add(
          "Two providers call their scheme '"
              + provider.name()
              + "': "
              + other.getClass().getName()
              + " and "
              + provider.getClass().getName());
    }
  }

  /** The values of all installed schemes' settings. */
  Map<String, SchemeContext> read(SettingsReader reader, SchemeContext.Resources resources) {
    Map<String, SchemeContext> contexts = new TreeMap<>();
    installed.forEach(
        (name, provider) -> {
          int before = faults.size();
          contexts.put(name, new SchemeContext(reader.read(name, provider.settings()), resources));
          if (faults.size() > before) {
            faulty.add(name);
          }
        });
    return contexts;
  }

  /** The providers that a chain names, each once, as far as they can be asked to create. */
  List<SchemeProvider> pick(List<String> names, SchemeContext.Resources resources) {
    if (names.isEmpty()) {
      faults.add("auth.chain: it names no scheme; installed: " + all());
    }
    List<SchemeProvider> picked = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      SchemeProvider provider = installed.get(name);
      if (!seen.add(name)) {
        faults.add("auth.chain: the scheme '" + name + "' appears twice");
      } else if (provider == null) {
        faults.add("auth.chain: there is no scheme '" + name + "'; installed: " + all());
      } else if (hasAll(provider, resources) && !faulty.contains(name)) {
        picked.add(provider);
      }
    }
    return picked;
  }

  private String all() {
    return String.join(", ", installed.keySet());
  }

  private boolean hasAll(SchemeProvider provider, SchemeContext.Resources resources) {
    boolean all = true;
    for (Class<?> need : provider.needs()) {
      if (resources.find(need) == null) {
        all = false;
        faults.add(
            String.format(
                "auth.chain: the scheme '%s' needs a %s; give one by with(%2$s.class, …)",
                provider.name(), need.getSimpleName()));
      }
    }
    return all;
  }

  /** The members; what a provider refuses is a fault. */
  List<Authenticator> create(List<SchemeProvider> picked, Map<String, SchemeContext> contexts) {
    List<Authenticator> members = new ArrayList<>();
    for (SchemeProvider provider : picked) {
      try {
        members.add(provider.create(Objects.requireNonNull(contexts.get(provider.name()))));
      } catch (IllegalArgumentException e) {
        faults.add("auth." + provider.name() + ": " + e.getMessage());
      }
    }
    return members;
  }
}

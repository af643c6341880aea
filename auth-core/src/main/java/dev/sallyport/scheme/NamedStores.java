package dev.sallyport.scheme;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.TokenStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The stores that settings can name, of which they name one at most. */
final class NamedStores {
  private final List<Installed> installed = new ArrayList<>();
  private final List<String> faults;

  /**
   * A provider, and what the settings say to it.
   *
   * @param keys those that stand in the settings, for messages
   */
  private record Installed(
      StoreProvider provider, SchemeContext context, String keys, boolean faulty) {}

  /** Finds them on the class path and the module path, and reads their settings. */
  NamedStores(SettingsReader reader, List<String> faults) {
    this.faults = faults;
    try {
      ServiceLoader.load(StoreProvider.class).forEach(provider -> read(provider, reader));
    } catch (ServiceConfigurationError e) {
      faults.add("A store on the class path or module path can't be loaded: " + e.getMessage());
    }
  }

  private void read(StoreProvider provider, SettingsReader reader) {
    int before = faults.size();
    SchemeContext.Values values = reader.read(provider.name(), provider.settings());
    String keys =
        values.given().stream()
            .map(setting -> "auth." + provider.name() + "." + setting.key())
            .sorted()
            .collect(Collectors.joining(", "));
    installed.add(
        new Installed(
            provider,
            new SchemeContext(values, new SchemeContext.Resources(Map.of())),
            keys,
            faults.size() > before));
  }

  /**
   * What can't be opened is a fault; then others stand in, so that no scheme is said to lack any.
   */
  Optional<StoreProvider.Opened> open() {
    Optional<StoreProvider.Opened> opened = Optional.empty();
    for (Installed each : installed) {
      Optional<StoreProvider.Opened> next = open(each);
      if (opened.isPresent() && next.isPresent()) {
        next.get().close().run();
        faults.add(each.keys() + ": other settings name stores as well; only one may");
      } else if (next.isPresent()) {
        opened = next;
      }
    }
    return opened;
  }

  private Optional<StoreProvider.Opened> open(Installed one) {
    if (one.faulty()) {
      return Optional.of(standIn());
    }
    try {
      return one.provider().open(one.context());
    } catch (IllegalArgumentException | IllegalStateException | StoreUnavailableException e) {
      faults.add(one.keys() + ": " + e.getMessage());
      return Optional.of(standIn());
    }
  }

  private static StoreProvider.Opened standIn() {
    return new StoreProvider.Opened(TokenStore.inMemory(), ThrottleStore.inMemory(), () -> {});
  }
}

package dev.sallyport.jwt;

import dev.sallyport.scheme.SchemeContext;
import dev.sallyport.scheme.Setting;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with settings: they contradict each other, have no effect, or are missing.
 */
final class JwtFaults {
  private final SchemeContext context;
  private final List<String> all = new ArrayList<>();

  JwtFaults(SchemeContext context) {
    this.context = context;
  }

  void addIf(boolean wrong, String words) {
    if (wrong) {
      all.add(words);
    }
  }

  /** Settings that are given although they mean nothing without another. */
  void addGiven(List<Setting<?>> settings, String without) {
    for (Setting<?> setting : settings) {
      addIf(context.isGiven(setting), setting.key() + " has no effect without " + without);
    }
  }

  void requireNone() {
    if (!all.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", all));
    }
  }
}

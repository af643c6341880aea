package dev.sallyport.scheme;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.TokenStore;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Provides stores that settings can name, such as those in a Redis server: where credentials that
 * were issued and counts of failed attempts are kept. {@link java.util.ServiceLoader} finds it: on
 * the class path by a file {@code META-INF/services/dev.sallyport.scheme.StoreProvider}, on the
 * module path by {@code provides}; a JAR that is for both has both. It needs a public constructor
 * without parameters.
 */
public interface StoreProvider {
  /**
   * {@return its name: lower-case letters, digits and hyphens, beginning with a letter; no scheme
   * has it} Its keys are below it: {@code auth.<name>.<key>}.
   */
  String name();

  /** {@return all settings that it reads} */
  List<Setting<?>> settings();

  /**
   * Opens the stores. Called once for each configuration, when all settings of this provider are
   * valid.
   *
   * @param context the settings; nothing else is in it
   * @return the stores, or empty if the settings don't name any
   * @throws IllegalArgumentException if the settings contradict each other
   * @throws IllegalStateException if what they name must not be used
   * @throws dev.sallyport.StoreUnavailableException if it can't be reached; like the others, it is
   *     reported with all other faults, by a message that holds no secret
   */
  Optional<Opened> open(SchemeContext context);

  /**
   * Stores that are open.
   *
   * @param tokens where issued credentials are kept
   * @param counts where failed attempts are counted
   * @param close closes both; running it again does no harm
   */
  record Opened(TokenStore tokens, ThrottleStore counts, Runnable close) {
    /** Rejects null. */
    public Opened {
      Objects.requireNonNull(tokens, "tokens");
      Objects.requireNonNull(counts, "counts");
      Objects.requireNonNull(close, "close");
    }
  }
}

package dev.sallyport.scheme;

import dev.sallyport.Authenticator;
import java.util.List;
import java.util.Set;

/**
 * Provides a scheme that settings can name. {@link java.util.ServiceLoader} finds it: on the class
 * path by a file {@code META-INF/services/dev.sallyport.scheme.SchemeProvider}, on the module path
 * by {@code provides}; a JAR that is for both has both. It needs a public constructor without
 * parameters.
 */
public interface SchemeProvider {
  /**
   * {@return the name to use in {@code auth.chain}: lower-case letters, digits and hyphens,
   * beginning with a letter} The scheme's keys are below it: {@code auth.<name>.<key>}.
   */
  String name();

  /** {@return all settings that the scheme reads; none by default} */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * {@return the types that the host must provide besides settings, for example a store; none by
   * default} If one is missing, {@link #create} is not called and the fault names the type.
   */
  default Set<Class<?>> needs() {
    return Set.of();
  }

  /**
   * Creates the authenticator. Called once for each chain, when all settings of the scheme are
   * valid and all that it needs is there.
   *
   * @param context the settings, and what the host has given
   * @return the authenticator
   * @throws IllegalArgumentException if the settings contradict each other; the message says how,
   *     and is reported with all other faults
   */
  Authenticator create(SchemeContext context);
}

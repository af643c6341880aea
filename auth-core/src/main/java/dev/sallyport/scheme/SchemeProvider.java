package dev.sallyport.scheme;

import dev.sallyport.Authenticator;
import java.util.List;
import java.util.Set;

/**
 * Makes a scheme that settings can name. {@link java.util.ServiceLoader} finds it: on the class
 * path by a file {@code META-INF/services/dev.sallyport.scheme.SchemeProvider}, on the module path
 * by {@code provides}; a JAR that is for both has both. It needs a public constructor without
 * parameters.
 */
public interface SchemeProvider {
  /**
   * The name that stands in {@code auth.chain}. The keys of the scheme stand below it: {@code
   * auth.<name>.<key>}.
   *
   * @return lower-case letters, digits and hyphens, beginning with a letter
   */
  String name();

  /**
   * All keys that the scheme reads.
   *
   * @return the settings; none by default
   */
  default List<Setting<?>> settings() {
    return List.of();
  }

  /**
   * What the host must have given beside settings, for example a store. Where one is missing,
   * {@link #create} is not called and the fault names it.
   *
   * @return the types; none by default
   */
  default Set<Class<?>> needs() {
    return Set.of();
  }

  /**
   * Makes the authenticator. It is called once for each chain, when all settings of the scheme are
   * valid and all that it needs is there.
   *
   * @param context the settings, and what the host has given
   * @return the authenticator
   * @throws IllegalArgumentException if the settings contradict each other; the message says how,
   *     and is reported with all other faults
   */
  Authenticator create(SchemeContext context);
}

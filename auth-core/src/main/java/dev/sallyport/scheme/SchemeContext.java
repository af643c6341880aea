package dev.sallyport.scheme;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a {@link SchemeProvider} builds from: the values of its settings, and the host's things. */
public final class SchemeContext {
  private final Values values;
  private final Resources resources;

  SchemeContext(Values values, Resources resources) {
    this.values = values;
    this.resources = resources;
  }

  /**
   * The value of a setting, or its default.
   *
   * @param setting one of {@link SchemeProvider#settings()}
   * @param <T> the type of the value
   * @return the value
   * @throws IllegalStateException if the provider doesn't list the setting
   */
  @SuppressWarnings("unchecked") // SettingsReader puts each setting's own value
  public <T> T get(Setting<T> setting) {
    Object value = values.all().get(setting);
    if (value == null) {
      throw new IllegalStateException("The setting is not listed by its provider: " + setting);
    }
    return (T) value;
  }

  /**
   * Whether the settings have the key, even with the default value: for a scheme that refuses a
   * setting which has no effect beside the others.
   *
   * @param setting one of {@link SchemeProvider#settings()}
   * @return false if {@link #get(Setting)} is the default because nothing was said
   */
  public boolean isGiven(Setting<?> setting) {
    return values.given().contains(setting);
  }

  /**
   * What the host has given.
   *
   * @param type one of {@link SchemeProvider#needs()}
   * @param <R> the type
   * @return what was given under that type
   * @throws IllegalStateException if nothing was
   */
  public <R> R get(Class<R> type) {
    return find(type)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "No "
                        + type.getSimpleName()
                        + " was given; list it in needs() to have it asked for"));
  }

  /**
   * What the host may have given, for what is needed with some settings only.
   *
   * @param type a type
   * @param <R> the type
   * @return what was given under that type, if anything was
   */
  public <R> Optional<R> find(Class<R> type) {
    return Optional.ofNullable(resources.find(type));
  }

  /**
   * What all schemes are built from. A scheme that needs users or a token store lists it in {@link
   * SchemeProvider#needs()}.
   *
   * @return the environment, the users and the token store
   * @throws IllegalStateException if the host gave no {@link CredentialStore} or no {@link
   *     TokenStore}
   */
  public Sallyport auth() {
    return get(Sallyport.class);
  }

  /** {@return the environment that all schemes share} */
  public AuthEnvironment environment() {
    return get(AuthEnvironment.class);
  }

  /**
   * {@return the length in characters of the longest {@code Authorization} field that the chain
   * reads, 256 to 65,536} A higher limit of the scheme's own has no effect.
   */
  public int maxAuthorizationLength() {
    return get(AuthorizationLength.class).characters();
  }

  /** The value of {@link CoreSettings#MAX_AUTHORIZATION}. */
  record AuthorizationLength(int characters) {}

  /** The values of all settings of a section, and those that stand in the settings. */
  record Values(Map<Setting<?>, Object> all, Set<Setting<?>> given) {}

  /** What the host has given, by type. */
  record Resources(Map<Class<?>, Object> byType) {
    <R> @Nullable R find(Class<R> type) {
      Object found = byType.get(type);
      return found == null ? null : type.cast(found);
    }
  }
}

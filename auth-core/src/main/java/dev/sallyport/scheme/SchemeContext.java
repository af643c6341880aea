package dev.sallyport.scheme;

import dev.sallyport.OriginPolicy;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthListener;
import java.security.SecureRandom;
import java.time.Clock;
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
   * Whether the settings have the key, be it with the value of the default: for a scheme that
   * refuses a setting which has no effect beside the others.
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
   * Whether plain HTTP will do; the same for all schemes.
   *
   * @return what to ask before credentials are looked at
   */
  public TransportSecurity transport() {
    return get(TransportSecurity.class);
  }

  /**
   * Whose pages may send unsafe requests; the same for all schemes.
   *
   * @return what to ask where a browser sends the credentials by itself
   */
  public OriginPolicy origins() {
    return get(OriginPolicy.class);
  }

  /**
   * The longest {@code Authorization} field that the chain looks at; a limit of the scheme's own
   * beyond it has no effect.
   *
   * @return the length in characters, 256 to 65,536
   */
  public int maxAuthorizationLength() {
    return get(AuthorizationLength.class).characters();
  }

  /**
   * Where the time comes from.
   *
   * @return the clock
   */
  public Clock clock() {
    return get(Clock.class);
  }

  /**
   * Where randomness comes from.
   *
   * @return the source
   */
  public SecureRandom random() {
    return get(SecureRandom.class);
  }

  /**
   * Who hears of events that no result tells.
   *
   * @return the listener
   */
  public AuthListener listener() {
    return get(AuthListener.class);
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

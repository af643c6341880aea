package dev.sallyport.scheme;

import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.OriginPolicy;
import dev.sallyport.TransportSecurity;
import dev.sallyport.TrustedProxies;
import dev.sallyport.event.AuthListener;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.throttle.Throttle;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A chain and a guard out of settings. Keys begin with {@code auth.}; others are nobody's business
 * here. Whatever is wrong is reported at once, all of it, and nothing is built. Immutable.
 *
 * <pre>{@code
 * AuthConfiguration auth =
 *     AuthConfiguration.builder(properties)
 *         .with(CredentialStore.class, users)
 *         .with(TokenStore.class, tokens) // sessions and opaque tokens need it
 *         .build();
 * Guard guard = auth.guard();
 * }</pre>
 */
public final class AuthConfiguration {
  private final AuthenticatorChain chain;
  private final Guard guard;
  private final TransportSecurity transport;
  private final OriginPolicy origins;
  private final TrustedProxies proxies;
  private final @Nullable Passwords passwords;

  private AuthConfiguration(
      AuthenticatorChain chain, Permission permission, SchemeContext.Resources resources) {
    this.chain = chain;
    this.guard =
        Guard.of(chain)
            .withDefault(permission)
            .withClock(Objects.requireNonNull(resources.find(Clock.class)));
    this.transport = Objects.requireNonNull(resources.find(TransportSecurity.class));
    this.origins = Objects.requireNonNull(resources.find(OriginPolicy.class));
    this.proxies = Objects.requireNonNull(resources.find(TrustedProxies.class));
    this.passwords = resources.find(Passwords.class);
  }

  /**
   * Starts from settings.
   *
   * @param settings the settings; copied
   * @return a builder for what settings can't hold
   */
  public static Builder builder(Map<String, String> settings) {
    return new Builder(settings);
  }

  /**
   * Starts from settings.
   *
   * @param settings the settings with their defaults; copied
   * @return a builder for what settings can't hold
   */
  public static Builder builder(Properties settings) {
    Map<String, String> copied = new HashMap<>();
    settings.stringPropertyNames().forEach(key -> copied.put(key, settings.getProperty(key)));
    return builder(copied);
  }

  /**
   * All keys that can be set in this process, those of installed schemes among them: for a host's
   * own help.
   *
   * @return the settings by their full keys, sorted
   * @throws ConfigurationException if a scheme can't be loaded
   */
  public static SortedMap<String, Setting<?>> knownSettings() {
    List<String> faults = new ArrayList<>();
    SettingsReader reader = new SettingsReader(Map.of(), faults);
    reader.read("", CoreSettings.GENERAL);
    reader.read("passwords", CoreSettings.PASSWORDS);
    new Schemes(faults).read(reader, new SchemeContext.Resources(Map.of()));
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return reader.known();
  }

  /**
   * The schemes that {@code auth.chain} names, in its order.
   *
   * @return the chain
   */
  public AuthenticatorChain chain() {
    return chain;
  }

  /**
   * The guard over the chain, whose default permission is {@code auth.permission}.
   *
   * @return the guard
   */
  public Guard guard() {
    return guard;
  }

  /**
   * Whether plain HTTP will do: {@code auth.transport}.
   *
   * @return for whatever else takes credentials
   */
  public TransportSecurity transport() {
    return transport;
  }

  /**
   * Whose pages may send unsafe requests: {@code auth.trusted-origins}.
   *
   * @return for whatever else changes state
   */
  public OriginPolicy origins() {
    return origins;
  }

  /**
   * What stands before a handler of the host's own that takes credentials in its body, with the
   * transport and the origins of the settings.
   *
   * @return the entrance
   */
  public Entrance entrance() {
    return Entrance.of(guard, transport, origins);
  }

  /**
   * Whose word is taken for a client's address and for HTTPS: {@code auth.trusted-proxies}.
   *
   * @return for the adapter that makes the requests
   */
  public TrustedProxies proxies() {
    return proxies;
  }

  /**
   * What checks passwords, shared by all schemes: give it to whatever else deals with them.
   *
   * @return the passwords of the {@link CredentialStore} that was given
   * @throws IllegalStateException if none was given
   */
  public Passwords passwords() {
    if (passwords == null) {
      throw new IllegalStateException("No CredentialStore was given, so there are no passwords");
    }
    return passwords;
  }

  /** Builds an {@link AuthConfiguration}; not safe for several threads. */
  public static final class Builder {
    private static final Set<Class<?>> BY_SETTINGS =
        Set.of(TransportSecurity.class, OriginPolicy.class, TrustedProxies.class);

    private final Map<String, String> settings;
    private final Map<Class<?>, Object> given = new HashMap<>();

    private Builder(Map<String, String> settings) {
      this.settings = Map.copyOf(settings);
      given.put(Clock.class, Clock.systemUTC());
      given.put(SecureRandom.class, new SecureRandom());
      given.put(AuthListener.class, AuthListener.slf4j());
    }

    /**
     * Gives what settings can't hold: a {@link CredentialStore}, a {@link TokenStore}, a {@link
     * Clock}, a {@link SecureRandom}, an {@link AuthListener}, a {@link Throttle}, {@link
     * Passwords}, or whatever a scheme of somebody else's needs.
     *
     * <p>Where {@link Passwords} are given, {@code auth.passwords} has no keys.
     *
     * @param type the type under which schemes ask for it
     * @param resource the thing
     * @param <R> the type
     * @return this
     * @throws IllegalArgumentException for what {@code auth.transport}, {@code
     *     auth.trusted-origins} and {@code auth.trusted-proxies} set
     */
    public <R> Builder with(Class<R> type, R resource) {
      if (BY_SETTINGS.contains(type)) {
        throw new IllegalArgumentException(
            type.getSimpleName()
                + " is set by auth.transport, auth.trusted-origins and auth.trusted-proxies");
      }
      given.put(type, Objects.requireNonNull(resource, "resource"));
      return this;
    }

    /**
     * Reads the settings, finds the schemes and makes the chain.
     *
     * @return the configuration
     * @throws ConfigurationException if anything is wrong; it tells all faults
     */
    public AuthConfiguration build() {
      List<String> faults = new ArrayList<>();
      SettingsReader reader = new SettingsReader(settings, faults);
      SchemeContext.Values general = reader.read("", CoreSettings.GENERAL);
      SchemeContext core = new SchemeContext(general, new SchemeContext.Resources(Map.of()));
      if (!core.get(CoreSettings.PROXIES).isNone()
          && core.get(CoreSettings.TRANSPORT) != TransportSecurity.REQUIRED) {
        faults.add(
            "auth.transport: behind auth.trusted-proxies it can't be"
                + " 'optional-on-loopback-for-development'; allowed: required");
      }
      SchemeContext.Resources resources = resources(core, reader);

      Schemes schemes = new Schemes(faults);
      Map<String, SchemeContext> contexts = schemes.read(reader, resources);
      reader.refuseUnknownKeys();
      List<SchemeProvider> picked = schemes.pick(core.get(CoreSettings.CHAIN), resources);
      List<Authenticator> members = schemes.create(picked, contexts);
      if (!faults.isEmpty()) {
        throw new ConfigurationException(faults);
      }
      return new AuthConfiguration(
          chain(members, core, resources), core.get(CoreSettings.PERMISSION), resources);
    }

    private SchemeContext.Resources resources(SchemeContext core, SettingsReader reader) {
      Map<Class<?>, Object> all = new HashMap<>(given);
      all.put(TransportSecurity.class, core.get(CoreSettings.TRANSPORT));
      all.put(OriginPolicy.class, core.get(CoreSettings.ORIGINS));
      all.put(
          TrustedProxies.class,
          core.get(CoreSettings.PROXIES).withNat64(core.get(CoreSettings.NAT64)));
      all.put(
          SchemeContext.AuthorizationLength.class,
          new SchemeContext.AuthorizationLength(core.get(CoreSettings.MAX_AUTHORIZATION)));
      if (given.containsKey(Passwords.class)) {
        return new SchemeContext.Resources(all);
      }
      SchemeContext passwords =
          new SchemeContext(
              reader.read("passwords", CoreSettings.PASSWORDS), new SchemeContext.Resources(all));
      if (given.get(CredentialStore.class) instanceof CredentialStore users) {
        all.put(Passwords.class, passwords(users, passwords));
      }
      return new SchemeContext.Resources(all);
    }

    private Passwords passwords(CredentialStore users, SchemeContext context) {
      BcryptHasher hasher = BcryptHasher.ofCost(context.get(CoreSettings.COST));
      Passwords.Builder builder =
          Passwords.builder(users)
              .hasher(hasher.withRandom(context.random()))
              .dearestStored(context.get(CoreSettings.DEAREST_STORED))
              .dearestDjango(context.get(CoreSettings.DEAREST_DJANGO))
              .hashingAtATime(context.get(CoreSettings.AT_A_TIME))
              .maxWait(context.get(CoreSettings.MAX_WAIT))
              .budget(context.get(CoreSettings.BUDGET), context.get(CoreSettings.BUDGET_WINDOW))
              .listener(context.listener())
              .clock(context.clock())
              .random(context.random());
      if (given.get(Throttle.class) instanceof Throttle throttle) {
        builder.throttle(throttle);
      }
      return context.get(CoreSettings.REMEMBER) ? builder.build() : builder.withoutMemory().build();
    }

    private static AuthenticatorChain chain(
        List<Authenticator> members, SchemeContext core, SchemeContext.Resources resources) {
      return AuthenticatorChain.builder(members.toArray(Authenticator[]::new))
          .listener(Objects.requireNonNull(resources.find(AuthListener.class)))
          .clock(Objects.requireNonNull(resources.find(Clock.class)))
          .maxAuthorizationLength(core.get(CoreSettings.MAX_AUTHORIZATION))
          .build();
    }
  }
}

package dev.sallyport.scheme;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.TransportSecurity;
import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.function.UnaryOperator;

/**
 * A chain and a guard built from settings. Keys begin with {@code auth.}; others are ignored. All
 * faults are reported at once, and nothing is built if there are any. Immutable. Close it where
 * settings name stores, as {@code auth.redis.url} does.
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
public final class AuthConfiguration implements AutoCloseable {
  private final AuthenticatorChain chain;
  private final Guard guard;
  private final SchemeContext.Resources resources;
  private final Optional<StoreProvider.Opened> stores;

  private AuthConfiguration(
      AuthenticatorChain chain,
      Permission permission,
      SchemeContext.Resources resources,
      Optional<StoreProvider.Opened> stores) {
    this.chain = chain;
    this.guard = Guard.of(chain).withDefault(permission);
    this.resources = resources;
    this.stores = stores;
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
   * All keys that can be set in this process, those of installed schemes and stores among them: for
   * a host's own help.
   *
   * @return the settings by their full keys, sorted
   * @throws ConfigurationException if a scheme or a store can't be loaded
   */
  public static SortedMap<String, Setting<?>> knownSettings() {
    List<String> faults = new ArrayList<>();
    SettingsReader reader = new SettingsReader(Map.of(), faults);
    reader.read("", CoreSettings.GENERAL);
    reader.read("passwords", CoreSettings.PASSWORDS);
    new NamedStores(reader, faults);
    new Schemes(faults).read(reader, new SchemeContext.Resources(Map.of()));
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return reader.known();
  }

  /** {@return the schemes that {@code auth.chain} names, in its order} */
  public AuthenticatorChain chain() {
    return chain;
  }

  /** {@return the guard over the chain, whose default permission is {@code auth.permission}} */
  public Guard guard() {
    return guard;
  }

  /** {@return the environment that was given, with what the settings say of it} */
  public AuthEnvironment environment() {
    return chain.environment();
  }

  /**
   * What the schemes were built from, for accounts and for anything else the host builds in code.
   *
   * @return the environment, the users and the token store
   * @throws IllegalStateException if no {@link CredentialStore} or no {@link TokenStore} was given
   */
  public Sallyport auth() {
    Sallyport auth = resources.find(Sallyport.class);
    if (auth == null) {
      throw new IllegalStateException("Give a CredentialStore and a TokenStore to the builder");
    }
    return auth;
  }

  /**
   * The password checker, for a host that issues nothing and so has no {@link #auth}.
   *
   * @return the passwords of the {@link CredentialStore} that was given
   * @throws IllegalStateException if none was given
   */
  public Passwords passwords() {
    Passwords passwords = resources.find(Passwords.class);
    if (passwords == null) {
      throw new IllegalStateException("Give a CredentialStore to the builder");
    }
    return passwords;
  }

  /** Closes the stores that settings name; what was given by code stays open. */
  @Override
  public void close() {
    stores.ifPresent(opened -> opened.close().run());
  }

  /** Builds an {@link AuthConfiguration}; not thread-safe. */
  public static final class Builder {
    private final Map<String, String> settings;
    private final Map<Class<?>, Object> given = new HashMap<>();
    private UnaryOperator<Passwords.Builder> passwordOptions = options -> options;

    private Builder(Map<String, String> settings) {
      this.settings = Map.copyOf(settings);
      given.put(AuthEnvironment.class, AuthEnvironment.standard());
    }

    /**
     * Gives what settings can't hold: an {@link AuthEnvironment}, a {@link CredentialStore}, a
     * {@link TokenStore}, or whatever a scheme of somebody else's needs. Where {@code
     * auth.transport}, {@code auth.trusted-origins}, {@code auth.trusted-proxies} and the like are
     * set, they replace what the environment says; where settings name stores, those replace the
     * {@link TokenStore} and the environment's counts.
     *
     * @param type the type under which schemes ask for it
     * @param resource the thing
     * @param <R> the type
     * @return this
     */
    public <R> Builder with(Class<R> type, R resource) {
      given.put(type, Objects.requireNonNull(resource, "resource"));
      return this;
    }

    /**
     * Sets options of passwords that settings can't hold, such as a hasher with a pepper, after
     * those that {@code auth.passwords} sets.
     *
     * @param options sets them
     * @return this
     */
    public Builder passwords(UnaryOperator<Passwords.Builder> options) {
      this.passwordOptions = Objects.requireNonNull(options, "options");
      return this;
    }

    /**
     * Reads the settings, opens the stores that they name, finds the schemes and builds the chain.
     *
     * @return the configuration
     * @throws ConfigurationException if anything is wrong; it names all faults
     */
    public AuthConfiguration build() {
      List<String> faults = new ArrayList<>();
      SettingsReader reader = new SettingsReader(settings, faults);
      Optional<StoreProvider.Opened> stores = new NamedStores(reader, faults).open();
      try {
        return build(reader, faults, stores);
      } catch (RuntimeException e) {
        stores.ifPresent(opened -> opened.close().run());
        throw e;
      }
    }

    private AuthConfiguration build(
        SettingsReader reader, List<String> faults, Optional<StoreProvider.Opened> stores) {
      SchemeContext.Values general = reader.read("", CoreSettings.GENERAL);
      SchemeContext core = new SchemeContext(general, new SchemeContext.Resources(Map.of()));
      SchemeContext.Resources resources =
          resources(environment(core, faults), core, reader, stores);

      Schemes schemes = new Schemes(faults);
      Map<String, SchemeContext> contexts = schemes.read(reader, resources);
      reader.refuseUnknownKeys();
      List<SchemeProvider> picked = schemes.pick(core.get(CoreSettings.CHAIN), resources);
      List<Authenticator> members = schemes.create(picked, contexts);
      if (!faults.isEmpty()) {
        throw new ConfigurationException(faults);
      }
      return new AuthConfiguration(
          AuthenticatorChain.of(
                  Objects.requireNonNull(resources.find(AuthEnvironment.class)),
                  members.toArray(Authenticator[]::new))
              .withMaxAuthorizationLength(core.get(CoreSettings.MAX_AUTHORIZATION)),
          core.get(CoreSettings.PERMISSION),
          resources,
          stores);
    }

    private SchemeContext.Resources resources(
        AuthEnvironment said,
        SchemeContext core,
        SettingsReader reader,
        Optional<StoreProvider.Opened> stores) {
      Map<Class<?>, Object> all = new HashMap<>(given);
      stores.ifPresent(opened -> all.put(TokenStore.class, opened.tokens()));
      AuthEnvironment environment =
          stores.map(opened -> said.withCounts(opened.counts())).orElse(said);
      all.put(AuthEnvironment.class, environment);
      all.put(
          SchemeContext.AuthorizationLength.class,
          new SchemeContext.AuthorizationLength(core.get(CoreSettings.MAX_AUTHORIZATION)));
      SchemeContext context =
          new SchemeContext(
              reader.read("passwords", CoreSettings.PASSWORDS),
              new SchemeContext.Resources(Map.of()));
      if (given.get(CredentialStore.class) instanceof CredentialStore users) {
        Passwords passwords =
            passwordOptions
                .apply(passwords(Passwords.builder(environment, users), context))
                .build();
        all.put(Passwords.class, passwords);
        if (all.get(TokenStore.class) instanceof TokenStore tokens) {
          all.put(Sallyport.class, new Sallyport(environment, users, tokens, passwords));
        }
      }
      return new SchemeContext.Resources(all);
    }

    /** What was given, but for what the settings say. */
    private AuthEnvironment environment(SchemeContext core, List<String> faults) {
      AuthEnvironment base =
          (AuthEnvironment) Objects.requireNonNull(given.get(AuthEnvironment.class));
      TrustedProxies proxies =
          core.isGiven(CoreSettings.PROXIES) ? core.get(CoreSettings.PROXIES) : base.proxies();
      TransportSecurity transport =
          core.isGiven(CoreSettings.TRANSPORT)
              ? core.get(CoreSettings.TRANSPORT)
              : base.transport();
      if (!proxies.isNone() && transport != TransportSecurity.REQUIRED) {
        faults.add(
            "auth.transport: behind auth.trusted-proxies it can't be"
                + " 'optional-on-loopback-for-development'; allowed: required");
        return base;
      }
      AuthEnvironment environment =
          base.withProxies(TrustedProxies.none())
              .withTransport(transport)
              .withProxies(
                  core.isGiven(CoreSettings.NAT64)
                      ? proxies.withNat64(core.get(CoreSettings.NAT64))
                      : proxies)
              .withOrigins(
                  core.isGiven(CoreSettings.ORIGINS)
                      ? core.get(CoreSettings.ORIGINS)
                      : base.origins())
              .withMountPath(
                  core.isGiven(CoreSettings.MOUNT)
                      ? core.get(CoreSettings.MOUNT)
                      : base.mountPath());
      return core.isGiven(CoreSettings.OUTLIVE)
          ? environment.withTokensOutlivePasswordChange(core.get(CoreSettings.OUTLIVE))
          : environment;
    }

    private static Passwords.Builder passwords(Passwords.Builder builder, SchemeContext context) {
      builder
          .hasher(BcryptHasher.ofCost(context.get(CoreSettings.COST)))
          .dearestStored(context.get(CoreSettings.DEAREST_STORED))
          .dearestDjango(context.get(CoreSettings.DEAREST_DJANGO))
          .maxConcurrentHashes(context.get(CoreSettings.AT_A_TIME))
          .maxWait(context.get(CoreSettings.MAX_WAIT))
          .budget(context.get(CoreSettings.BUDGET), context.get(CoreSettings.BUDGET_WINDOW));
      return context.get(CoreSettings.REMEMBER) ? builder : builder.rememberNone();
    }
  }
}

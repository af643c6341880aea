package dev.sallyport.site;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * All that an example serves but its server: a guard, accounts, endpoints, and routes. Safe for
 * many threads.
 *
 * <p>{@code PORT} is the port of its host (8080 if unset); {@code ADMIN_PASSWORD} creates a user
 * {@code admin} with the role {@code admin}; {@code CONFIG} names a properties file with settings
 * that begin with {@code auth.}. {@code STORE} is where it keeps users and issued credentials: a
 * {@code jdbc:} URL, with {@code STORE_USER} and {@code STORE_PASSWORD}; {@code memory}; or if
 * unset, a file in the working directory. A {@code redis:} URL, alone or behind one of these, puts
 * what is issued and counted into Redis, as the setting {@code auth.redis.url} does. {@code KEYS}
 * names the file with the keys of its tokens, which several hosts can share; if unset, it is next
 * to the store's file, or the keys are in memory with {@code memory}. Behind a proxy that speaks
 * TLS, {@code TLS} is {@code proxy} and {@code TRUSTED_PROXIES} lists its networks.
 */
public final class Site implements AutoCloseable {
  private final int port;
  private final PrintStream out;
  private final Stores stores;
  private final AuthConfiguration built;
  private final Sallyport auth;
  private final Accounts accounts;
  private final Guard guard;
  private final AuthEndpoints endpoints;
  private final PasswordReset passwordReset;
  private final Routes routes;

  private Site(Settings settings, Stores stores, AuthConfiguration built, PrintStream out) {
    this.port = settings.port();
    this.out = out;
    this.stores = stores;
    this.built = built;
    this.auth = built.auth();
    this.accounts = auth.accounts();
    this.guard = built.guard();
    this.endpoints = AuthEndpoints.of(accounts, guard);
    this.passwordReset = PasswordReset.of(accounts, auth.tokens(), new ConsoleMail(out));
    this.routes = Routes.of(Api.routes(new Resets(passwordReset, guard)));
  }

  /**
   * Opens the stores and builds what stands on them.
   *
   * @param env the settings
   * @param out the console, where codes that reset a password go as well
   * @return the site
   * @throws BadSettingException if a setting is wrong
   */
  public static Site open(Map<String, String> env, PrintStream out) throws BadSettingException {
    Settings settings = Settings.of(env);
    Stores stores = Stores.open(settings);
    try {
      return open(settings, stores, out);
    } catch (BadSettingException | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  private static Site open(Settings settings, Stores stores, PrintStream out)
      throws BadSettingException {
    AuthConfiguration built = configure(settings, stores);
    try {
      Site site = new Site(settings, stores, built, out);
      if (settings.adminPassword().isPresent()) {
        makeAdmin(site.accounts, settings.adminPassword().get());
      }
      return site;
    } catch (BadSettingException | RuntimeException e) {
      built.close();
      throw e;
    }
  }

  private static AuthConfiguration configure(Settings settings, Stores stores)
      throws BadSettingException {
    AuthEnvironment environment = AuthEnvironment.standard().withCounts(stores.counts());
    JwtKeys keys = keys(settings, environment);
    try {
      return AuthConfiguration.builder(settings.auth())
          .with(CredentialStore.class, stores.users())
          .with(TokenStore.class, stores.tokens())
          .with(AuthEnvironment.class, environment)
          .with(JwtKeys.class, keys)
          .build();
    } catch (ConfigurationException e) {
      throw refused(settings, e);
    }
  }

  private static BadSettingException refused(Settings settings, ConfigurationException e) {
    String one = e.faults().size() == 1 ? e.faults().get(0) : "";
    return settings.redisInStore() && one.startsWith(Settings.REDIS)
        ? new BadSettingException("STORE can't be used: " + one)
        : new BadSettingException(
            "The settings can't be used: " + (one.isEmpty() ? e.getMessage() : one));
  }

  private static JwtKeys keys(Settings settings, AuthEnvironment environment)
      throws BadSettingException {
    if (settings.keys().isEmpty()) {
      return JwtKeys.generate(environment, JwsAlgorithm.ES256);
    }
    try {
      return KeyFile.openOrCreate(environment, settings.keys().get(), JwsAlgorithm.ES256).keys();
    } catch (IllegalArgumentException | StoreUnavailableException e) {
      throw new BadSettingException("KEYS: " + e.getMessage());
    }
  }

  private static void makeAdmin(Accounts accounts, Password password) throws BadSettingException {
    // An existing user with that name is left unchanged.
    AccountResult result = accounts.register("admin", password, Set.of("admin"));
    if (result instanceof AccountResult.Invalid invalid) {
      throw new BadSettingException(
          invalid.faults().stream()
              .map(Fault::detail)
              .collect(Collectors.joining(" ", "ADMIN_PASSWORD is refused: ", "")));
    }
  }

  /** {@return the guard} */
  public Guard guard() {
    return guard;
  }

  /** {@return what the guard is built from} */
  public Sallyport auth() {
    return auth;
  }

  /** {@return the users} */
  public Accounts accounts() {
    return accounts;
  }

  /** {@return the ready-made endpoints, for every request that they are for} */
  public AuthEndpoints endpoints() {
    return endpoints;
  }

  /** {@return resets of forgotten passwords, whose codes go to the console} */
  public PasswordReset passwordReset() {
    return passwordReset;
  }

  /** {@return the database that the stores are in; empty if they are in memory} */
  public Optional<DataSource> database() {
    return stores.database();
  }

  /** {@return the routes beside the endpoints} */
  public Routes routes() {
    return routes;
  }

  /** {@return the port to listen on; 0 for any free one} */
  public int port() {
    return port;
  }

  /**
   * Prints on the console that the host is ready, and what to try.
   *
   * @param actual the port that the host listens on
   */
  void welcome(int actual) {
    out.print(
        """
        Sallyport demo is ready at %1$s

          curl -i %1$s/api/public
          curl -i %1$s/api/hello
          curl -i -H 'Content-Type: application/json' \\
               -d '{"username":"alice","password":"correct horse"}' %1$s/auth/register
          curl -i -u 'alice:correct horse' %1$s/api/hello
          curl -i -u 'alice:correct horse' %1$s/auth/me
          curl -i -c jar -H 'Content-Type: application/json' \\
               -d '{"username":"alice","password":"correct horse"}' %1$s/auth/login
          curl -i -b jar %1$s/auth/sessions
          curl -i -u 'alice:correct horse' -X POST %1$s/auth/tokens
          curl -i -H 'Content-Type: application/json' \\
               -d '{"username":"alice","password":"correct horse"}' %1$s/auth/jwt
          curl -i -H 'Authorization: Bearer …' %1$s/api/hello
          curl -i %1$s/.well-known/jwks.json

        """
            .formatted("http://" + Host.ADDRESS + ":" + actual));
    out.flush();
  }

  /** Closes the stores. */
  @Override
  public void close() {
    built.close();
    stores.close();
  }
}

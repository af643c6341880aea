package dev.sallyport.demo;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;

/**
 * A small host on 127.0.0.1. {@code PORT} is its port (8080 if unset); {@code ADMIN_PASSWORD}
 * creates a user {@code admin} with the role {@code admin}; {@code CONFIG} names a properties file
 * with settings that begin with {@code auth.}. {@code STORE} is where it keeps users and issued
 * credentials: a {@code jdbc:} URL, with {@code STORE_USER} and {@code STORE_PASSWORD}; {@code
 * memory}; or if unset, a file in the working directory. {@code KEYS} names the file with the keys
 * of its tokens, which several hosts can share; if unset, it is next to the store's file, or the
 * keys are in memory with {@code memory}. Behind a proxy that speaks TLS, {@code TLS} is {@code
 * proxy} and {@code TRUSTED_PROXIES} lists its networks. With {@code THREADS} set to {@code
 * virtual} each request has a virtual thread (JDK 21 and later).
 */
public final class Demo implements AutoCloseable {
  private static final String ADDRESS = "127.0.0.1";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Stores stores;

  private Demo(HttpServer server, ExecutorService threads, Stores stores) {
    this.server = server;
    this.threads = threads;
    this.stores = stores;
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // Otherwise each response waits 40 ms for the client to acknowledge its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      Demo demo = start(System.getenv(), System.out);
      Runtime.getRuntime().addShutdownHook(new Thread(demo::close, "stop"));
    } catch (BadSettingException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static Demo start(Map<String, String> env, PrintStream out) throws BadSettingException {
    Settings settings = Settings.of(env);
    Stores stores = Stores.open(settings);
    try {
      return start(settings, stores, out);
    } catch (BadSettingException | RuntimeException e) {
      stores.close();
      throw e;
    }
  }

  private static Demo start(Settings settings, Stores stores, PrintStream out)
      throws BadSettingException {
    AuthEnvironment environment = AuthEnvironment.standard().withCounts(stores.counts());
    AuthConfiguration auth = configure(settings, environment, stores, keys(settings, environment));
    Accounts accounts = auth.auth().accounts();
    PasswordReset reset = PasswordReset.of(accounts, stores.tokens(), new ConsoleMail(out));
    if (settings.adminPassword().isPresent()) {
      makeAdmin(accounts, settings.adminPassword().get());
    }
    ExecutorService threads = settings.threads().start();
    HttpServer server = bind(settings.port());
    server.createContext("/", routes(accounts, reset, auth.guard()));
    server.setExecutor(threads);
    server.start();
    Demo demo = new Demo(server, threads, stores);
    out.print(welcome("http://" + ADDRESS + ":" + demo.port()));
    out.flush();
    return demo;
  }

  private static Routes routes(Accounts accounts, PasswordReset reset, Guard guard) {
    AuthEndpoints endpoints = AuthEndpoints.of(accounts, guard);
    HttpServerAdapter adapter = HttpServerAdapter.of(guard);
    Resets resets = new Resets(reset, adapter, guard);
    Permission anyone = Permission.anyone();
    Permission authenticated = Permission.authenticated();
    Permission writer = Permission.scope("notes:write");
    Permission admin = Permission.role("admin");
    Api api = new Api(adapter);
    return new Routes(adapter)
        .addAllBelow(endpoints.basePath(), adapter.endpoints(endpoints))
        .add("GET", endpoints.keySetPath(), adapter.endpoints(endpoints))
        .add("GET", "/", Page.of("index.html", "text/html"))
        .add("GET", "/app.js", Page.of("app.js", "text/javascript"))
        .add("GET", "/app.css", Page.of("app.css", "text/css"))
        .add("POST", "/api/reset/request", adapter.protect(anyone, resets::request))
        .add("POST", "/api/reset/redeem", adapter.protect(anyone, resets::redeem))
        .add("GET", "/api/ping", Api::ping)
        .add("GET", "/api/public", adapter.protect(anyone, Api::open))
        .add("GET", "/api/hello", adapter.protect(authenticated, Api::hello))
        .add("POST", "/api/notes", adapter.protect(authenticated, api::note))
        .add("POST", "/api/scoped-notes", adapter.protect(writer, api::note))
        .add("GET", "/api/admin", adapter.protect(admin, Api::admin));
  }

  private static AuthConfiguration configure(
      Settings settings, AuthEnvironment environment, Stores stores, JwtKeys keys)
      throws BadSettingException {
    try {
      return AuthConfiguration.builder(settings.auth())
          .with(CredentialStore.class, stores.users())
          .with(TokenStore.class, stores.tokens())
          .with(AuthEnvironment.class, environment)
          .with(JwtKeys.class, keys)
          .build();
    } catch (ConfigurationException e) {
      throw new BadSettingException("The settings can't be used: " + e.getMessage());
    }
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

  private static HttpServer bind(int port) throws BadSettingException {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return HttpServer.create(new InetSocketAddress(address, port), 0);
    } catch (BindException e) {
      throw new BadSettingException(
          "PORT: can't listen on " + ADDRESS + ":" + port + " (" + e.getMessage() + ")");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String welcome(String address) {
    return """
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

        Or open it in a browser.

        """
        .formatted(address);
  }

  /** {@return the port that it listens on} */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Accepts no more requests, and gives running ones a second to finish. */
  @Override
  public void close() {
    server.stop(1);
    threads.shutdown();
    stores.close();
  }
}

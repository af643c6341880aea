package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.TransportSecurity;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.WatchedTokenStore;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** All schemes, users alice and admin, in memory, on a port; plain HTTP is good enough. */
final class Site implements AutoCloseable {
  static final String PASSWORD = "wonderland-1865";

  final RecordingListener heard = new RecordingListener();
  final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  final AccountStore users;
  final HeldHasher hasher = new HeldHasher();
  final Vertx vertx;
  final Guard guard;
  final AuthEndpoints endpoints;
  final Lanes lanes;
  final AuthHandler auth;
  final int port;

  /** Options of a site that differ from test to test. */
  record Options(
      Vertx vertx,
      UnaryOperator<AccountStore> users,
      UnaryOperator<Passwords.Builder> passwords,
      UnaryOperator<Lanes.Builder> lanes) {
    static Options standard() {
      return new Options(Quiet.vertx(), users -> users, passwords -> passwords, lanes -> lanes);
    }

    Options turns(int turns) {
      return new Options(vertx, users, passwords -> passwords.maxConcurrentHashes(turns), lanes);
    }

    Options lanes(UnaryOperator<Lanes.Builder> others) {
      return new Options(vertx, users, passwords, others);
    }
  }

  /** A site with the endpoints, and behind them the routes of a test. */
  Site(Options options, BiConsumer<Site, Router> routes) throws Exception {
    this.vertx = options.vertx();
    this.users = options.users().apply(CredentialStore.inMemory());
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withListener(heard)
            .withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    AuthConfiguration configuration =
        AuthConfiguration.builder(
                Map.of(
                    "auth.chain", "jwt, token, basic, session",
                    "auth.jwt.issuer", "site",
                    "auth.jwt.audience", "site"))
            .with(CredentialStore.class, users)
            .with(TokenStore.class, tokens)
            .with(AuthEnvironment.class, environment)
            .with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256))
            .passwords(
                passwords ->
                    options
                        .passwords()
                        .apply(passwords.hasher(hasher).maxWait(Duration.ofMinutes(1))))
            .build();
    for (String name : new String[] {"alice", "admin"}) {
      insert(name);
    }
    guard = configuration.guard();
    endpoints = AuthEndpoints.of(configuration.auth().accounts(), guard);
    lanes = options.lanes().apply(Lanes.builder(configuration.auth())).build();
    auth = AuthHandler.of(guard, lanes);
    Router router = Router.router(vertx);
    router.route().failureHandler(AuthHandler.failures());
    router.route().handler(auth.endpoints(endpoints));
    routes.accept(this, router);
    port =
        get(vertx
                .createHttpServer(new HttpServerOptions().setHost("localhost").setPort(0))
                .requestHandler(AuthHandler.keepingForms(router))
                .listen())
            .actualPort();
  }

  /** A user whose role is the name. */
  void insert(String name) {
    users.insert(
        User.builder("id-of-" + name, name)
            .roles(Set.of(name))
            .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom()))
            .build());
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  static String basic(String name, String password) {
    Secrets.remember(password);
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  static String alice() {
    return basic("alice", PASSWORD);
  }

  Connection connect() throws Exception {
    return new Connection(port);
  }

  /** Logs alice in at an endpoint. */
  private Connection.Answer logIn(String path) throws Exception {
    try (Connection connection = connect()) {
      String json = "{\"username\":\"alice\",\"password\":\"" + PASSWORD + "\"}";
      Connection.Answer answer = connection.post(path, "application/json", json);
      assertThat(answer.status()).as(answer.body()).isIn(200, 201);
      return answer;
    }
  }

  /** Her session, as a header line. */
  String session() throws Exception {
    String cookie = logIn("/auth/login").cookie();
    Secrets.remember(cookie.substring(cookie.indexOf('=') + 1));
    return cookie;
  }

  String token() throws Exception {
    return bearer(logIn("/auth/tokens").field("token"));
  }

  String jwt() throws Exception {
    return bearer(logIn("/auth/jwt").field("access_token"));
  }

  private static String bearer(String token) {
    Secrets.remember(token);
    return "Authorization: Bearer " + token;
  }

  /** Waits for what the lanes say of themselves, not for ever. */
  void awaitLanes(String said) {
    await(() -> lanes.toString().contains(said), said);
  }

  static void await(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Override
  public void close() {
    hasher.release();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    lanes.close();
  }
}

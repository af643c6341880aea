package com.example.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.TransportSecurity;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.lane.Lanes;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.WatchedTokenStore;
import dev.sallyport.webflux.AuthWebFilter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/** All schemes and users, in memory, on a port; plain HTTP is good enough. */
final class Site implements AutoCloseable {
  static final String PASSWORD = "wonderland-1865";

  final RecordingListener heard = new RecordingListener();
  final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  final AccountStore users = CredentialStore.inMemory();
  final HeldHasher hasher = new HeldHasher();

  /** Those to all requests so far. */
  final Queue<ServerHttpResponse> responses = new ConcurrentLinkedQueue<>();

  private final Lanes lanes;
  private final Server server;

  /** A site that checks so many passwords at a time. */
  Site(int turns, UnaryOperator<Lanes.Builder> options) {
    Quiet.begin();
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
                    passwords
                        .hasher(hasher)
                        .maxWait(Duration.ofMinutes(1))
                        .rememberNone()
                        .maxConcurrentHashes(turns))
            .build();
    insert("alice");
    Guard guard = configuration.guard();
    AuthEndpoints endpoints = AuthEndpoints.of(configuration.auth().accounts(), guard);
    lanes = options.apply(Lanes.builder(configuration.auth())).build();
    WebFilter noted =
        (exchange, chain) -> {
          responses.add(exchange.getResponse());
          return chain.filter(exchange);
        };
    server =
        Server.plain(
            WebHttpHandlerBuilder.webHandler(
                    RouterFunctions.toWebHandler(
                        RouterFunctions.route()
                            .GET(
                                "/",
                                request ->
                                    AuthWebFilter.who()
                                        .flatMap(
                                            who ->
                                                ServerResponse.ok()
                                                    .bodyValue("hello " + who.scheme())))
                            .POST(
                                "/",
                                request ->
                                    request
                                        .bodyToMono(String.class)
                                        .flatMap(
                                            text ->
                                                ServerResponse.ok()
                                                    .bodyValue(text.length() + " characters")))
                            .build()))
                .filter(noted, AuthWebFilter.of(guard, lanes).withEndpoints(endpoints))
                .build());
  }

  void insert(String name) {
    users.insert(
        User.builder("id-of-" + name, name)
            .roles(Set.of(name))
            .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom()))
            .build());
  }

  int port() {
    return server.port();
  }

  Connection connect() throws Exception {
    return new Connection(server.port());
  }

  static String basic(String name, String password) {
    Secrets.remember(password);
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  static String alice() {
    return basic("alice", PASSWORD);
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
    server.close();
    lanes.close();
  }
}

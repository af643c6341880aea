package com.example.eventloop;

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
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * All schemes, users alice and admin, in memory, on a port; plain HTTP is good enough. An adapter's
 * own class starts a host with the guard, the endpoints and the lanes of this one.
 */
public abstract class EventLoopSite implements AutoCloseable {
  public static final String PASSWORD = "wonderland-1865";

  private final RecordingListener heard = new RecordingListener();
  private final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  private final HeldHasher hasher = new HeldHasher();
  private final Queue<NotedResponse> responses = new ConcurrentLinkedQueue<>();
  private final AccountStore users;
  private final Guard guard;
  private final AuthEndpoints endpoints;
  private final Lanes lanes;

  protected EventLoopSite(SiteOptions options) {
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
    insert("alice");
    insert("admin");
    this.guard = configuration.guard();
    this.endpoints = AuthEndpoints.of(configuration.auth().accounts(), guard);
    this.lanes = options.lanes().apply(Lanes.builder(configuration.auth())).build();
  }

  /** Where the host listens. */
  public abstract int port();

  /** Stops the host; the lanes are still open. */
  protected abstract void stop();

  public final RecordingListener heard() {
    return heard;
  }

  public final WatchedTokenStore tokens() {
    return tokens;
  }

  public final HeldHasher hasher() {
    return hasher;
  }

  public final Guard guard() {
    return guard;
  }

  public final AuthEndpoints endpoints() {
    return endpoints;
  }

  public final Lanes lanes() {
    return lanes;
  }

  /** Called by the host at each request. */
  public final void note(NotedResponse response) {
    responses.add(response);
  }

  /** The responses noted since the last {@link #forgetResponses()}. */
  public final List<NotedResponse> responses() {
    return List.copyOf(responses);
  }

  public final void forgetResponses() {
    responses.clear();
  }

  /** A user whose role is the name. */
  public final void insert(String name) {
    users.insert(
        User.builder("id-of-" + name, name)
            .roles(Set.of(name))
            .passwordHash(hasher.hash(Password.of(PASSWORD), new SecureRandom()))
            .build());
  }

  public final Connection connect() throws Exception {
    return new Connection(port());
  }

  public static String basic(String name, String password) {
    Secrets.remember(password);
    byte[] pair = (name + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  public static String alice() {
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
  public final String session() throws Exception {
    String cookie = logIn("/auth/login").cookie();
    Secrets.remember(cookie.substring(cookie.indexOf('=') + 1));
    return cookie;
  }

  public final String token() throws Exception {
    return bearer(logIn("/auth/tokens").field("token"));
  }

  public final String jwt() throws Exception {
    return bearer(logIn("/auth/jwt").field("access_token"));
  }

  private static String bearer(String token) {
    Secrets.remember(token);
    return "Authorization: Bearer " + token;
  }

  /** Waits for what the lanes say of themselves, not for ever. */
  public final void awaitLanes(String said) {
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
  public final void close() {
    hasher.release();
    stop();
    lanes.close();
  }
}

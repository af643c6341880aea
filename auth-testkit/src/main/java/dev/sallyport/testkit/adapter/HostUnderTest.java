package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.TransportSecurity;
import dev.sallyport.TrustedProxies;
import dev.sallyport.account.AccountResult;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import java.io.IOException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** One running host, what it was built from, and clients for it. */
@SuppressWarnings("try") // as RunningHost
final class HostUnderTest implements AutoCloseable {
  /** How hosts under test differ. */
  enum Kind {
    /** Behind a proxy on this machine that is trusted and ends TLS. */
    PROXIED,
    /** As that, below a mount path, with JWTs in cookies. */
    MOUNTED,
    /** Without proxies, for development, with the option for preflights. */
    DIRECT
  }

  static final String MOUNT_PATH = "/app";
  static final String PASSWORD = "correct horse battery";

  final WatchedTokenStore tokens = WatchedTokenStore.inMemory();
  final RecordingListener events = new RecordingListener();
  final KitRoutes routes;
  final AdapterSite site;
  final Http1 http;
  private final RunningHost host;
  private final TlsKeys keys;
  private final AtomicInteger users = new AtomicInteger();

  HostUnderTest(AdapterContract contract, Kind kind, TlsKeys keys) throws Exception {
    this.keys = keys;
    this.routes = new KitRoutes(contract.abilities());
    AuthConfiguration auth = configuration(contract, kind);
    boolean preflights =
        kind == Kind.DIRECT && contract.abilities().contains(AdapterAbility.PREFLIGHTS);
    this.site =
        new AdapterSite(
            auth.guard(),
            auth.auth().accounts(),
            routes.all(),
            preflights ? HostUnderTest::preflight : null,
            keys);
    this.host = contract.start(site);
    this.http = new Http1(host.http(), null);
  }

  private static void preflight(AdapterCall call) throws IOException {
    call.addHeader("Access-Control-Allow-Origin", "https://other.example");
    call.reply(204, "");
  }

  private AuthConfiguration configuration(AdapterContract contract, Kind kind) {
    Map<String, String> settings = new HashMap<>();
    settings.put("auth.chain", "jwt, token, basic, session");
    // Nobody's own default, so that an adapter that ignores it is seen.
    settings.put("auth.permission", "scope:kit");
    settings.put("auth.jwt.issuer", "https://kit.example");
    settings.put("auth.jwt.audience", "https://kit.example");
    AuthEnvironment environment =
        AuthEnvironment.standard().withClock(SettableClock.create()).withListener(events);
    if (kind == Kind.DIRECT) {
      environment =
          environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
    } else {
      environment = environment.withProxies(TrustedProxies.of(List.of("127.0.0.0/8", "::1")));
    }
    if (kind == Kind.MOUNTED) {
      environment = environment.withMountPath(MOUNT_PATH);
      settings.put("auth.jwt.delivery", "cookie");
    }
    AccountStore store = CredentialStore.inMemory();
    return contract
        .withKeys(
            AuthConfiguration.builder(settings)
                .with(AuthEnvironment.class, environment)
                .with(CredentialStore.class, store)
                .with(TokenStore.class, tokens)
                .passwords(passwords -> passwords.hasher(CheapHasher.create())),
            environment)
        .build();
  }

  TestUser user(String... roles) {
    TestUser user = new TestUser("user" + users.incrementAndGet(), PASSWORD, Set.of(roles));
    assertThat(site.accounts().register(user.name(), Password.of(PASSWORD), user.roles()))
        .isInstanceOf(AccountResult.Done.class);
    return user;
  }

  Answer ask(Ask ask) throws IOException {
    return http.ask(ask);
  }

  Client client(Protocol protocol) throws IOException {
    return switch (protocol) {
      case HTTP_1 -> http;
      case HTTP_1_OVER_TLS -> new Http1(host.https().orElseThrow(), keys.client());
      case HTTP_2_OVER_TLS -> new Http2(host.https().orElseThrow(), keys.client());
      case HTTP_2 -> new Http2(host.http(), null);
    };
  }

  Http2Frames frames(Protocol protocol) {
    return protocol == Protocol.HTTP_2
        ? new Http2Frames(host.http(), null)
        : new Http2Frames(host.https().orElseThrow(), keys.client());
  }

  /** Logs in, and gives the session's cookie as {@code name=value}. */
  String logIn(TestUser user) throws IOException {
    return ask(Ask.post("/auth/login").json(user.json())).is(200).cookie("session");
  }

  /** An opaque token. */
  String token(TestUser user) throws IOException {
    return ask(Ask.post("/auth/tokens").json(user.json())).is(201).text("token");
  }

  /** An opaque token for one scope only. */
  String token(TestUser user, String scope) throws IOException {
    Ask made = Ask.post("/auth/tokens").json("{\"scopes\":[\"" + scope + "\"]}").basic(user);
    return ask(made).is(201).text("token");
  }

  /** The challenges of an answer to an anonymous request, line by line. */
  List<String> challenges() {
    return site.guard().chain().challenges(TestRequest.get("/").build()).stream()
        .map(Object::toString)
        .toList();
  }

  /** The addresses of the clients whose requests were authenticated, in order. */
  List<InetAddress> clients() {
    return events.events(AuthEvent.RequestAuthenticated.class).stream()
        .map(AuthEvent.RequestAuthenticated::client)
        .toList();
  }

  @Override
  public void close() throws Exception {
    host.close();
  }
}

package com.example.basic;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.basic.Prompt;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BasicBehaviourTest {
  private static final String PASSWORD = "wonderland";

  private final BasicFixture fixture = new BasicFixture();

  @BeforeEach
  void users() {
    fixture.register("alice", PASSWORD);
    User alice = fixture.users.findByName("alice").orElseThrow();
    fixture.users.insert(
        User.builder("gone", "gone")
            .passwordHash(alice.passwordHash().orElseThrow())
            .active(false)
            .build());
    fixture.users.insert(User.builder("broken", "broken").passwordHash("$2x$nonsense").build());
    fixture.users.insert(User.builder("none", "none").build());
  }

  private static TestRequest post() {
    return TestRequest.post("/notes").basic("alice", PASSWORD).header("Host", "api.example");
  }

  @Test
  @DisplayName("CH-12 the result tells principal, scheme, epoch and when the password was checked")
  void result() {
    User alice = fixture.users.findByName("alice").orElseThrow();
    fixture.users.update(alice, alice.toBuilder().roles(Set.of("admin")).epoch(7).build());
    AuthResult result =
        fixture.basic.authenticate(TestRequest.get("/").basic("Alice", PASSWORD).build());
    assertThat(result)
        .isInstanceOfSatisfying(
            Authenticated.class,
            who -> {
              assertThat(who.principal().id()).isEqualTo(alice.id());
              assertThat(who.principal().name()).isEqualTo("alice");
              assertThat(who.principal().roles()).containsExactly("admin");
              assertThat(who.scheme()).isEqualTo("basic");
              assertThat(who.epoch()).hasValue(7);
              assertThat(who.authenticatedAt()).contains(fixture.clock.instant());
              assertThat(who.credentialId()).isEmpty();
              assertThat(who.scopes()).isEmpty();
              assertThat(who.allows("anything")).isTrue();
            });
  }

  @ParameterizedTest(name = "{0}")
  @DisplayName(
      "GU-3, PW-2, rows 12, 28 all wrong passwords are answered alike, and cost one hash each")
  @CsvSource({
    "alice, wrong_password",
    "nobody, unknown_user",
    "gone, user_deactivated",
    "broken, unusable_hash",
    "none, no_usable_password",
  })
  void wrongOnes(String name, String reason) {
    int computed = fixture.hasher.computed();
    AuthResult result =
        fixture.basic.authenticate(TestRequest.get("/").basic(name, "wrong password").build());
    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.reason().name()).isEqualTo(reason);
              assertThat(rejected.subject()).contains(name);
            });
    assertThat(fixture.hasher.computed()).isEqualTo(computed + 1);
  }

  @Test
  @DisplayName("GU-3, row 12 the answers to all of them are the same to the byte")
  void sameAnswers() {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.basic));
    Set<AuthResponse> answers = new HashSet<>();
    for (String name : List.of("alice", "nobody", "gone", "broken", "none")) {
      for (String password : List.of("wrong password", "x".repeat(73))) {
        Decision decision = guard.check(TestRequest.get("/").basic(name, password).build());
        answers.add(((Decision.Refuse) decision).response());
      }
    }
    assertThat(answers).hasSize(1);
    AuthResponse answer = answers.iterator().next();
    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("WWW-Authenticate"))
        .contains("Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.body()).contains("\"code\":\"invalid_credentials\"");
  }

  @Test
  @DisplayName("CH-2 a wrong password is refused also where anyone may")
  void wrongOnPublicRoute() {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.basic));
    AuthRequest wrong = TestRequest.get("/").basic("alice", "wrong password").build();
    assertThat(guard.check(wrong, Permission.anyone())).isInstanceOf(Decision.Refuse.class);
    assertThat(guard.check(TestRequest.get("/").build(), Permission.anyone()))
        .isInstanceOf(Decision.Proceed.class);
  }

  @Test
  @DisplayName("GU-5, row 23 over plain HTTP nothing is looked at, good, bad or malformed")
  void insecure() {
    for (String value : List.of(BasicFixture.encode("alice:" + PASSWORD), "Basic x", "Basic")) {
      AuthRequest request = TestRequest.get("/").authorization(value).insecure().build();
      assertThatResult(fixture.basic.authenticate(request)).isRejected(Reason.INSECURE_TRANSPORT);
    }
    assertThat(fixture.asked).hasValue(0);
    BasicAuthenticator development =
        fixture.in(
            environment ->
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT));
    TestRequest local =
        TestRequest.get("/").basic("alice", PASSWORD).insecure().header("Host", "localhost:8080");
    assertThatResult(development.authenticate(local.build())).isAuthenticatedAs("alice");
    assertThatResult(development.authenticate(local.header("Via", "1.1 proxy").build()))
        .isRejected(Reason.INSECURE_TRANSPORT);
  }

  @ParameterizedTest(name = "Sec-Fetch-Site: {0}")
  @DisplayName(
      "BA-7, rows 24, 57 an unsafe request that a browser marks as foreign is refused unchecked")
  @ValueSource(strings = {"cross-site", "same-site", "nonsense", ""})
  void foreignSite(String site) {
    AuthRequest request = post().header("Sec-Fetch-Site", site).build();
    assertThatResult(fixture.basic.authenticate(request)).isRejected(Reason.CROSS_SITE);
    assertThat(fixture.asked).hasValue(0);
  }

  @ParameterizedTest(name = "Sec-Fetch-Site: {0}, Origin: {1}")
  @DisplayName("BA-7 own pages, trusted origins and programs pass")
  @CsvSource(
      nullValues = "-",
      value = {
        "same-origin, -",
        "none, -",
        "-, -",
        "-, https://api.example",
        "same-site, https://api.example",
        "cross-site, https://app.example",
      })
  void ownSite(String site, String origin) {
    BasicAuthenticator basic =
        fixture.in(
            environment ->
                environment.withOrigins(OriginPolicy.trusting(List.of("https://app.example"))));
    TestRequest request = post();
    if (site != null) {
      request.header("Sec-Fetch-Site", site);
    }
    if (origin != null) {
      request.header("Origin", origin);
    }
    assertThatResult(basic.authenticate(request.build())).isAuthenticatedAs("alice");
  }

  @ParameterizedTest
  @DisplayName("BA-7 a foreign or null Origin is refused; a safe method is not judged")
  @ValueSource(strings = {"https://evil.example", "null", "http://api.example"})
  void foreignOrigin(String origin) {
    assertThatResult(fixture.basic.authenticate(post().header("Origin", origin).build()))
        .isRejected(Reason.CROSS_SITE);
    assertThatResult(
            fixture.basic.authenticate(
                TestRequest.get("/").basic("alice", PASSWORD).header("Origin", origin).build()))
        .isAuthenticatedAs("alice");
  }

  @ParameterizedTest(name = "{0}, Sec-Fetch-Mode {1}, X-Requested-With {2}: {3}")
  @DisplayName("BA-5 the prompt is sent always, to navigations, or never; held back it is xBasic")
  @CsvSource(
      nullValues = "-",
      value = {
        "ALWAYS, cors, XMLHttpRequest, Basic",
        "NEVER, navigate, -, xBasic",
        "NAVIGATIONS, navigate, XMLHttpRequest, Basic",
        "NAVIGATIONS, cors, -, xBasic",
        "NAVIGATIONS, -, -, Basic",
        "NAVIGATIONS, -, XMLHttpRequest, xBasic",
      })
  void prompt(Prompt prompt, String mode, String with, String scheme) {
    BasicAuthenticator basic =
        BasicAuthenticator.builder(fixture.passwords).prompt(prompt).realm("r\"1\"").build();
    TestRequest request = TestRequest.get("/");
    if (mode != null) {
      request.header("Sec-Fetch-Mode", mode);
    }
    if (with != null) {
      request.header("X-Requested-With", with);
    }
    assertThat(basic.challenges(request.build()))
        .singleElement()
        .hasToString(scheme + " realm=\"r\\\"1\\\"\", charset=\"UTF-8\"");
  }

  @ParameterizedTest
  @DisplayName("BA-3, row 5 a realm that a header can't carry is refused when Basic is built")
  @ValueSource(strings = {"a\r\nb", "a\u0000b", "caf\u00E9", "\u007F"})
  void badRealm(String realm) {
    BasicAuthenticator.Builder builder = BasicAuthenticator.builder(fixture.passwords).realm(realm);
    assertThatThrownBy(builder::build).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName(
      "BA-6 a repeated password is hashed once in five minutes, and the user is read each time")
  void repeated() {
    AuthRequest request = TestRequest.get("/").basic("alice", PASSWORD).build();
    int computed = fixture.hasher.computed();
    for (int i = 0; i < 100; i++) {
      assertThatResult(fixture.basic.authenticate(request)).isAuthenticatedAs("alice");
    }
    assertThat(fixture.hasher.computed()).isEqualTo(computed + 1);
    assertThat(fixture.asked).hasValue(100);
    fixture.clock.advance(Duration.ofMinutes(5));
    fixture.basic.authenticate(request);
    assertThat(fixture.hasher.computed()).isEqualTo(computed + 2);
  }

  @RepeatedTest(5)
  @DisplayName("BA-6, TH-1 sixteen requests at once with one right password, cold, are all right")
  void sixteenAtOnce() {
    AuthRequest request = TestRequest.get("/").basic("alice", PASSWORD).build();
    int computed = fixture.hasher.computed();
    for (AuthResult result : Race.of(16, i -> fixture.basic.authenticate(request))) {
      assertThatResult(result).isAuthenticatedAs("alice");
    }
    assertThat(fixture.hasher.computed()).isEqualTo(computed + 1);
  }

  @Test
  @DisplayName("BA-6 a deactivated user misses at once")
  void deactivated() {
    AuthRequest request = TestRequest.get("/").basic("alice", PASSWORD).build();
    fixture.basic.authenticate(request);
    User alice = fixture.users.findByName("alice").orElseThrow();
    fixture.users.update(alice, alice.toBuilder().active(false).build());
    assertThatResult(fixture.basic.authenticate(request))
        .isRejected(PasswordResult.USER_DEACTIVATED);
  }

  @Test
  @DisplayName(
      "TH-1, TH-6, GU-2 the sixth guess is 429 with Retry-After, the right password as well")
  void throttled() {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.basic));
    for (int i = 0; i < 5; i++) {
      guard.check(TestRequest.get("/").basic("alice", "wrong password").build());
    }
    Decision decision = guard.check(TestRequest.get("/").basic("alice", PASSWORD).build());
    AuthResponse answer = ((Decision.Refuse) decision).response();
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).contains("1");
    fixture.clock.advance(Duration.ofSeconds(1));
    assertThat(guard.check(TestRequest.get("/").basic("alice", PASSWORD).build()))
        .isInstanceOf(Decision.Proceed.class);
  }

  @Test
  @DisplayName("CH-6 an outage of the store comes through")
  void outage() {
    CredentialStore down =
        new CredentialStore() {
          @Override
          public Optional<User> findByName(String name) {
            throw new StoreUnavailableException("down");
          }

          @Override
          public Optional<User> findById(String id) {
            throw new StoreUnavailableException("down");
          }
        };
    BasicAuthenticator basic = BasicAuthenticator.of(Passwords.of(down));
    AuthRequest request = TestRequest.get("/").basic("alice", PASSWORD).build();
    assertThatThrownBy(() -> basic.authenticate(request))
        .isInstanceOf(StoreUnavailableException.class);
    Decision decision = Guard.of(AuthenticatorChain.of(basic)).check(request);
    assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(503);
  }
}

package com.example.session;

import static com.example.session.SessionFixture.COOKIE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.session.SessionResult;
import dev.sallyport.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CookieTest {
  private static final String ID = "[A-Za-z0-9_-]{43}";

  private final SessionFixture fixture = new SessionFixture();
  private final SessionResult.Started session = fixture.start();
  private final String secret = session.cookie().value();

  @Test
  @DisplayName("SE-1, rows 47, 48 the Set-Cookie line, to the letter; 256 bits in base64url")
  void line() {
    assertThat(session.cookie().header())
        .isEqualTo("__Host-session=" + secret + "; Path=/; Secure; HttpOnly; SameSite=Lax");
    assertThat(secret).matches(ID);
    assertThat(Base64.getUrlDecoder().decode(secret)).hasSize(32);
  }

  @Test
  @DisplayName("SE-1, row 47 a hundred thousand ids are a hundred thousand, public ones as well")
  void unique() {
    // Each login ends the session before, so that the store stays small.
    SessionFixture quiet = new SessionFixture(environment -> environment.withListener(event -> {}));
    Set<String> seen = new HashSet<>();
    AuthRequest login = TestRequest.post("/login").build();
    for (int i = 0; i < 100_000; i++) {
      SessionResult.Started next =
          (SessionResult.Started)
              quiet.sessions.start(quiet.alice, quiet.clock.instant(), login, false);
      assertThat(seen.add(next.cookie().value()) && seen.add(next.record().id())).isTrue();
      login =
          AuthRequest.builder("POST", "/login", null, login.clientAddress(), true)
              .header("Cookie", COOKIE + "=" + next.cookie().value())
              .build();
    }
    assertThat(quiet.records()).hasSize(1);
  }

  @Test
  @DisplayName("SE-1, row 64 the store has the SHA-256 only: nothing of a dump is a cookie")
  void dump() throws Exception {
    String digest =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                MessageDigest.getInstance("SHA-256")
                    .digest(secret.getBytes(StandardCharsets.US_ASCII)));
    assertThat(fixture.records())
        .singleElement()
        .satisfies(r -> assertThat(r.key().text()).isEqualTo(digest));
    var record = fixture.records().get(0);
    List<String> dump =
        List.of(
            record.key().text(),
            record.id(),
            record.label(),
            record.client(),
            record.userId(),
            record.attributes().toString(),
            record.toString());
    for (String field : dump) {
      assertThat(field).doesNotContain(secret).doesNotContain(session.csrfToken().reveal());
      assertThat(authenticate(COOKIE + "=" + field)).isInstanceOf(NotAttempted.class);
    }
  }

  @Test
  @DisplayName("SE-1 the development switch has a cookie of its own, and each ignores the other's")
  void development() {
    SessionFixture development =
        new SessionFixture(
            environment ->
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT));
    SessionResult.Started local = development.start();
    assertThat(local.cookie().header())
        .matches("dev-session=" + ID + "; Path=/; HttpOnly; SameSite=Lax");
    assertThat(development.isLive(local)).isTrue();
    AuthRequest asProduction = TestRequest.get("/").cookie(COOKIE, local.cookie().value()).build();
    assertThat(development.authenticator.authenticate(asProduction))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    AuthRequest asDevelopment = TestRequest.get("/").cookie("dev-session", secret).build();
    assertThat(fixture.authenticator.authenticate(asDevelopment))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(development.sessions.end(asDevelopment).header())
        .isEqualTo("dev-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
  }

  static Stream<Arguments> malformed() {
    String id = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    String most = id.substring(1);
    return Stream.of(
        Arguments.of("empty", ""),
        Arguments.of("short", most),
        Arguments.of("long", id + "A"),
        Arguments.of("unused bits", most + "B"),
        Arguments.of("padding", id + "="),
        Arguments.of("standard alphabet", "+/" + id.substring(2)),
        Arguments.of("quotes", "\"" + id + "\""),
        Arguments.of("quotes inside", "\"" + id.substring(2) + "\""),
        Arguments.of("percent", "%41" + id.substring(3)),
        Arguments.of("not ASCII", "\u00C0" + most),
        Arguments.of("full width", "\uFF21" + most),
        Arguments.of("a NUL", "\0" + most),
        Arguments.of("a space inside", "A " + id.substring(2)),
        Arguments.of("a megabyte", "A".repeat(1 << 20)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("SE-8, rows 51, 52 a malformed cookie is none, with an event and no store read")
  void malformed(String what, String value) {
    assertNone(TestRequest.get("/").header("Cookie", COOKIE + "=" + value), "malformed_cookie");
  }

  @Test
  @DisplayName("SE-8, row 51 two cookies of the name are none, in one line or in two")
  void several() {
    String good = COOKIE + "=" + secret;
    String other = COOKIE + "=" + fixture.start().cookie().value();
    List<String[]> pairs =
        List.of(
            new String[] {good + "; " + good},
            new String[] {good, good},
            new String[] {good, other},
            new String[] {good + "; " + COOKIE + "="},
            new String[] {COOKIE + "=x; a=b; " + good},
            new String[] {"a=b", good, "c=d", COOKIE + "=\"" + secret + "\""});
    for (String[] lines : pairs) {
      TestRequest request = TestRequest.get("/");
      for (String line : lines) {
        request.header("Cookie", line);
      }
      assertNone(request, "several_cookies");
    }
  }

  private void assertNone(TestRequest request, String reason) {
    fixture.tokens.forget();
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(fixture.events), fixture.authenticator);
    int before = fixture.events.events().size();
    assertThat(chain.authenticate(request.build())).isInstanceOf(NotAttempted.class);
    assertThat(fixture.tokens.calls()).isEmpty();
    assertThat(fixture.events.events().subList(before, fixture.events.events().size()))
        .singleElement()
        .isInstanceOfSatisfying(
            AuthEvent.StaleCredentials.class,
            stale -> {
              assertThat(stale.scheme()).isEqualTo("session");
              assertThat(stale.reason()).isEqualTo(reason);
            });
  }

  @Test
  @DisplayName("SE-8, row 51 other cookies, other lines and letter case of the name don't matter")
  void amongOthers() {
    for (String before : List.of("", "a=b; ", "session=x; ", "__host-session=x; ", "a=\"; ")) {
      assertThat(authenticate(before + COOKIE + "=" + secret + "; z=1"))
          .isInstanceOf(Authenticated.class);
    }
    assertThat(authenticate("__host-session=" + secret)).isSameAs(NotAttempted.NO_CREDENTIALS);
    assertThat(authenticate("a=\"" + COOKIE + "=" + secret + "\""))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
  }

  private AuthResult authenticate(String line) {
    return fixture.authenticator.authenticate(TestRequest.get("/").header("Cookie", line).build());
  }

  @TestFactory
  @DisplayName("SE-8, row 51 conformance vectors of cookies beside a session's, and in its place")
  List<DynamicTest> vectors() throws Exception {
    String folder = System.getProperty("vectors.dir");
    assumeTrue(folder != null, "skipped: -Dvectors.dir names no folder of conformance vectors");
    JsonNode file =
        new ObjectMapper().readTree(Path.of(folder, "cookie", "cookie_server_side.json").toFile());
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode vector : file.get("request_cookie")) {
      tests.add(DynamicTest.dynamicTest(vector.get("id").textValue(), () -> check(vector)));
    }
    assertThat(tests).hasSize(19);
    return tests;
  }

  private void check(JsonNode vector) {
    TestRequest beside = TestRequest.get("/");
    vector.get("cookie").forEach(line -> beside.header("Cookie", line.textValue()));
    assertThat(fixture.authenticator.authenticate(beside.build())).isInstanceOf(NotAttempted.class);
    beside.header("Cookie", COOKIE + "=" + secret);
    AuthResult result = fixture.authenticator.authenticate(beside.build());
    if (vector.toString().contains(COOKIE)) {
      assertThat(result).isInstanceOf(NotAttempted.class);
    } else {
      assertThat(result).isInstanceOf(Authenticated.class);
    }
    for (JsonNode pair : vector.path("pairs")) {
      assertThat(authenticate(COOKIE + "=" + pair.get(1).textValue()))
          .isInstanceOf(NotAttempted.class);
    }
  }
}

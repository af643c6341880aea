package com.example.session;

import static com.example.session.SessionFixture.get;
import static com.example.session.SessionFixture.post;
import static com.example.session.SessionFixture.remembered;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.Secret;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.session.SessionResult.Started;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.TestRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CsrfTest {
  private static final Reason NO_TOKEN = new Reason("csrf_token_missing_or_wrong", Refusal.CSRF);

  private static final List<String> METHODS =
      List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PURGE", "get");

  private final SessionFixture fixture =
      new SessionFixture(
          environment ->
              environment.withOrigins(OriginPolicy.trusting(List.of("https://app.example"))));
  private final Started session = fixture.start();
  private final Started other = fixture.start();

  /** What {@code Sec-Fetch-Site} says. */
  private enum Site {
    ABSENT,
    SAME_ORIGIN,
    NONE,
    SAME_SITE,
    CROSS_SITE,
    GARBAGE,
    OTHER_CASE,
    EMPTY,
    TWO;

    List<String> lines() {
      return switch (this) {
        case ABSENT -> List.of();
        case SAME_ORIGIN -> List.of("same-origin");
        case NONE -> List.of("none");
        case SAME_SITE -> List.of("same-site");
        case CROSS_SITE -> List.of("cross-site");
        case GARBAGE -> List.of("same-origin, none");
        case OTHER_CASE -> List.of("Same-Origin");
        case EMPTY -> List.of("");
        case TWO -> List.of("same-origin", "same-origin");
      };
    }
  }

  /** What {@code Host} and {@code Origin} say; of a pair, two lines of the latter. */
  private enum From {
    ABSENT("api.example", null),
    OWN("api.example", "https://api.example"),
    OWN_HOST_IN_CAPITALS("API.Example", "https://api.example"),
    OWN_DEFAULT_PORT("api.example:443", "https://api.example"),
    OWN_OTHER_PORT("api.example:8443", "https://api.example:8443"),
    TRUSTED("api.example", "https://app.example"),
    FOREIGN("api.example", "https://evil.example"),
    FOREIGN_PORT("api.example", "https://api.example:8443"),
    PLAIN("api.example", "http://api.example"),
    SUFFIX("api.example", "https://api.example.evil.example"),
    NULL("api.example", "null"),
    EMPTY("api.example", ""),
    TWO("api.example", "https://api.example");

    private static final Set<From> GOOD =
        Set.of(OWN, OWN_HOST_IN_CAPITALS, OWN_DEFAULT_PORT, OWN_OTHER_PORT, TRUSTED);

    private final String host;
    private final String origin;

    From(String host, String origin) {
      this.host = host;
      this.origin = origin;
    }

    List<String> lines() {
      if (origin == null) {
        return List.of();
      }
      return this == TWO ? List.of(origin, origin) : List.of(origin);
    }
  }

  private enum Token {
    NONE,
    HEADER,
    FORM,
    WRONG,
    OTHERS,
    TRUNCATED,
    EMPTY,
    THE_COOKIE_ITSELF,
    HEADER_WRONG_FORM_RIGHT,
    HEADER_TWICE,
    FORM_TWICE;

    private static final Set<Token> GOOD = Set.of(HEADER, FORM);
  }

  private void add(Token token, TestRequest to) {
    String right = session.csrfToken().reveal();
    switch (token) {
      case NONE -> {}
      case HEADER -> to.header("X-CSRF-Token", right);
      case FORM -> to.form("csrf_token", right);
      case WRONG -> to.header("X-CSRF-Token", "A".repeat(43));
      case OTHERS -> to.header("X-CSRF-Token", other.csrfToken().reveal());
      case TRUNCATED -> to.header("X-CSRF-Token", right.substring(0, 42));
      case EMPTY -> to.header("X-CSRF-Token", "");
      case THE_COOKIE_ITSELF -> to.header("X-CSRF-Token", session.cookie().value());
      case HEADER_WRONG_FORM_RIGHT ->
          to.header("X-CSRF-Token", right + "x").form("csrf_token", right);
      case HEADER_TWICE -> to.header("X-CSRF-Token", right).header("X-CSRF-Token", right);
      case FORM_TWICE -> to.form("csrf_token", right).form("csrf_token", right);
    }
  }

  private static String expected(String method, Site site, From from, Token token) {
    if (Set.of("GET", "HEAD", "OPTIONS").contains(method)
        || site == Site.SAME_ORIGIN
        || site == Site.NONE) {
      return "Authenticated";
    }
    if (from != From.ABSENT) {
      return From.GOOD.contains(from) ? "Authenticated" : "cross_site";
    }
    if (site != Site.ABSENT) {
      return "cross_site";
    }
    return Token.GOOD.contains(token) ? "Authenticated" : "csrf_token_missing_or_wrong";
  }

  @Test
  @DisplayName("SE-5, rows 57, 58 every Sec-Fetch-Site, Origin, token and method with each other")
  void matrix() {
    int cases = 0;
    for (String method : METHODS) {
      for (Site site : Site.values()) {
        for (From from : From.values()) {
          for (Token token : Token.values()) {
            AuthResult result =
                fixture.authenticator.authenticate(request(method, site, from, token));
            String said =
                result instanceof Rejected no
                    ? no.reason().name()
                    : result.getClass().getSimpleName();
            assertThat(said)
                .as("%s, Sec-Fetch-Site %s, Origin %s, token %s", method, site, from, token)
                .isEqualTo(expected(method, site, from, token));
            cases++;
          }
        }
      }
    }
    assertThat(cases).isEqualTo(9 * 9 * 13 * 11);
  }

  private AuthRequest request(String method, Site site, From from, Token token) {
    TestRequest request =
        TestRequest.of(method, "/")
            .cookie(SessionFixture.COOKIE, session.cookie().value())
            .header("Host", from.host);
    site.lines().forEach(line -> request.header("Sec-Fetch-Site", line));
    from.lines().forEach(line -> request.header("Origin", line));
    add(token, request);
    return request.build();
  }

  @Test
  @DisplayName(
      "SE-5, row 58 the token is HMAC-SHA-256 of \"csrf\" under the id; new after rotation")
  void token() throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = session.cookie().value().getBytes(StandardCharsets.US_ASCII);
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String expected =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(mac.doFinal("csrf".getBytes(StandardCharsets.US_ASCII)));
    assertThat(session.csrfToken().reveal()).isEqualTo(expected);
    AuthRequest request = get(session).build();
    assertThat(fixture.sessions.csrfToken(request).map(Secret::reveal)).contains(expected);
    assertThat(fixture.sessions.csrfToken(TestRequest.get("/").build())).isEmpty();

    Started moved = remembered(fixture.sessions.rotate(request).orElseThrow());
    AuthRequest old = post(moved).header("X-CSRF-Token", session.csrfToken().reveal()).build();
    assertThatResult(fixture.authenticator.authenticate(old)).isRejected(NO_TOKEN);
    AuthRequest renewed = post(moved).header("X-CSRF-Token", moved.csrfToken().reveal()).build();
    assertThatResult(fixture.authenticator.authenticate(renewed)).isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("SE-5, rows 40, 58 the token is compared by MessageDigest.isEqual")
  void constantTime() throws Exception {
    try (InputStream code = Sessions.class.getResourceAsStream("CsrfToken.class")) {
      String constants = new String(code.readAllBytes(), StandardCharsets.ISO_8859_1);
      assertThat(constants).contains("java/security/MessageDigest").contains("isEqual");
      assertThat(constants).doesNotContain("equalsIgnoreCase").doesNotContain("contentEquals");
    }
  }

  @Test
  @DisplayName("SE-5 the body is read only if neither header is there and no token header either")
  void bodyUnread() {
    AtomicInteger reads = new AtomicInteger();
    AuthRequest.Builder request =
        AuthRequest.builder("POST", "/", null, InetAddress.getLoopbackAddress(), true)
            .form(
                name -> {
                  reads.incrementAndGet();
                  return List.of();
                })
            .header("Cookie", SessionFixture.COOKIE + "=" + session.cookie().value())
            .header("Host", "api.example");
    fixture.authenticator.authenticate(request.build());
    assertThat(reads).hasValue(1);
    fixture.authenticator.authenticate(request.header("X-CSRF-Token", "wrong token").build());
    fixture.authenticator.authenticate(request.header("Sec-Fetch-Site", "cross-site").build());
    assertThat(reads).hasValue(1);
  }

  @Test
  @DisplayName("SE-5, GU-2 a failed check is 403 csrf, also where anyone may, and is no use")
  void publicRoute() {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.authenticator));
    fixture.clock.advance(Duration.ofMinutes(5));
    fixture.tokens.forget();
    for (TestRequest request :
        List.of(post(session), post(session).header("Sec-Fetch-Site", "cross-site"))) {
      Decision decision = guard.check(request.build(), Permission.anyone());
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Refuse.class,
              refuse -> {
                assertThat(refuse.response().status()).isEqualTo(403);
                assertThat(refuse.response().body()).contains("\"code\":\"csrf\"");
                assertThat(refuse.response().header("WWW-Authenticate")).isEmpty();
              });
    }
    assertThat(fixture.tokens.calls()).containsExactly("find+user", "find+user");
    assertThat(fixture.isLive(session)).isTrue();
  }

  @Test
  @DisplayName(
      "SE-5, row 59 what an earlier scheme authenticates is not judged by the cookie's rules")
  void otherScheme() {
    Authenticator bearer = bearer();
    AuthRequest request =
        post(session)
            .header("Sec-Fetch-Site", "cross-site")
            .authorization("Bearer good-token")
            .build();
    assertThatResult(AuthenticatorChain.of(bearer, fixture.authenticator).authenticate(request))
        .isAuthenticatedAs("program");
    assertThatResult(AuthenticatorChain.of(fixture.authenticator, bearer).authenticate(request))
        .isRejected(Reason.CROSS_SITE);
    AuthRequest cookieAlone = post(session).header("Sec-Fetch-Site", "cross-site").build();
    assertThatResult(AuthenticatorChain.of(bearer, fixture.authenticator).authenticate(cookieAlone))
        .isRejected(Reason.CROSS_SITE);
  }

  @Test
  @DisplayName("CH-3, SE-5 a stale cookie is not judged: the next scheme takes its credentials")
  void staleIsNotJudged() {
    fixture.sessions.end(get(session).build());
    AuthRequest request =
        post(session)
            .header("Sec-Fetch-Site", "cross-site")
            .authorization("Bearer good-token")
            .build();
    assertThatResult(AuthenticatorChain.of(fixture.authenticator, bearer()).authenticate(request))
        .isAuthenticatedAs("program");
  }

  private static Authenticator bearer() {
    return new Authenticator() {
      @Override
      public AuthResult authenticate(AuthRequest request) {
        return request.headers("Authorization").isEmpty()
            ? NotAttempted.NO_CREDENTIALS
            : Authenticated.builder(new Principal("p", "program", Set.of()), name()).build();
      }

      @Override
      public String name() {
        return "program";
      }
    };
  }
}

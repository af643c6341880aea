package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.faults;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may introspect, how often, and by what request. */
class IntrospectCallerTest {
  private static final String FORM = "application/x-www-form-urlencoded";

  private final IntrospectionSite site = new IntrospectionSite();
  private final String token = site.opaque();

  /** A body that must not be looked at. */
  private static final InputStream UNREAD =
      new InputStream() {
        @Override
        public int read() {
          throw new AssertionError("the body was read");
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
          return read();
        }
      };

  private AuthResponse refused(TestRequest request) throws IOException {
    return site.endpoints.handle(request.header("Content-Type", FORM).build(), UNREAD);
  }

  @Test
  @DisplayName("RFC 7662 section 2.1 a caller must be authenticated; its body is not read before")
  void anonymous() throws IOException {
    assertProblem(refused(TestRequest.post("/auth/introspect")), 401, "authentication_required");
    assertProblem(
        refused(TestRequest.post("/auth/introspect").basic("server", "wrong")),
        401,
        "invalid_credentials");
    assertProblem(
        refused(TestRequest.post("/auth/introspect").authorization("Bearer sally_x")),
        401,
        "invalid_token");
  }

  @Test
  @DisplayName("RFC 7662 section 4 an ordinary user can't introspect, not even an own token")
  void withoutRole() throws IOException {
    assertProblem(refused(IntrospectionSite.from("alice")), 403, "forbidden");
    assertProblem(
        refused(TestRequest.post("/auth/introspect").authorization("Bearer " + token)),
        403,
        "forbidden");
  }

  @Test
  @DisplayName("RFC 7662 section 2.1 a permission that lets anyone in still lets no stranger in")
  void anyone() throws IOException {
    AuthEndpoints open =
        AuthEndpoints.builder(site.site.accounts, site.guard)
            .introspection(Permission.anyone())
            .build();
    assertProblem(
        open.handle(
            TestRequest.post("/auth/introspect").header("Content-Type", FORM).build(), UNREAD),
        401,
        "authentication_required");
  }

  @Test
  @DisplayName("GU-5, HT-2 plain HTTP and another site's page are refused, whoever calls")
  void transportAndOrigin() throws IOException {
    assertProblem(refused(IntrospectionSite.from("server").insecure()), 403, "insecure_transport");
    assertProblem(
        refused(IntrospectionSite.from("server").header("Sec-Fetch-Site", "cross-site")),
        403,
        "csrf");
  }

  @Test
  @DisplayName("RFC 7662 section 2.1 a hint is allowed, and ignored even if it is wrong")
  void hint() {
    for (String hint : new String[] {"access_token", "refresh_token", "x", ""}) {
      AuthResponse answer =
          site.send(
              IntrospectionSite.from("server"), "token_type_hint=" + hint + "&token=" + token);
      assertThat(assertOk(answer).path("active").booleanValue()).isTrue();
    }
  }

  @Test
  @DisplayName("HT introspect a body of another type is 415, as is a compressed one")
  void type() {
    Browser program = Browser.silentAt(site.endpoints);
    for (String type :
        new String[] {"application/json", "text/plain", FORM + "; charset=utf-16", FORM + "x"}) {
      assertProblem(
          program.send(
              IntrospectionSite.from("server").header("Content-Type", type), "token=" + token),
          415,
          "unsupported_media_type");
    }
    assertProblem(
        program.send(IntrospectionSite.from("server"), "token=" + token),
        415,
        "unsupported_media_type");
    assertProblem(
        site.send(
            IntrospectionSite.from("server").header("Content-Encoding", "gzip"), "token=" + token),
        415,
        "unsupported_media_type");
    assertOk(
        program.send(
            IntrospectionSite.from("server").header("Content-Type", FORM.toUpperCase(Locale.ROOT)),
            "token=" + token));
    assertOk(
        program.send(
            IntrospectionSite.from("server").header("Content-Type", FORM + "; charset=UTF-8"),
            "token=" + token));
  }

  @Test
  @DisplayName("HT introspect 16 KiB are accepted, one byte more is 413")
  void length() {
    String padding = "&x=" + "a".repeat(16 * 1024 - "token=".length() - token.length() - 3);
    assertOk(site.send(IntrospectionSite.from("server"), "token=" + token + padding));
    assertProblem(
        site.send(IntrospectionSite.from("server"), "token=" + token + padding + "a"),
        413,
        "content_too_large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&", "token=", "token", "x=1", "token_type_hint=access_token"})
  @DisplayName("RFC 7662 section 2.1 without a token the request is 400")
  void missing(String form) {
    assertThat(faults(site.send(IntrospectionSite.from("server"), form)))
        .containsExactly("token required");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token=a&token=a",
        "token=%",
        "token=%4",
        "token=%zz",
        "token=%ff",
        "%ff=1&token=a"
      })
  @DisplayName("RFC 6749 section 3.2 a field twice, a wrong escape and wrong UTF-8 are 400")
  void malformed(String form) {
    assertProblem(site.send(IntrospectionSite.from("server"), form), 400, "malformed_form");
  }

  @Test
  @DisplayName("HT a token in the query is none, and GET is 405")
  void query() {
    assertThat(
            faults(
                site.send(
                    TestRequest.post("/auth/introspect?token=" + token)
                        .basic("server", Site.PASSWORD),
                    "")))
        .containsExactly("token required");
    AuthResponse get = Browser.silentAt(site.endpoints).get("/auth/introspect?token=" + token);
    assertProblem(get, 405, "method_not_allowed");
    assertThat(header(get, "Allow")).containsExactly("POST");
  }

  @Test
  @DisplayName("RFC 7662 section 4 a caller over its budget is 429 until the minute is over")
  void budget() {
    IntrospectionSite small = new IntrospectionSite(3);
    String good = small.opaque();
    small.active(good);
    small.site.clock.advance(Duration.ofSeconds(20));
    small.assertInactive("x");
    small.active(good);
    AuthResponse over = small.ask(good);
    assertProblem(over, 429, "throttled");
    assertThat(header(over, "Retry-After")).containsExactly("40");
    assertThat(small.site.listener.events(AuthEvent.Throttled.class))
        .singleElement()
        .satisfies(event -> assertThat(event.subject()).isEqualTo("server"));
    assertOk(small.send(IntrospectionSite.from("other"), "token=" + good)); // its budget is its own
    small.site.clock.advance(Duration.ofSeconds(40).minusMillis(1));
    assertProblem(small.ask(good), 429, "throttled");
    small.site.clock.advance(Duration.ofMillis(1));
    small.active(good);
  }

  @Test
  @DisplayName("RFC 7662 section 4 those who are refused use up nobody's budget")
  void refusedCostNothing() {
    IntrospectionSite small = new IntrospectionSite(1);
    String good = small.opaque();
    for (int i = 0; i < 3; i++) {
      assertProblem(small.send(IntrospectionSite.from("alice"), "token=" + good), 403, "forbidden");
      assertProblem(
          small.send(TestRequest.post("/auth/introspect"), "token=" + good),
          401,
          "authentication_required");
    }
    small.active(good);
    assertProblem(small.ask(good), 429, "throttled");
  }

  @Test
  @DisplayName("RFC 7662 section 4 a budget is exact: of 8 at once, 4 are answered, in 50 rounds")
  void exact() {
    for (int round = 0; round < 50; round++) {
      IntrospectionSite small = new IntrospectionSite(4);
      assertThat(Race.of(8, i -> small.ask("x").status()))
          .containsExactlyInAnyOrder(200, 200, 200, 200, 429, 429, 429, 429);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 10_000_001})
  @DisplayName("SP-2 a budget out of range is refused")
  void range(int perMinute) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new IntrospectionSite(perMinute))
        .withMessageContaining("not " + perMinute);
  }

  @Test
  @DisplayName("CH-6, EV-1 while the store is away the answer is 503, and an event tells of it")
  void outage() {
    String access = site.login(null).accessToken().reveal();
    site.store.down("find+user");
    for (String asked : new String[] {token, access}) {
      assertProblem(site.ask(asked), 503, "temporarily_unavailable");
    }
    assertThat(site.site.listener.events(AuthEvent.StoreOutage.class))
        .extracting(AuthEvent.StoreOutage::during)
        .containsExactly("introspect", "introspect");
  }
}

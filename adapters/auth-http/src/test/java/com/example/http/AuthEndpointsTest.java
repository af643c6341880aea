package com.example.http;

import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthEndpointsTest {
  private final Site site = new Site();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/auth",
        "/auth/",
        "/auth/nothing",
        "/auth/login/",
        "/auth/logout/all",
        "/auth/logout-all;a=b",
        "/auth/password/x",
        "/auth/sessions/",
        "/auth/sessions/a/b",
        "/auth/{id}",
        "/auth/me/",
        "/auth//me",
        "/auth/./me",
        "/auth/x/../me",
        "/auth/%6De",
        "/auth/me;a=b",
        "/auth/me%3Fx",
        "/auth/me#x",
        "/auth/Me",
        "/AUTH/me",
        "//evil/auth/me",
        "/other",
        "*",
        ""
      })
  @DisplayName("HT an unknown path is 404 for anybody, whatever the method and the credentials")
  void unknownPath(String target) throws IOException {
    site.user("alice");
    for (String method : new String[] {"GET", "HEAD", "POST", "DELETE", "get"}) {
      assertProblem(site.call(TestRequest.of(method, target)), 404, "not_found");
      assertProblem(
          site.call(TestRequest.of(method, target).basic("alice", "wrong-password")),
          404,
          "not_found");
    }
    assertThat(site.hasher.computed()).as("hashes beside the fixture's").isEqualTo(1);
  }

  @Test
  @DisplayName("HT the query is no part of the path")
  void query() throws IOException {
    site.user("alice");
    assertThat(site.call(TestRequest.get("/auth/me?a=/b?c").basic("alice", Site.PASSWORD)).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "post", "Post", ""})
  @DisplayName("HT register by another method is 405 with Allow, before anything else is looked at")
  void registerByAnotherMethod(String method) throws IOException {
    AuthResponse response = site.call(TestRequest.of(method, "/auth/register").insecure());
    assertProblem(response, 405, "method_not_allowed");
    assertThat(response.header("Allow")).contains("POST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"login", "logout", "logout-all", "password"})
  @DisplayName("HT what changes anything is POST only: else 405, asked of nobody")
  void postOnly(String endpoint) throws IOException {
    site.user("alice");
    site.userCalls.down = true;
    for (String method :
        new String[] {"GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "post"}) {
      AuthResponse response =
          site.call(
              TestRequest.of(method, "/auth/" + endpoint).basic("alice", Site.PASSWORD).insecure());
      assertProblem(response, 405, "method_not_allowed");
      assertThat(response.header("Allow")).contains("POST");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/auth/me",
    "POST,/auth/password",
    "POST,/auth/logout-all",
    "GET,/auth/sessions",
    "DELETE,/auth/sessions/AAAAAAAAAAAAAAAA"
  })
  @DisplayName("GU-2 what needs a caller is 401 without one, 403 over plain HTTP, 503 in an outage")
  void needsCaller(String method, String path) throws IOException {
    site.user("alice");
    String cookie = "__Host-session=" + site.loggedIn("alice").cookie();
    AuthResponse nobody = site.call(TestRequest.of(method, path));
    assertProblem(nobody, 401, "authentication_required");
    assertThat(header(nobody, "WWW-Authenticate"))
        .containsExactly("Session realm=\"api\"", "Basic realm=\"api\", charset=\"UTF-8\"");
    assertProblem(
        site.call(TestRequest.of(method, path).basic("alice", "wrong-password")),
        401,
        "invalid_credentials");
    assertProblem(
        site.call(TestRequest.of(method, path).authorization("Basic !!!").header("Cookie", cookie)),
        401,
        "malformed_credentials");
    assertProblem(
        site.call(TestRequest.of(method, path).basic("alice", Site.PASSWORD).insecure()),
        403,
        "insecure_transport");
    assertProblem(
        site.call(TestRequest.of(method, path).header("Cookie", cookie).insecure()),
        403,
        "insecure_transport");
    site.userCalls.down = true;
    assertProblem(
        site.call(TestRequest.of(method, path).header("Cookie", cookie)),
        503,
        "temporarily_unavailable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "get"})
  @DisplayName("HT me by another method is 405 with Allow, which has HEAD beside GET")
  void meByAnotherMethod(String method) throws IOException {
    AuthResponse response = site.call(TestRequest.of(method, "/auth/me"));
    assertProblem(response, 405, "method_not_allowed");
    assertThat(response.header("Allow")).contains("GET, HEAD");
  }

  @Test
  @DisplayName(
      "GU-5 register over plain HTTP is 403, also where the body is bad, and reads nothing")
  void insecure() throws IOException {
    AuthResponse response =
        site.endpoints.handle(
            TestRequest.post("/auth/register")
                .header("Sec-Fetch-Site", "cross-site")
                .insecure()
                .build(),
            unreadable());
    assertProblem(response, 403, "insecure_transport");
    assertThat(response.header("WWW-Authenticate")).isEmpty();
  }

  @Test
  @DisplayName("GU-5 the development switch exempts loopback, and no request of a proxy's")
  void developmentSwitch() throws IOException {
    AuthEndpoints development =
        AuthEndpoints.of(
            site.accounts,
            site.guardIn(
                site.environment.withTransport(
                    TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT)));
    TestRequest local = TestRequest.post("/auth/register").insecure().header("Host", "localhost");
    assertProblem(development.handle(local.build(), unreadable()), 415, "unsupported_media_type");
    assertProblem(
        development.handle(local.header("X-Forwarded-For", "127.0.0.1").build(), unreadable()),
        403,
        "insecure_transport");
    assertProblem(
        development.handle(
            TestRequest.post("/auth/register").insecure().header("Host", "example.org").build(),
            unreadable()),
        403,
        "insecure_transport");
  }

  @Test
  @DisplayName("HT-2 register from another site is 403 csrf, before the body is looked at")
  void crossSite() throws IOException {
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "https://evil.example"},
          {"Origin", "null"},
          {"Origin", "http://own.example"}
        }) {
      AuthResponse response =
          site.endpoints.handle(
              TestRequest.post("/auth/register")
                  .header("Host", "own.example")
                  .header(header[0], header[1])
                  .build(),
              unreadable());
      assertProblem(response, 403, "csrf");
    }
  }

  @Test
  @DisplayName("HT-2 register from the own site, or from no browser, passes")
  void ownSite() throws IOException {
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "same-origin"},
          {"Sec-Fetch-Site", "none"},
          {"Origin", "https://own.example"},
          {"X-Unrelated", "x"}
        }) {
      AuthResponse response =
          site.call(
              TestRequest.post("/auth/register")
                  .header("Host", "own.example")
                  .header(header[0], header[1]));
      assertProblem(response, 415, "unsupported_media_type");
    }
  }

  @Test
  @DisplayName("HT the chain does not run for register: credentials in the header don't matter")
  void chainDoesNotRun() throws IOException {
    AuthResponse response =
        site.call(
            TestRequest.post("/auth/register")
                .header("Content-Type", "application/json")
                .authorization("Basic !!!"),
            "{\"username\":\"bob\",\"password\":\"wonderland-1865\"}"
                .getBytes(StandardCharsets.UTF_8));
    assertThat(response.status()).isEqualTo(201);
    assertThat(site.listener.events()).hasOnlyElementsOfType(AuthEvent.Registered.class);
  }

  @Test
  @DisplayName("HT the base path can be another one, and then /auth is nothing")
  void basePath() throws IOException {
    AuthEndpoints elsewhere =
        AuthEndpoints.builder(site.accounts, site.guard).basePath("/api/v1/account").build();
    assertThat(elsewhere.basePath()).isEqualTo("/api/v1/account");
    assertProblem(
        elsewhere.handle(TestRequest.get("/api/v1/account/me").build(), unreadable()),
        401,
        "authentication_required");
    assertProblem(
        elsewhere.handle(TestRequest.get("/auth/me").build(), unreadable()), 404, "not_found");
    assertThat(elsewhere)
        .hasToString(
            "AuthEndpoints[/api/v1/account/login, /api/v1/account/logout,"
                + " /api/v1/account/logout-all, /api/v1/account/me, /api/v1/account/password,"
                + " /api/v1/account/register, /api/v1/account/sessions,"
                + " /api/v1/account/sessions/{id}]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "auth", "/auth/", "//auth", "/a/../b", "/a b", "/a?b", "/ä"})
  @DisplayName("HT a base path that no request could match is refused")
  void badBasePath(String path) {
    AuthEndpoints.Builder builder = AuthEndpoints.builder(site.accounts, site.guard);
    assertThatThrownBy(() -> builder.basePath(path))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The base path must be like /auth or /api/auth, not '" + path + "'");
  }

  @Test
  @DisplayName("HT a body that breaks off is the adapter's to answer")
  void brokenBody() {
    assertThatThrownBy(
            () ->
                site.endpoints.handle(
                    TestRequest.post("/auth/register")
                        .header("Content-Type", "application/json")
                        .build(),
                    unreadable()))
        .isInstanceOf(IOException.class)
        .hasMessage("broken off");
  }

  private static InputStream unreadable() {
    return new ByteArrayInputStream(new byte[0]) {
      @Override
      public byte[] readNBytes(int length) throws IOException {
        throw new IOException("broken off");
      }
    };
  }
}

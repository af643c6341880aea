package com.example.host;

import static com.example.host.SiteClient.BEARER_CHALLENGE;
import static com.example.host.SiteClient.CHALLENGE;
import static com.example.host.SiteClient.CHALLENGES;
import static com.example.host.SiteClient.SESSION_CHALLENGE;
import static com.example.host.SiteClient.TOKEN_CHALLENGE;
import static com.example.host.SiteClient.assertProblem;
import static com.example.host.SiteClient.basic;
import static com.example.host.SiteClient.cookie;
import static com.example.host.SiteClient.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What each route answers, and to whom: all that a protocol could make a difference to. It is the
 * part of {@link HostContract} for a host's second protocol.
 *
 * <pre>{@code
 * class JettyHttp2Test extends HostRoutes {
 *   protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
 *     return JettyHost.start(env, out);
 *   }
 *
 *   protected Transport transport() { return Transport.http2(); }
 * }
 * }</pre>
 */
public abstract class HostRoutes extends HostFixture {
  @Test
  @DisplayName("GU-2 a route without a guard looks at no credentials")
  void ping() throws Exception {
    HttpResponse<String> ping = host.get("/api/ping", "Authorization", "Basic !!!");
    assertThat(ping.statusCode()).isEqualTo(200);
    assertThat(ping.body()).contains("\"hello\":\"anybody\"");
  }

  @Test
  @DisplayName("GU-4, CH-2 public is for anybody but who brings wrong credentials")
  void open() throws Exception {
    HttpResponse<String> anonymous = host.get("/api/public");
    assertThat(anonymous.statusCode()).isEqualTo(200);
    assertThat(anonymous.body()).isEqualTo("{\"public\":\"anonymous\"}");
    assertThat(anonymous.headers().allValues("Cache-Control")).isEmpty();
    assertAnswer(host.get("/api/public", alice()), 200, "{\"public\":\"alice\"}");
    assertProblem(
        host.get("/api/public", "Authorization", basic("alice", "wrong-password")),
        401,
        "invalid_credentials");
  }

  @Test
  @DisplayName("GU-2, CH-12 hello is 401 with all challenges, or says who it is")
  void hello() throws Exception {
    HttpResponse<String> anonymous = host.get("/api/hello");
    assertProblem(anonymous, 401, "authentication_required");
    assertThat(anonymous.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Unauthorized\",\"status\":401,"
                + "\"code\":\"authentication_required\",\"detail\":\"Authentication is"
                + " required.\"}");
    assertAnswer(
        host.get("/api/hello?x=y", alice()), 200, "{\"hello\":\"alice\",\"scheme\":\"basic\"}");
  }

  @Test
  @DisplayName("CH-5 of two Authorization lines neither counts")
  void twoHeaders() throws Exception {
    assertProblem(
        host.get("/api/hello", alice("Authorization", "Basic !!!")), 401, "malformed_credentials");
  }

  @Test
  @DisplayName("GU-1 admin is 401 for nobody, 403 for alice, 200 for the admin")
  void admin() throws Exception {
    assertProblem(host.get("/api/admin"), 401, "authentication_required");
    assertProblem(host.get("/api/admin", alice()), 403, "forbidden");
    String admin = basic("admin", RunningHost.ADMIN_PASSWORD);
    assertAnswer(host.get("/api/admin", "Authorization", admin), 200, "{\"admin\":\"admin\"}");
    assertThat(host.get("/auth/me", "Authorization", admin).body())
        .contains("\"roles\":[\"admin\"]");
  }

  @Test
  @DisplayName("HT notes takes text in any language; credentials come first, then the body")
  void notes() throws Exception {
    assertAnswer(
        host.json("/api/notes", "{\"text\":\"メモ \\ud83e\\udd8a\"}", alice()),
        201,
        "{\"text\":\"メモ \uD83E\uDD8A\"}");
    assertProblem(host.json("/api/notes", "{"), 401, "authentication_required");
    assertProblem(host.json("/api/notes", "{", alice()), 400, "malformed_json");
    assertProblem(host.json("/api/notes", "{}", alice()), 400, "invalid_request");
    assertThat(host.json("/api/notes", "{\"text\":1}", alice()).body())
        .contains("\"errors\":[{\"field\":\"text\",\"code\":\"wrong_type\"");
    assertProblem(
        host.json("/api/notes", " ".repeat(17 * 1024), alice()), 413, "content_too_large");
    assertProblem(host.post("/api/notes", alice()), 415, "unsupported_media_type");
  }

  @Test
  @DisplayName("GU-2 scoped-notes is 403 with the scope that is missing")
  void scopedNotes() throws Exception {
    String reader = token("{\"scopes\":[\"notes:read\"]}");
    assertProblem(
        host.json("/api/scoped-notes", NOTE, "Authorization", "Bearer " + reader),
        403,
        "insufficient_scope",
        List.of(
            BEARER_CHALLENGE + ", error=\"insufficient_scope\", scope=\"notes:write\"",
            TOKEN_CHALLENGE,
            SESSION_CHALLENGE,
            CHALLENGE));
    String writer = token("{\"scopes\":[\"notes:write\"]}");
    assertAnswer(
        host.json("/api/scoped-notes", NOTE, "Authorization", "Token " + writer), 201, NOTE);
    assertAnswer(host.json("/api/scoped-notes", NOTE, alice()), 201, NOTE);
  }

  /** A token of alice's. */
  String token(String body) throws Exception {
    HttpResponse<String> made = host.json("/auth/tokens", body, alice());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String token = field(made.body(), "token");
    Secrets.remember(token);
    return token;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api", "/api/helloo", "/auth", "/auth/", "/auth/login/", "/authx/me"})
  @DisplayName("HT an unknown path is 404, whoever asks")
  void unknownPath(String path) throws Exception {
    assertProblem(host.get(path), 404, "not_found");
    assertProblem(host.get(path, "Authorization", "Basic !!!"), 404, "not_found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/hello/",
        "/api//hello",
        "//api/hello",
        "/api/%68ello",
        "/api/hello;x",
        "/api;x/hello",
        "/api/x/../hello",
        "/api/x/..;/hello",
        "/api/./hello",
        "/API/hello"
      })
  @DisplayName("AD-8 no other spelling of a path opens what is guarded")
  void otherSpelling(String path) throws Exception {
    HttpResponse<String> response = host.get(path);
    assertThat(response.statusCode()).as(response.body()).isBetween(400, 404);
    assertThat(response.body()).doesNotContain("\"hello\"");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/public,'GET, HEAD'",
    "DELETE,/api/hello,'GET, HEAD'",
    "POST,/api/ping,'GET, HEAD'",
    "GET,/api/notes,POST",
    "HEAD,/api/notes,POST",
    "PUT,/api/admin,'GET, HEAD'",
    "GET,/auth/register,POST",
    "POST,/auth/me,'GET, HEAD'"
  })
  @DisplayName("HT a wrong method is 405 with Allow")
  void wrongMethod(String method, String path, String allow) throws Exception {
    HttpResponse<String> response = host.send(method, path, new byte[0]);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().allValues("Allow")).containsExactly(allow);
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    if (!method.equals("HEAD")) {
      assertProblem(response, 405, "method_not_allowed");
    }
  }

  @Test
  @DisplayName("RFC 9110 section 9.3.2: HEAD is answered as GET, without a body")
  void head() throws Exception {
    for (String path : new String[] {"/api/hello", "/api/ping", "/auth/me"}) {
      HttpResponse<String> head = host.send("HEAD", path, new byte[0], alice());
      assertThat(head.statusCode()).as(path).isEqualTo(200);
      assertThat(head.body()).isEmpty();
    }
    HttpResponse<String> refused = host.send("HEAD", "/api/hello", new byte[0]);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.body()).isEmpty();
    assertThat(refused.headers().allValues("WWW-Authenticate"))
        .containsExactlyElementsOf(CHALLENGES);
  }

  @Test
  @DisplayName("GU-5 what a proxy forwards that nobody named is plain HTTP: 403, no challenge")
  void throughProxy() throws Exception {
    assertProblem(
        host.get("/api/hello", alice("X-Forwarded-Proto", "https")), 403, "insecure_transport");
    assertProblem(host.login("alice", PASSWORD, "Via", "1.1 proxy"), 403, "insecure_transport");
    assertProblem(host.register("eve", PASSWORD, "Via", "1.1 proxy"), 403, "insecure_transport");
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "Origin,https://evil.example",
    "Origin,null",
    "Origin,http://127.0.0.1:1"
  })
  @DisplayName(
      "BA-7, HT-2 another site's page is 403 csrf, with good credentials in header or body")
  void crossSite(String name, String value) throws Exception {
    assertProblem(host.json("/api/notes", NOTE, alice(name, value)), 403, "csrf");
    HttpResponse<String> login = host.login("alice", PASSWORD, name, value);
    assertProblem(login, 403, "csrf");
    assertThat(login.headers().allValues("Set-Cookie")).isEmpty();
    assertProblem(
        host.json("/api/reset/request", "{\"username\":\"alice\"}", name, value), 403, "csrf");
  }

  @Test
  @DisplayName("BA-7, HT-2 the own page is let in, and so is a safe request of another's")
  void ownSite() throws Exception {
    for (String[] own :
        new String[][] {{"Sec-Fetch-Site", "same-origin"}, {"Origin", ownOrigin()}}) {
      assertAnswer(host.json("/api/notes", NOTE, alice(own)), 201, NOTE);
      host.loggedIn("alice", PASSWORD, own);
    }
    HttpResponse<String> safe = host.get("/api/hello", alice("Sec-Fetch-Site", "cross-site"));
    assertThat(safe.statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-1, SE-5 a session: login, hello, a note with each proof of its origin, logout")
  void session() throws Exception {
    HttpResponse<String> login = host.login("alice", PASSWORD);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    assertThat(login.headers().allValues("Set-Cookie").get(0))
        .matches("dev-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    String cookie = cookie(login);
    String token = field(login.body(), "csrf_token");
    HttpResponse<String> hello = host.get("/api/hello", "Cookie", cookie);
    assertAnswer(hello, 200, "{\"hello\":\"alice\",\"scheme\":\"session\"}");
    assertThat(hello.headers().allValues("Set-Cookie")).isEmpty();

    for (String[] proof :
        new String[][] {
          {"X-CSRF-Token", token}, {"Sec-Fetch-Site", "same-origin"}, {"Origin", ownOrigin()}
        }) {
      assertAnswer(host.json("/api/notes", NOTE, "Cookie", cookie, proof[0], proof[1]), 201, NOTE);
    }
    assertProblem(host.json("/api/notes", NOTE, "Cookie", cookie), 403, "csrf");
    assertProblem(
        host.json("/api/notes", NOTE, "Cookie", cookie, "Origin", "https://evil.example"),
        403,
        "csrf");

    HttpResponse<String> logout =
        host.post("/auth/logout", "Cookie", cookie, "X-CSRF-Token", token);
    assertThat(logout.statusCode()).isEqualTo(204);
    assertThat(logout.headers().allValues("Set-Cookie"))
        .containsExactly("dev-session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
    assertProblem(host.get("/api/hello", "Cookie", cookie), 401, "authentication_required");
  }

  @Test
  @DisplayName("SE-5, AD-2 the token in a form's field passes, in the query it does not")
  void csrfField() throws Exception {
    HttpResponse<String> login = host.login("alice", PASSWORD);
    String cookie = cookie(login);
    String field = "csrf_token=" + field(login.body(), "csrf_token");
    String[] headers = {"Cookie", cookie, "Content-Type", "application/x-www-form-urlencoded"};
    // The guard lets it pass, and the handler wants JSON.
    assertProblem(
        host.send("POST", "/api/notes", field.getBytes(UTF_8), headers),
        415,
        "unsupported_media_type");
    assertProblem(
        host.send("POST", "/api/notes?" + field, "text=x".getBytes(UTF_8), headers), 403, "csrf");
  }
}

package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.cookie;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.redis.server.RedisProcess;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the demo tells an open page about that page's requests. */
@Timeout(60)
class TracesTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String ALICE = basic("alice", PASSWORD);
  private static RunningDemo demo;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static List<String> steps(JsonNode trace) {
    List<String> steps = new ArrayList<>();
    trace
        .path("steps")
        .forEach(
            step ->
                steps.add(
                    (step.path("authenticator").textValue()
                            + " "
                            + step.path("outcome").textValue()
                            + " "
                            + step.path("reason").textValue())
                        .strip()));
    return steps;
  }

  private static List<String> events(JsonNode trace) {
    List<String> events = new ArrayList<>();
    trace.path("events").forEach(event -> events.add(event.path("event").textValue()));
    return events;
  }

  @Test
  @DisplayName(
      "CH-9 a trace has who was asked in which order, what each said and why, and its time")
  void way() throws Exception {
    try (PageClient page = new PageClient(demo)) {
      demo.get("/api/hello", "Authorization", ALICE, "Demo-Trace", page.trace());
      JsonNode right = page.trace(1);
      assertThat(steps(right))
          .containsExactly(
              "jwt not_attempted other_scheme",
              "token not_attempted other_scheme",
              "basic authenticated");
      assertThat(right.path("steps").get(2).path("as").textValue()).isEqualTo("alice");
      assertThat(right.path("steps").get(2).path("took_us").isIntegralNumber()).isTrue();
      assertThat(right.path("status").asInt()).isEqualTo(200);
      assertThat(events(right)).containsExactly("RequestAuthenticated");

      String wrong = basic("alice", "a-wrong-password");
      demo.get("/api/hello", "Authorization", wrong, "Demo-Trace", page.trace());
      JsonNode refused = page.trace(2);
      assertThat(steps(refused)).last().isEqualTo("basic rejected wrong_password");
      assertThat(refused.path("challenges")).hasSize(4);
      assertThat(events(refused)).containsExactly("AuthenticationFailed");
    }
  }

  @Test
  @DisplayName("CH-3 CH-5 a trace tells of a stale cookie, and of a chain that asks nobody")
  void refusedByTheChain() throws Exception {
    String ended = demo.loggedIn("alice", PASSWORD);
    assertThat(
            demo.post("/auth/logout", "Cookie", ended, "Sec-Fetch-Site", "same-origin")
                .statusCode())
        .isEqualTo(204);
    try (PageClient page = new PageClient(demo)) {
      demo.get("/api/hello", "Cookie", ended, "Demo-Trace", page.trace());
      JsonNode stale = page.trace(1);
      assertThat(steps(stale)).last().isEqualTo("session stale unknown_or_expired");
      assertThat(events(stale)).containsExactly("StaleCredentials");
      demo.get("/api/hello", "Authorization", ALICE + ", " + ALICE, "Demo-Trace", page.trace());
      JsonNode several = page.trace(2);
      assertThat(steps(several)).isEmpty();
      assertThat(several.path("events").get(0).path("reason").textValue())
          .isEqualTo("several_credentials");
    }
  }

  @Test
  @DisplayName(
      "PW-6 a trace has names and attributes of cookies, and no secret that went either way")
  void noSecrets() throws Exception {
    try (PageClient page = new PageClient(demo)) {
      HttpResponse<String> login = demo.login("alice", PASSWORD, "Demo-Trace", page.trace());
      JsonNode cookies = page.trace(1).path("cookies");
      assertThat(cookies).hasSize(1);
      assertThat(cookies.get(0).path("name").textValue()).isEqualTo("dev-session");
      assertThat(cookies.get(0).path("attributes").toString())
          .contains("HttpOnly", "SameSite=Lax", "Path=/");
      String session = cookie(login);
      HttpResponse<String> token =
          demo.post("/auth/tokens", "Authorization", ALICE, "Demo-Trace", page.trace());
      page.trace(2);
      String raw = field(token.body(), "token");
      Secrets.remember(raw);
      demo.get("/auth/me", "Authorization", "Token " + raw, "Demo-Trace", page.trace());
      demo.get("/auth/me", "Cookie", session, "Demo-Trace", page.trace());
      assertThat(steps(page.trace(3))).last().isEqualTo("token authenticated");
      assertThat(steps(page.trace(4))).last().isEqualTo("session authenticated");
      demo.post(
          "/auth/logout",
          "Cookie",
          session,
          "Sec-Fetch-Site",
          "same-origin",
          "Demo-Trace",
          page.trace());
      JsonNode logout = page.trace(5);
      assertThat(steps(logout)).contains("session logout");
      assertThat(logout.path("cookies").get(0).path("expired").asBoolean()).isTrue();
      assertThat(page.heard())
          .doesNotContain(PASSWORD, raw, session.substring(session.indexOf('=') + 1))
          .doesNotContain(field(login.body(), "csrf_token"), ALICE.substring("Basic ".length()));
    }
  }

  @Test
  @DisplayName("GU-3 a page is told of its own requests, and of nobody else's")
  void ownOnly() throws Exception {
    try (PageClient one = new PageClient(demo);
        PageClient two = new PageClient(demo)) {
      assertThat(one.key()).isNotEqualTo(two.key()).hasSize(43);
      demo.get("/api/hello", "Authorization", basic("mallory", "guess-by-nobody"));
      for (String foreign :
          new String[] {
            "A".repeat(43) + ".1",
            two.key() + ".",
            two.key() + ".1234567890",
            two.key() + "x.1",
            two.key(),
            "." + two.key() + ".1",
            ""
          }) {
        assertThat(demo.get("/api/public", "Demo-Trace", foreign).statusCode()).isEqualTo(200);
      }
      demo.get("/api/public", "Demo-Trace", one.trace());
      demo.get("/api/hello", "Authorization", ALICE, "Demo-Trace", two.trace());
      assertThat(events(one.trace(1))).isEmpty();
      assertThat(steps(two.trace(1))).last().isEqualTo("basic authenticated");
      assertThat(one.heard() + two.heard()).doesNotContain("mallory");
      assertThat(one.heard()).doesNotContain("alice");
    }
  }

  @Test
  @DisplayName("GU-3 the answer to a request that is followed is that to any other")
  void sameAnswer() throws Exception {
    try (PageClient page = new PageClient(demo)) {
      for (String[] credentials :
          new String[][] {{}, {"Authorization", ALICE}, {"Authorization", "Bearer x"}}) {
        HttpResponse<String> plain = demo.get("/api/hello", credentials);
        List<String> more = new ArrayList<>(List.of(credentials));
        more.addAll(List.of("Demo-Trace", page.trace()));
        HttpResponse<String> followed = demo.get("/api/hello", more.toArray(String[]::new));
        assertThat(followed.statusCode()).isEqualTo(plain.statusCode());
        assertThat(followed.body()).isEqualTo(plain.body());
        assertThat(followed.headers().map()).containsOnlyKeys(plain.headers().map().keySet());
      }
    }
  }

  @Test
  @DisplayName("At most four pages are told anything: the fifth ends the stream of the first")
  void bounded() throws Exception {
    List<PageClient> pages = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        pages.add(new PageClient(demo));
      }
      pages.get(0).next("end");
      demo.get("/api/public", "Demo-Trace", pages.get(0).key() + ".1");
      demo.get("/api/public", "Demo-Trace", pages.get(4).trace());
      pages.get(4).trace(1);
    } finally {
      for (PageClient page : pages) {
        page.close();
      }
    }
  }

  @Test
  @DisplayName("A demo that is closed ends the streams of its pages")
  void closed() throws Exception {
    RunningDemo other = RunningDemo.start();
    try (PageClient page = new PageClient(other)) {
      other.close();
      page.next("end");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, https://evil.example",
    "Origin, null"
  })
  @DisplayName("SE-5 another site's page opens no stream")
  void crossSite(String name, String value) throws Exception {
    assertProblem(demo.post("/look/stream", name, value), 403, "csrf");
  }

  @Test
  @DisplayName("GU-5 a page whose name was made to point here opens no stream")
  void rebound() throws Exception {
    assertThat(demo.raw("POST /look/stream", "evil.example", "Sec-Fetch-Site: same-origin"))
        .startsWith("HTTP/1.1 403 ")
        .contains("\"code\":\"insecure_transport\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "HEAD"})
  @DisplayName("RFC 9110 section 15.5.6: a stream is opened by POST alone")
  void method(String method) throws Exception {
    HttpResponse<String> response = demo.send(method, "/look/stream", new byte[0]);
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().allValues("Allow")).containsExactly("POST");
  }

  @Test
  @DisplayName("GU-3 a demo that others can reach through a proxy tells no page anything")
  void behindProxy() throws Exception {
    Map<String, String> env = Map.of("TLS", "proxy", "TRUSTED_PROXIES", "127.0.0.0/8");
    try (RunningDemo proxied = RunningDemo.start(env)) {
      assertProblem(
          proxied.post("/look/stream", "X-Forwarded-Proto", "https", "X-Forwarded-For", "10.1.1.1"),
          404,
          "not_found");
    }
  }

  @Test
  @DisplayName("CH-5 GU-1 who watches changes neither the limit of the field nor the permission")
  void sameChain() throws Exception {
    Path config = folder.resolve("demo.properties");
    Files.writeString(config, "auth.passwords.cost = 10\nauth.max-authorization-length = 2000\n");
    try (RunningDemo limited = RunningDemo.start(config)) {
      String[] tooLong = {"Authorization", "Digest " + "x".repeat(2000)};
      assertProblem(limited.get("/api/public", tooLong), 401, "malformed_credentials");
      assertThat(demo.get("/api/public", tooLong).statusCode()).isEqualTo(200);
    }
  }

  @Test
  @DisplayName("CH-6 a trace tells of a store that can't answer, and that nobody else was asked")
  void outage() throws Exception {
    try (RedisProcess server = RedisProcess.start();
        RunningDemo stored =
            RunningDemo.start(Map.of("STORE", "memory redis://" + server.address()));
        PageClient page = new PageClient(stored)) {
      assertThat(stored.register("alice", PASSWORD).statusCode()).isEqualTo(201);
      String session = stored.loggedIn("alice", PASSWORD);
      server.stop();
      assertProblem(
          stored.get("/api/hello", "Cookie", session, "Demo-Trace", page.trace()),
          503,
          "temporarily_unavailable");
      JsonNode trace = page.trace(1);
      assertThat(steps(trace)).last().isEqualTo("session outage store_unavailable");
      assertThat(events(trace)).contains("StoreOutage");
      assertThat(trace.path("retry_after").textValue()).isEqualTo("5");
    }
  }
}

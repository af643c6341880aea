package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sallyport.site.BadSettingException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Behind a proxy that speaks TLS; the tests are that proxy. */
class BehindProxyTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String[] HTTPS = through("203.0.113.7");
  private static RunningDemo demo;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start(Map.of("TLS", "proxy", "TRUSTED_PROXIES", "127.0.0.0/8, ::1"));
    assertThat(demo.register("alice", PASSWORD, HTTPS).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String[] through(String client) {
    return new String[] {"X-Forwarded-Proto", "https", "X-Forwarded-For", client};
  }

  private static String[] with(String[] some, String... others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  private static void assertInsecure(String... headers) throws Exception {
    assertProblem(demo.login("alice", PASSWORD, headers), 403, "insecure_transport");
    assertProblem(demo.register("bob", PASSWORD, headers), 403, "insecure_transport");
    for (String[] credentials :
        new String[][] {
          {"Authorization", basic("alice", PASSWORD)}, {"Cookie", "__Host-session=x"}
        }) {
      assertProblem(demo.get("/api/hello", with(credentials, headers)), 403, "insecure_transport");
    }
  }

  @Test
  @DisplayName("GU-5 without a proxy's word, credentials are 403, from loopback as well")
  void insecure() throws Exception {
    assertInsecure();
    assertInsecure("X-Forwarded-For", "203.0.113.7");
    assertInsecure("X-Forwarded-Proto", "http", "X-Forwarded-For", "203.0.113.7");
    assertInsecure("X-Forwarded-Proto", "http, https", "X-Forwarded-For", "203.0.113.7");
    assertInsecure(with(HTTPS, "Forwarded", "for=203.0.113.7;proto=http"));
  }

  @Test
  @DisplayName("SE-1 GU-5 with it, login sends the cookie of production, and the cookie works")
  void secure() throws Exception {
    HttpResponse<String> login = demo.login("alice", PASSWORD, HTTPS);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    assertThat(login.headers().allValues("Set-Cookie").get(0))
        .matches("__Host-session=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax");
    String cookie = RunningDemo.cookie(login);
    assertThat(demo.get("/api/hello", with(HTTPS, "Cookie", cookie)).body())
        .isEqualTo("{\"hello\":\"alice\",\"scheme\":\"session\"}");
    assertThat(demo.get("/api/hello", with(HTTPS, "Authorization", basic("alice", PASSWORD))))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    assertThat(
            demo.get("/api/hello", "Forwarded", "for=203.0.113.7;proto=https", "Cookie", cookie)
                .statusCode())
        .isEqualTo(200);
    String development = cookie.replace("__Host-session", "dev-session");
    assertProblem(
        demo.get("/api/hello", with(HTTPS, "Cookie", development)), 401, "authentication_required");
    HttpResponse<String> logout =
        demo.post("/auth/logout", with(HTTPS, "Cookie", cookie, "Sec-Fetch-Site", "same-origin"));
    assertThat(logout.headers().allValues("Set-Cookie"))
        .containsExactly("__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  @DisplayName("SE-5 the own origin is that of HTTPS")
  void origin() throws Exception {
    String cookie = demo.loggedIn("alice", PASSWORD, HTTPS);
    String own = "127.0.0.1:" + demo.port();
    String[] headers = with(HTTPS, "Cookie", cookie, "Origin");
    assertThat(demo.json("/api/notes", "{\"text\":\"x\"}", with(headers, "https://" + own)))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(201);
    assertProblem(
        demo.json("/api/notes", "{\"text\":\"x\"}", with(headers, "http://" + own)), 403, "csrf");
  }

  @Test
  @DisplayName("TH-3 TH-5 what is forwarded is the client's address to throttling and to events")
  void address() throws Exception {
    ListAppender<ILoggingEvent> heard = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger("dev.sallyport");
    heard.start();
    logger.addAppender(heard);
    try {
      assertThat(demo.register("carol", PASSWORD, HTTPS).statusCode()).isEqualTo(201);
      demo.loggedIn("carol", PASSWORD, through("203.0.113.7"));
      String[] stranger = through("192.0.2.1, 198.51.100.23, 127.0.0.9");
      int failures = 0;
      while (demo.login("carol", "wrong-password", stranger).statusCode() == 401) {
        failures++;
        assertThat(failures).as("guesses").isLessThan(10);
      }
      assertThat(failures).isGreaterThanOrEqualTo(5);
      // Known from before, and so not kept out by the stranger.
      demo.loggedIn("carol", PASSWORD, through("203.0.113.7"));
    } finally {
      logger.detachAppender(heard);
    }
    List<String> lines =
        List.copyOf(heard.list).stream().map(ILoggingEvent::getFormattedMessage).toList();
    assertThat(lines)
        .anyMatch(line -> line.startsWith("LoggedIn[") && line.contains("203.0.113.7"))
        .anyMatch(line -> line.startsWith("Throttled[") && line.contains("198.51.100.23"))
        .noneMatch(line -> line.contains("192.0.2.1") || line.contains("127.0.0."));
  }

  @Test
  @DisplayName("GU-1 the page and what is public need no credentials and so no TLS")
  void open() throws Exception {
    assertThat(demo.get("/").statusCode()).isEqualTo(200);
    assertThat(demo.get("/api/public").statusCode()).isEqualTo(200);
  }

  private static void assertRefused(Map<String, String> env, String... parts) {
    assertThatThrownBy(() -> RunningDemo.start(env))
        .isInstanceOf(BadSettingException.class)
        .satisfies(e -> assertThat(e.getMessage()).contains(parts));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "proxy | -           | TRUSTED_PROXIES must list networks such as 127.0.0.0/8",
        "-     | 127.0.0.0/8 | TLS must be 'proxy' where TRUSTED_PROXIES is set",
        "on    | 127.0.0.0/8 | TLS must be 'proxy' where TRUSTED_PROXIES is set",
        "PROXY | 127.0.0.0/8 | TLS must be 'proxy' where TRUSTED_PROXIES is set",
        "on    | -           | TLS must be 'proxy' where TRUSTED_PROXIES is set",
        "''    | -           | TLS must be 'proxy' where TRUSTED_PROXIES is set",
        "proxy | ''          | TRUSTED_PROXIES",
        "proxy | ' '         | TRUSTED_PROXIES",
        "proxy | ,           | auth.trusted-proxies",
        "proxy | 127.0.0.0/33| auth.trusted-proxies: '127.0.0.0/33'",
        "proxy | 127.0.0.1/8 | auth.trusted-proxies: '127.0.0.1/8'",
        "proxy | localhost   | auth.trusted-proxies: 'localhost'",
        "proxy | 300.0.0.1   | auth.trusted-proxies: '300.0.0.1'"
      })
  @DisplayName("SP-2 TLS and TRUSTED_PROXIES go together and must be right, or it doesn't start")
  void refused(String tls, String proxies, String message) {
    Map<String, String> env = new HashMap<>();
    if (tls != null) {
      env.put("TLS", tls);
    }
    if (proxies != null) {
      env.put("TRUSTED_PROXIES", proxies);
    }
    assertRefused(env, message);
  }

  @Test
  @DisplayName("GU-5 a file can't turn the switch for development on behind proxies")
  void noSwitch() throws Exception {
    String development = "auth.transport = optional-on-loopback-for-development";
    Path file = Files.writeString(folder.resolve("auth.properties"), development);
    assertRefused(
        Map.of("TLS", "proxy", "TRUSTED_PROXIES", "127.0.0.0/8", "CONFIG", file.toString()),
        "The settings can't be used: ",
        "auth.transport: behind auth.trusted-proxies it can't be"
            + " 'optional-on-loopback-for-development'; allowed: required");
    Files.writeString(file, "auth.trusted-proxies = 127.0.0.0/8");
    assertRefused(Map.of("CONFIG", file.toString()), "auth.transport: behind auth.trusted-proxies");
  }
}

package com.example.host;

import static com.example.host.SiteClient.BEARER_CHALLENGE;
import static com.example.host.SiteClient.CHALLENGE;
import static com.example.host.SiteClient.LOGIN_CHALLENGES;
import static com.example.host.SiteClient.SESSION_CHALLENGE;
import static com.example.host.SiteClient.TOKEN_CHALLENGE;
import static com.example.host.SiteClient.assertProblem;
import static com.example.host.SiteClient.field;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.testkit.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every runnable example must answer, asked over real sockets.
 *
 * <pre>{@code
 * class JettyHostTest extends HostContract {
 *   protected Host start(Map<String, String> env, PrintStream out) throws BadSettingException {
 *     return JettyHost.start(env, out);
 *   }
 * }
 * }</pre>
 */
public abstract class HostContract extends HostRoutes {
  private static final Pattern CODE = Pattern.compile("your code is ([A-Za-z0-9_-]{43}), ");

  /** {@return whether it shows what each request meets, as the demo alone does} */
  protected boolean showsTraces() {
    return false;
  }

  @Test
  @DisplayName("GU-3 nobody but the demo tells a page why a request was refused")
  void noTraces() throws Exception {
    assumeFalse(showsTraces());
    assertThat(host.post("/look/stream").statusCode()).isIn(404, 405);
    assertThat(host.get("/look/look.js").statusCode()).isEqualTo(404);
    String wrong = SiteClient.basic("alice", "a-wrong-password");
    HttpResponse<String> plain = host.get("/api/hello", "Authorization", wrong);
    HttpResponse<String> traced =
        host.get("/api/hello", "Authorization", wrong, "Demo-Trace", "A".repeat(43) + ".1");
    assertThat(traced.body()).isEqualTo(plain.body()).doesNotContain("wrong_password");
    assertThat(traced.headers().map().keySet()).isEqualTo(plain.headers().map().keySet());
  }

  @Test
  @DisplayName("SE-7 a session is listed, and ended by its id")
  void sessions() throws Exception {
    String user = newUser();
    String phone = host.loggedIn(user, PASSWORD, "User-Agent", "A phone");
    String id = field(host.get("/auth/sessions", "Cookie", phone).body(), "id");
    String laptop = host.loggedIn(user, PASSWORD, "User-Agent", "A laptop");
    assertThat(host.get("/auth/sessions", "Cookie", laptop).body())
        .contains("\"client\":\"A phone\"", "\"client\":\"A laptop\"");
    String[] own = {"Cookie", laptop, "Sec-Fetch-Site", "same-origin"};
    String path = "/auth/sessions/" + id;
    assertThat(host.send("DELETE", path, new byte[0], own).statusCode()).isEqualTo(204);
    assertProblem(host.send("DELETE", path, new byte[0], own), 404, "not_found");
    assertThat(host.hello("Cookie", phone)).isEqualTo(401);
    assertThat(host.hello("Cookie", laptop)).isEqualTo(200);
  }

  @Test
  @DisplayName("HT anybody gets the endpoints' files, and 304 for the copy at hand")
  void files() throws Exception {
    for (String path : List.of("/auth/openapi.json", "/auth/sallyport.js")) {
      HttpResponse<String> whole = host.get(path);
      assertThat(whole.statusCode()).isEqualTo(200);
      assertThat(whole.headers().allValues("Cache-Control")).containsExactly("no-cache");
      String tag = whole.headers().firstValue("ETag").orElseThrow();
      HttpResponse<String> same = host.get(path, "If-None-Match", tag);
      assertThat(same.statusCode()).isEqualTo(304);
      assertThat(same.body()).isEmpty();
      assertThat(same.headers().firstValue("ETag")).contains(tag);
      assertThat(host.send("HEAD", path, new byte[0]).headers().firstValue("ETag")).contains(tag);
    }
  }

  @Test
  @DisplayName("HT-3 a login that fails is 401 with challenges that no browser minds")
  void failedLogin() throws Exception {
    HttpResponse<String> login = host.login(newUser(), "wrong-password");
    assertProblem(login, 401, "invalid_credentials", LOGIN_CHALLENGES);
    assertThat(login.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  @DisplayName("TH-1, TH-6 after five wrong passwords the next is 429, with the time to wait")
  void throttled() throws Exception {
    String user = newUser();
    for (int i = 0; i < 5; i++) {
      assertThat(host.login(user, "wrong-password").statusCode()).isEqualTo(401);
    }
    HttpResponse<String> waits = host.login(user, "wrong-password");
    // On a machine that stood still, a wait is over; each failure doubles the next.
    for (int i = 0; i < 5 && waits.statusCode() == 401; i++) {
      waits = host.login(user, "wrong-password");
    }
    assertProblem(waits, 429, "throttled");
    assertThat(waits.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
  }

  @Test
  @DisplayName("TK-3, TK-4 a token opens by either keyword, until it is revoked")
  void token() throws Exception {
    String token = token("{}");
    for (String keyword : new String[] {"Token ", "bearer "}) {
      assertAnswer(
          host.get("/api/hello", "Authorization", keyword + token),
          200,
          "{\"hello\":\"alice\",\"scheme\":\"token\"}");
    }
    assertThat(host.post("/auth/logout", "Authorization", "Token " + token).statusCode())
        .isEqualTo(204);
    assertProblem(
        host.get("/api/public", "Authorization", "Token " + token),
        401,
        "invalid_token",
        List.of(
            BEARER_CHALLENGE,
            TOKEN_CHALLENGE + ", error=\"invalid_token\"",
            SESSION_CHALLENGE,
            CHALLENGE));
  }

  @Test
  @DisplayName("JW-6 a pair of tokens: use, refresh, use, revoke; and the key that signs")
  void jwt() throws Exception {
    HttpResponse<String> pair = host.pair("alice", PASSWORD);
    String bearer = "Bearer " + field(pair.body(), "access_token");
    assertAnswer(
        host.get("/api/hello", "Authorization", bearer),
        200,
        "{\"hello\":\"alice\",\"scheme\":\"jwt\"}");
    HttpResponse<String> next = host.refresh(field(pair.body(), "refresh_token"));
    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    Secrets.remember(field(next.body(), "access_token"));
    String refresh = field(next.body(), "refresh_token");
    Secrets.remember(refresh);
    assertThat(host.hello("Authorization", "Bearer " + field(next.body(), "access_token")))
        .isEqualTo(200);
    String revoke = "{\"refresh_token\":\"" + refresh + "\"}";
    assertThat(host.json("/auth/jwt/revoke", revoke).statusCode()).isEqualTo(204);
    assertProblem(host.refresh(refresh), 401, "invalid_token", LOGIN_CHALLENGES);
    HttpResponse<String> keys = host.get("/.well-known/jwks.json");
    assertThat(keys.statusCode()).isEqualTo(200);
    assertThat(keys.body()).contains("\"kty\":\"EC\"").doesNotContain("\"d\":");
  }

  @Test
  @DisplayName("AC-5 a forgotten password: the code on the console sets a new one, once")
  void reset() throws Exception {
    String user = newUser();
    String body = "{\"username\":\"" + user + "\"}";
    assertThat(host.json("/api/reset/request", body).statusCode()).isEqualTo(204);
    Matcher matcher = CODE.matcher(host.said());
    assertThat(matcher.find()).isTrue();
    String code = matcher.group(1);
    Secrets.remember(code);
    String redeem = "{\"code\":\"" + code + "\",\"new_password\":\"%s\"}";
    assertProblem(
        host.json("/api/reset/redeem", redeem.formatted("sunshine")), 400, "invalid_request");
    String next = "looking-glass-1871";
    assertThat(host.json("/api/reset/redeem", redeem.formatted(next)).statusCode()).isEqualTo(204);
    assertProblem(host.json("/api/reset/redeem", redeem.formatted(next)), 400, "unknown_code");
    assertThat(host.login(user, PASSWORD).statusCode()).isEqualTo(401);
    host.loggedIn(user, next);
  }

  @Test
  @DisplayName("SP-2 it says where it is; a bad PORT, or one in use, is named")
  void startsOrSaysWhyNot() throws Exception {
    assertThat(host.said()).startsWith("Sallyport demo is ready at " + ownOrigin() + "\n");
    assertThat(host.said()).doesNotContain(RunningHost.ADMIN_PASSWORD);
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    assertThatThrownBy(() -> start(Map.of("STORE", "memory", "PORT", "x"), out))
        .isInstanceOf(BadSettingException.class)
        .hasMessageStartingWith("PORT must be ");
    try (ServerSocket taken = new ServerSocket(0, 1, loopback(1))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThatThrownBy(() -> start(Map.of("STORE", "memory", "PORT", port), out))
          .isInstanceOf(BadSettingException.class)
          .hasMessageStartingWith("PORT: can't listen on 127.0.0.1:" + port + " (");
    }
  }

  @Test
  @DisplayName("GU-5 it listens on 127.0.0.1 only, and no more once it is closed")
  void loopbackOnly() throws Exception {
    PrintStream out = new PrintStream(new ByteArrayOutputStream(), true, UTF_8);
    int port;
    try (Host other = start(Map.of("STORE", "memory", "PORT", "0"), out)) {
      port = other.port();
      new Socket(loopback(1), port).close();
      assertThatThrownBy(() -> new Socket(loopback(2), port).close())
          .isInstanceOf(ConnectException.class);
    }
    assertThatThrownBy(() -> new Socket(loopback(1), port).close())
        .isInstanceOf(ConnectException.class);
  }

  private static InetAddress loopback(int last) throws Exception {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }
}

package com.example.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.demo.Demo;
import dev.sallyport.testkit.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The demo on a free port of this process, and a client of it. */
final class RunningDemo extends DemoClient {
  static final String ADMIN_PASSWORD = "queen-of-hearts-1865";
  static final String CHALLENGE = "Basic realm=\"api\", charset=\"UTF-8\"";
  static final String SESSION_CHALLENGE = "Session realm=\"api\"";
  static final String TOKEN_CHALLENGE = "Token realm=\"api\"";
  static final String BEARER_CHALLENGE = "Bearer realm=\"api\"";
  static final List<String> CHALLENGES =
      List.of(BEARER_CHALLENGE, TOKEN_CHALLENGE, SESSION_CHALLENGE, CHALLENGE);

  /** No browser opens a dialogue for these. */
  static final List<String> LOGIN_CHALLENGES =
      List.of(
          BEARER_CHALLENGE,
          TOKEN_CHALLENGE,
          SESSION_CHALLENGE,
          "xBasic realm=\"api\", charset=\"UTF-8\"");

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Demo demo;

  private RunningDemo(Map<String, String> env) throws Exception {
    Map<String, String> all = new HashMap<>(env);
    all.putIfAbsent("STORE", "memory");
    all.put("PORT", "0");
    demo = Demo.start(all, new PrintStream(said, false, UTF_8));
  }

  static RunningDemo start() throws Exception {
    Secrets.remember(ADMIN_PASSWORD);
    return start(Map.of("ADMIN_PASSWORD", ADMIN_PASSWORD));
  }

  static RunningDemo start(Path config) throws Exception {
    return start(Map.of("CONFIG", config.toString()));
  }

  static RunningDemo start(Map<String, String> env) throws Exception {
    return new RunningDemo(env);
  }

  @Override
  int port() {
    return demo.port();
  }

  /** What it has printed on its console so far. */
  String said() {
    return said.toString(UTF_8);
  }

  /** 127.0.0.x. */
  static InetAddress loopback(int last) throws IOException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
  }

  static String basic(String username, String password) {
    Secrets.remember(password);
    return "Basic " + base64(username + ":" + password);
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** The one cookie that an answer sets, name and value. */
  static String cookie(HttpResponse<String> response) {
    List<String> lines = response.headers().allValues("Set-Cookie");
    assertThat(lines).hasSize(1);
    String cookie = lines.get(0).substring(0, lines.get(0).indexOf(';'));
    Secrets.remember(cookie.substring(cookie.indexOf('=') + 1));
    return cookie;
  }

  /** The text of a field in JSON that has it once. */
  static String field(String json, String name) {
    String begin = "\"" + name + "\":\"";
    assertThat(json).containsOnlyOnce(begin);
    int from = json.indexOf(begin) + begin.length();
    return json.substring(from, json.indexOf('"', from));
  }

  /** Everything but printable ASCII is escaped. */
  static String quote(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c ->
                json.append(
                    c < ' ' || c > '~' || c == '"' || c == '\\'
                        ? String.format("\\u%04x", c)
                        : (char) c));
    return json.append('"').toString();
  }

  /** The whole answer to a GET with header lines as they are, without its Date. */
  String rawGet(String path, String... lines) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n")
            .getBytes(ISO_8859_1));
    for (String line : lines) {
      request.writeBytes((line + "\r\n").getBytes(UTF_8));
    }
    request.writeBytes("\r\n".getBytes(ISO_8859_1));
    try (Socket socket = new Socket(loopback(1), port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(request.toByteArray());
      return new String(socket.getInputStream().readAllBytes(), UTF_8)
          .replaceFirst("Date: [^\r]*\r\n", "");
    }
  }

  static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertProblem(response, status, code, status == 401 ? CHALLENGES : List.of());
  }

  static void assertProblem(
      HttpResponse<String> response, int status, String code, List<String> challenges) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body())
        .startsWith("{\"type\":\"about:blank\",\"title\":\"")
        .contains("\"status\":" + status + ",\"code\":\"" + code + "\",\"detail\":\"");
    assertThat(response.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().allValues("WWW-Authenticate"))
        .containsExactlyElementsOf(challenges);
  }

  @Override
  public void close() {
    demo.close();
  }
}

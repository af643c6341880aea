package com.example.demo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.demo.Demo;
import dev.sallyport.testkit.Secrets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;

/** The demo on a free port, and a client of it. */
final class RunningDemo implements AutoCloseable {
  static final String ADMIN_PASSWORD = "queen-of-hearts-1865";
  static final String CHALLENGE = "Basic realm=\"api\", charset=\"UTF-8\"";

  private final Demo demo;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private RunningDemo(Demo demo) {
    this.demo = demo;
  }

  static RunningDemo start() throws Exception {
    Secrets.remember(ADMIN_PASSWORD);
    return new RunningDemo(
        Demo.start(
            Map.of("PORT", "0", "ADMIN_PASSWORD", ADMIN_PASSWORD),
            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)));
  }

  static RunningDemo start(Path config) throws Exception {
    return new RunningDemo(
        Demo.start(
            Map.of("PORT", "0", "CONFIG", config.toString()),
            new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)));
  }

  int port() {
    return demo.port();
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

  /** Headers are names and values in turn. */
  HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, new byte[0], headers);
  }

  HttpResponse<String> json(String path, String body, String... headers)
      throws IOException, InterruptedException {
    String[] all = new String[headers.length + 2];
    all[0] = "Content-Type";
    all[1] = "application/json";
    System.arraycopy(headers, 0, all, 2, headers.length);
    return send("POST", path, body.getBytes(UTF_8), all);
  }

  HttpResponse<String> register(String username, String password)
      throws IOException, InterruptedException {
    Secrets.remember(password);
    return json(
        "/auth/register",
        "{\"username\":" + quote(username) + ",\"password\":" + quote(password) + "}");
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
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.body())
        .startsWith("{\"type\":\"about:blank\",\"title\":\"")
        .contains("\"status\":" + status + ",\"code\":\"" + code + "\",\"detail\":\"");
    assertThat(response.headers().allValues("Content-Type"))
        .containsExactly("application/problem+json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    if (status == 401) {
      assertThat(response.headers().allValues("WWW-Authenticate")).containsExactly(CHALLENGE);
    } else {
      assertThat(response.headers().allValues("WWW-Authenticate")).isEmpty();
    }
  }

  @Override
  public void close() {
    demo.close();
  }
}

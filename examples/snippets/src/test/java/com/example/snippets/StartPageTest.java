package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.start.App;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The server of docs/start.md answers as the page says. */
class StartPageTest {
  private static final Path PAGE = Pages.ROOT.resolve("docs/start.md");
  private static final String ALICE = "{\"username\":\"alice\",\"password\":\"correct horse\"}";

  private final HttpClient client = HttpClient.newHttpClient();
  private final HttpServer server;

  StartPageTest() throws IOException {
    server = App.start(0);
  }

  @AfterEach
  void stop() {
    server.stop(0);
    ((ExecutorService) server.getExecutor()).shutdownNow();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path) throws Exception {
    return send(
        to(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(ALICE)));
  }

  private static String basic(String password) {
    String pair = "alice:" + password;
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  @DisplayName("docs/start.md: 401 without credentials, with a challenge for each scheme")
  void anonymous() throws Exception {
    HttpResponse<String> answer = send(to("/hello"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().allValues("WWW-Authenticate")).hasSize(2);
  }

  @Test
  @DisplayName("docs/start.md: register, then ask with a right and a wrong password")
  void password() throws Exception {
    assertThat(post("/auth/register").statusCode()).isEqualTo(201);
    assertThat(send(to("/hello").header("Authorization", basic("correct horse"))).body())
        .isEqualTo("Hello, alice\n");
    HttpResponse<String> wrong = send(to("/hello").header("Authorization", basic("wrong")));
    assertThat(wrong.statusCode()).isEqualTo(401);
    assertThat(wrong.body()).contains("\"invalid_credentials\"");
  }

  @Test
  @DisplayName("docs/start.md: log in, use the cookie, log out as a browser would")
  void session() throws Exception {
    post("/auth/register");
    String set = post("/auth/login").headers().firstValue("Set-Cookie").orElseThrow();
    String cookie = set.substring(0, set.indexOf(';'));
    assertThat(send(to("/hello").header("Cookie", cookie)).body()).isEqualTo("Hello, alice\n");
    assertThat(send(to("/auth/me").header("Cookie", cookie)).body()).contains("\"session\"");

    HttpRequest.BodyPublisher none = HttpRequest.BodyPublishers.noBody();
    HttpRequest.Builder logout = to("/auth/logout").header("Cookie", cookie).POST(none);
    HttpResponse<String> refused = send(logout);
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(refused.body()).contains("\"csrf\"");
    assertThat(send(logout.header("Sec-Fetch-Site", "same-origin")).statusCode()).isEqualTo(204);
    assertThat(send(to("/hello").header("Cookie", cookie)).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("docs/start.md: the pom names the versions that this project uses")
  void thePomIsUpToDate() {
    assertThat(Pages.staleVersions(PAGE)).isEmpty();
  }
}

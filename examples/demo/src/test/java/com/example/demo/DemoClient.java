package com.example.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/** A client of a demo, wherever that runs. */
abstract class DemoClient implements AutoCloseable {
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  abstract int port();

  @Override
  public abstract void close();

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

  HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, new byte[0], headers);
  }

  HttpResponse<String> json(String path, String body, String... headers)
      throws IOException, InterruptedException {
    String[] type = {"Content-Type", "application/json"};
    String[] all =
        Stream.concat(Arrays.stream(type), Arrays.stream(headers)).toArray(String[]::new);
    return send("POST", path, body.getBytes(UTF_8), all);
  }

  HttpResponse<String> register(String username, String password, String... headers)
      throws IOException, InterruptedException {
    return json("/auth/register", credentials(username, password), headers);
  }

  HttpResponse<String> login(String username, String password, String... headers)
      throws IOException, InterruptedException {
    return json("/auth/login", credentials(username, password), headers);
  }

  /** Logs in, and gives the cookie as a client sends it back. */
  String loggedIn(String username, String password, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> login = login(username, password, headers);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    return RunningDemo.cookie(login);
  }

  private static String credentials(String username, String password) {
    Secrets.remember(password);
    return "{\"username\":"
        + RunningDemo.quote(username)
        + ",\"password\":"
        + RunningDemo.quote(password)
        + "}";
  }

  /** Logs in for a pair of tokens. */
  HttpResponse<String> pair(String username, String password)
      throws IOException, InterruptedException {
    HttpResponse<String> pair = json("/auth/jwt", credentials(username, password));
    assertThat(pair.statusCode()).as(pair.body()).isEqualTo(200);
    Secrets.remember(RunningDemo.field(pair.body(), "access_token"));
    Secrets.remember(RunningDemo.field(pair.body(), "refresh_token"));
    return pair;
  }

  HttpResponse<String> refresh(String token) throws IOException, InterruptedException {
    return json("/auth/jwt/refresh", "{\"refresh_token\":\"" + token + "\"}");
  }

  /** What the demo says to somebody who presents this. */
  int hello(String header, String value) throws IOException, InterruptedException {
    return get("/api/hello", header, value).statusCode();
  }
}

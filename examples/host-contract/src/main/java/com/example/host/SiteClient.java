package com.example.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A client of a site, wherever that runs. */
public abstract class SiteClient implements AutoCloseable {
  public static final String CHALLENGE = "Basic realm=\"api\", charset=\"UTF-8\"";
  public static final String SESSION_CHALLENGE = "Session realm=\"api\"";
  public static final String TOKEN_CHALLENGE = "Token realm=\"api\"";
  public static final String BEARER_CHALLENGE = "Bearer realm=\"api\"";
  public static final List<String> CHALLENGES =
      List.of(BEARER_CHALLENGE, TOKEN_CHALLENGE, SESSION_CHALLENGE, CHALLENGE);

  /** No browser opens a dialogue for these. */
  public static final List<String> LOGIN_CHALLENGES =
      List.of(
          BEARER_CHALLENGE,
          TOKEN_CHALLENGE,
          SESSION_CHALLENGE,
          "xBasic realm=\"api\", charset=\"UTF-8\"");

  private final Transport transport;

  /**
   * A client.
   *
   * @param transport how requests reach the host
   */
  protected SiteClient(Transport transport) {
    this.transport = transport;
  }

  /** {@return the port of the host on 127.0.0.1} */
  public abstract int port();

  @Override
  public abstract void close();

  /** Headers are names and values in turn. */
  public HttpResponse<String> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + port() + path);
    return transport.send(uri, method, body, headers);
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, new byte[0], headers);
  }

  public HttpResponse<String> post(String path, String... headers)
      throws IOException, InterruptedException {
    return send("POST", path, new byte[0], headers);
  }

  public HttpResponse<String> json(String path, String body, String... headers)
      throws IOException, InterruptedException {
    String[] type = {"Content-Type", "application/json"};
    String[] all =
        Stream.concat(Arrays.stream(type), Arrays.stream(headers)).toArray(String[]::new);
    return send("POST", path, body.getBytes(UTF_8), all);
  }

  /** Posts a form, without the header fields by which a browser says where it is from. */
  public HttpResponse<String> form(String path, Map<String, String> fields, String... headers)
      throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
            .collect(Collectors.joining("&"));
    String[] type = {"Content-Type", "application/x-www-form-urlencoded"};
    String[] all =
        Stream.concat(Arrays.stream(type), Arrays.stream(headers)).toArray(String[]::new);
    return send("POST", path, body.getBytes(UTF_8), all);
  }

  public HttpResponse<String> register(String username, String password, String... headers)
      throws IOException, InterruptedException {
    return json("/auth/register", credentials(username, password), headers);
  }

  public HttpResponse<String> login(String username, String password, String... headers)
      throws IOException, InterruptedException {
    return json("/auth/login", credentials(username, password), headers);
  }

  /** Logs in, and gives the cookie as a client sends it back. */
  public String loggedIn(String username, String password, String... headers)
      throws IOException, InterruptedException {
    HttpResponse<String> login = login(username, password, headers);
    assertThat(login.statusCode()).as(login.body()).isEqualTo(200);
    return cookie(login);
  }

  private static String credentials(String username, String password) {
    Secrets.remember(password);
    return "{\"username\":" + quote(username) + ",\"password\":" + quote(password) + "}";
  }

  /** Logs in for a pair of tokens. */
  public HttpResponse<String> pair(String username, String password)
      throws IOException, InterruptedException {
    HttpResponse<String> pair = json("/auth/jwt", credentials(username, password));
    assertThat(pair.statusCode()).as(pair.body()).isEqualTo(200);
    Secrets.remember(field(pair.body(), "access_token"));
    Secrets.remember(field(pair.body(), "refresh_token"));
    return pair;
  }

  public HttpResponse<String> refresh(String token) throws IOException, InterruptedException {
    return json("/auth/jwt/refresh", "{\"refresh_token\":\"" + token + "\"}");
  }

  /** What the site says to somebody who presents this. */
  public int hello(String header, String value) throws IOException, InterruptedException {
    return get("/api/hello", header, value).statusCode();
  }

  public static String basic(String username, String password) {
    Secrets.remember(password);
    return "Basic " + base64(username + ":" + password);
  }

  public static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }

  /** The one cookie that an answer sets, name and value. */
  public static String cookie(HttpResponse<String> response) {
    List<String> lines = response.headers().allValues("Set-Cookie");
    assertThat(lines).hasSize(1);
    String cookie = lines.get(0).substring(0, lines.get(0).indexOf(';'));
    Secrets.remember(cookie.substring(cookie.indexOf('=') + 1));
    return cookie;
  }

  /** The text of a field in JSON that has it once. */
  public static String field(String json, String name) {
    String begin = "\"" + name + "\":\"";
    assertThat(json).containsOnlyOnce(begin);
    int from = json.indexOf(begin) + begin.length();
    return json.substring(from, json.indexOf('"', from));
  }

  /** Everything but printable ASCII is escaped. */
  public static String quote(String text) {
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

  public static void assertProblem(HttpResponse<String> response, int status, String code) {
    assertProblem(response, status, code, status == 401 ? CHALLENGES : List.of());
  }

  public static void assertProblem(
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
}

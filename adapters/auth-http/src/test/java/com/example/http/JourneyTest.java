package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.Site.Order;
import com.example.http.Wire.Answer;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.http.JsonResponse;
import dev.sallyport.testkit.Secrets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one does with curl, over a real server that a proxy on this machine ends TLS for. */
class JourneyTest {
  private static final String ALICE = "{\"username\":\"alice\",\"password\":\"wonderland-1865\"}";
  private static final String JSON = "Content-Type: application/json";
  private static final String FORM = "Content-Type: application/x-www-form-urlencoded";

  @RegisterExtension final Wire wire = new Wire();

  private void open(Order order) {
    Site site = new Site(order);
    HttpServerAdapter adapter = HttpServerAdapter.of(site.guardBehind("127.0.0.0/8", "::1"));
    wire.route(site.endpoints.basePath(), adapter.endpoints(site.endpoints));
    wire.route(
        "/notes",
        adapter.protect(
            Permission.authenticated(),
            (exchange, who) -> {
              byte[] body = exchange.getRequestBody().readAllBytes();
              HttpServerAdapter.send(exchange, JsonResponse.of(200, Map.of("read", body.length)));
            }));
  }

  private Answer send(String method, String target, String body, String... headers)
      throws IOException {
    List<String> all = new ArrayList<>(Arrays.asList(headers));
    all.add("Host: own.example");
    all.add("X-Forwarded-Proto: https");
    return wire.send(method, target, body, all.toArray(String[]::new));
  }

  private static void assertCsrf(Answer answer) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"csrf\"");
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("HT register, login, read, write from own and other pages, logout, over the wire")
  void journey(Order order) throws IOException {
    open(order);
    assertThat(send("POST", "/auth/register", ALICE, JSON).status()).isEqualTo(201);
    Answer login = send("POST", "/auth/login", ALICE, JSON);
    assertThat(login.status()).isEqualTo(200);
    assertThat(login.values("Cache-Control")).containsExactly("no-store");
    assertThat(login.values("Set-Cookie")).hasSize(1);
    String line = login.values("Set-Cookie").get(0);
    assertThat(line)
        .matches("__Host-session=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly; SameSite=Lax");
    String cookie = "Cookie: " + line.substring(0, line.indexOf(';'));
    Secrets.remember(line.substring(line.indexOf('=') + 1, line.indexOf(';')));
    String token = new ObjectMapper().readTree(login.body()).path("csrf_token").textValue();
    Secrets.remember(token);

    assertThat(send("GET", "/notes", "").status()).isEqualTo(401);
    Answer notes = send("GET", "/notes", "", cookie);
    assertThat(notes.status()).isEqualTo(200);
    assertThat(notes.values("Cache-Control")).containsExactly("no-store");
    assertThat(send("GET", "/auth/me", "", cookie, "Sec-Fetch-Site: cross-site").body())
        .contains("\"username\":\"alice\"", "\"csrf_token\":\"" + token + "\"");

    writes(cookie, token);

    Answer logout = send("POST", "/auth/logout", "", cookie, "Sec-Fetch-Site: same-origin");
    assertThat(logout.status()).isEqualTo(204);
    assertThat(logout.values("Set-Cookie")).containsExactly(Answers.FORGET);
    assertThat(send("GET", "/notes", "", cookie).status()).isEqualTo(401);
    assertThat(send("GET", "/auth/me", "", cookie).status()).isEqualTo(401);
    assertThat(send("POST", "/auth/logout", "", cookie).status()).isEqualTo(204);
    assertThat(send("POST", "/auth/logout", "").status()).isEqualTo(204);
  }

  private void writes(String cookie, String token) throws IOException {
    for (String own :
        List.of(
            "Sec-Fetch-Site: same-origin",
            "Sec-Fetch-Site: none",
            "Origin: https://own.example",
            "X-CSRF-Token: " + token)) {
      Answer answer = send("POST", "/notes", "x".repeat(50_000), cookie, own);
      assertThat(answer.status()).as(own).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("{\"read\":50000}");
    }
    for (String foreign :
        List.of(
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site",
            "Origin: https://evil.example",
            "Origin: http://own.example",
            "Origin: null",
            "X-CSRF-Token: " + token.substring(1),
            "X-CSRF-Token: ",
            "X-Unrelated: x")) {
      assertCsrf(send("POST", "/notes", "x", cookie, foreign));
      assertCsrf(send("DELETE", "/notes", "", cookie, foreign));
      assertThat(send("GET", "/notes", "", cookie, foreign).status()).isEqualTo(200);
    }
    for (String foreign : List.of("Sec-Fetch-Site: cross-site", "Origin: null")) {
      assertCsrf(send("POST", "/notes", "x", cookie, foreign, "X-CSRF-Token: " + token));
      assertCsrf(send("POST", "/notes", "csrf_token=" + token, cookie, foreign, FORM));
      assertCsrf(send("POST", "/auth/logout", "", cookie, foreign));
    }
    String form = "csrf_token=" + token + "&text=" + "x".repeat(50_000);
    Answer answer = send("POST", "/notes", form, cookie, FORM);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"read\":" + form.length() + "}");
  }
}

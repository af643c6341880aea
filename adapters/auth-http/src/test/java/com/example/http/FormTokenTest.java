package com.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.Wire.Answer;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.HttpServerAdapter;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormTokenTest {
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final int LIMIT = 16 * 1024;

  @RegisterExtension final Wire wire = new Wire();

  private final Site site = new Site();
  private String cookie;
  private String token;

  /** A server whose route answers with the body that it has read. */
  @BeforeEach
  void open() {
    HttpServerAdapter adapter = HttpServerAdapter.of(site.guardBehind("127.0.0.1", "::1"));
    wire.route(site.endpoints.basePath(), adapter.endpoints(site.endpoints));
    wire.route(
        adapter.protect(
            Permission.anyone(),
            (exchange, who) -> {
              String body = new String(exchange.getRequestBody().readAllBytes(), ISO_8859_1);
              HttpServerAdapter.send(exchange, new AuthResponse(200, List.of(), body));
            }));
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    cookie = browser.cookie();
    token = Answers.json(browser.me()).path("csrf_token").textValue();
  }

  private Answer post(String target, String type, String body) throws IOException {
    return wire.send(
        "POST",
        target,
        body,
        "X-Forwarded-Proto: https",
        "Cookie: __Host-session=" + cookie,
        "Content-Type: " + type);
  }

  private void assertPasses(String type, String body) throws IOException {
    Answer answer = post("/", type, body);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(body);
  }

  private void assertRefused(String type, String body) throws IOException {
    Answer answer = post("/", type, body);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("\"code\":\"csrf\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "csrf_token=%s",
        "a=b&csrf_token=%s&c=d",
        "&&=&a&csrf_token=%s",
        "csrf%%5Ftoken=%s&csrf_token2=x",
        "a=%%zz&%%=x&csrf_token=%s",
        "a=%%C3%%A4&b=\u00e4\u0000\r\n&csrf_token=%s"
      })
  @DisplayName("SE-5 csrf_token in a form passes, and the handler still reads the whole body")
  void passes(String form) throws IOException {
    assertPasses(FORM, form.formatted(token));
    assertPasses("Application/X-WWW-Form-Urlencoded ; charset=utf-8", form.formatted(token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a=b",
        "csrf_token=",
        "csrf_token",
        "csrf_token=%s&csrf_token=%s",
        "csrf_token=x&csrf_token=%s",
        "csrf_token=%s+",
        "csrf_token=x%s",
        "CSRF_TOKEN=%s",
        "csrf_token;a=b;csrf_token=%s",
        "a=csrf_token=%s",
        "a=b\ncsrf_token=%s",
        "csrf_token=%%zz%s"
      })
  @DisplayName(
      "SE-5 a form without the field, or with it twice or wrong, is 403 on a public route too")
  void refused(String form) throws IOException {
    assertRefused(FORM, form.formatted(token, token));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencodedx",
        "application/x-www-form-urlencoded, text/plain"
      })
  @DisplayName("SE-5 a body of another type is no form")
  void otherTypes(String type) throws IOException {
    assertRefused(type, "csrf_token=" + token);
  }

  @Test
  @DisplayName("SE-5 the field is looked for in the first 16 KiB, and all of a longer body is read")
  void sizes() throws IOException {
    String field = "&csrf_token=" + token;
    assertPasses(FORM, "a".repeat(LIMIT - field.length()) + field);
    assertPasses(FORM, "csrf_token=" + token + "&a=" + "x".repeat(200_000));
    assertRefused(FORM, "a".repeat(LIMIT - field.length() + 1) + field);
    assertRefused(FORM, "a".repeat(LIMIT) + field);
  }

  @Test
  @DisplayName("SE-5 no body is looked at where the header or Sec-Fetch-Site is there")
  void notLookedAt() throws IOException {
    String body = "csrf_token=" + token;
    String secure = "X-Forwarded-Proto: https";
    String session = "Cookie: __Host-session=" + cookie;
    String form = "Content-Type: " + FORM;
    assertThat(wire.send("POST", "/", body, secure, session, form, "X-CSRF-Token: wrong").status())
        .isEqualTo(403);
    assertThat(
            wire.send("POST", "/", body, secure, session, form, "Sec-Fetch-Site: same-origin")
                .body())
        .isEqualTo(body);
  }

  @Test
  @DisplayName("SE-5 a form can log out; a connection goes on behind bodies that were looked at")
  void logsOut() throws IOException {
    String head =
        " HTTP/1.1\r\nHost: a\r\nX-Forwarded-Proto: https\r\nContent-Type: "
            + FORM
            + "\r\nCookie: __Host-session="
            + cookie
            + "\r\nContent-Length: ";
    String body = "csrf_token=" + token;
    String answers =
        wire.raw(
            "POST /x" + head + "3\r\n\r\na=b",
            "POST /x" + head + body.length() + "\r\n\r\n" + body,
            "POST /auth/logout" + head + body.length() + "\r\n\r\n" + body,
            "GET /auth/me" + head + "0\r\nConnection: close\r\n\r\n");
    assertThat(Pattern.compile("HTTP/1\\.1 ([0-9]{3}) ").matcher(answers).results())
        .extracting(match -> match.group(1))
        .containsExactly("403", "200", "204", "401");
  }

  @Test
  @DisplayName("HT an endpoint that takes JSON sees the body of a form: 415, and nothing has ended")
  void noJson() throws IOException {
    String body = "csrf_token=" + token;
    assertThat(post("/auth/logout-all", FORM, body).status()).isEqualTo(415);
    assertThat(post("/auth/password", FORM, body).status()).isEqualTo(415);
    assertThat(site.browser().plant(cookie).me().status()).isEqualTo(200);
  }
}

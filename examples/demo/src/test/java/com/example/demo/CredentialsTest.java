package com.example.demo;

import static com.example.demo.RunningDemo.base64;
import static com.example.demo.RunningDemo.basic;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String GOOD = base64("alice:" + PASSWORD);
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", PASSWORD).statusCode()).isEqualTo(201);
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  private static String latin1(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(ISO_8859_1));
  }

  static Stream<String> malformed() {
    return Stream.of(
            "",
            " ",
            " " + GOOD + " " + GOOD,
            " " + GOOD + " x",
            " =",
            " !!!!",
            " " + GOOD + "!",
            " " + GOOD + "=",
            " " + GOOD + "====",
            " " + GOOD.substring(0, 10) + " " + GOOD.substring(10),
            " " + GOOD.substring(0, 10) + "-" + GOOD.substring(11),
            " " + GOOD.substring(0, 10) + "_" + GOOD.substring(11),
            " " + GOOD + ",",
            " \"" + GOOD + "\"",
            // The same bytes as YWxpY2U6eA==, but without padding, or with unused bits set.
            " YWxpY2U6eA",
            " YWxpY2U6eA=",
            " YWxpY2U6eB==",
            " YWxpY2U6eP==",
            " " + base64("alice"),
            " " + base64(":" + PASSWORD),
            " " + base64("alice:"),
            " " + base64(":"),
            " " + base64("alice:a\0b"),
            " " + base64("alice:" + PASSWORD + "\n"),
            " " + base64("al\rice:" + PASSWORD),
            " " + base64("alice\u007F:" + PASSWORD),
            " " + latin1("m\u00FCller:" + PASSWORD),
            " " + latin1("alice:\u00C3("),
            " " + latin1("alice:\u00C0\u00AF"),
            " " + latin1("alice:\u00ED\u00A0\u0080"),
            " " + "A".repeat(8 * 1024))
        .map(rest -> "Basic" + rest);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("malformed")
  @DisplayName("BA-1 BA-2 BA-3 BA-4 malformed credentials are 401, on the public route as well")
  void malformed(String authorization) throws Exception {
    for (String path : new String[] {"/api/hello", "/api/public"}) {
      String answer = demo.rawGet(path, "Authorization: " + authorization);
      assertThat(answer).startsWith("HTTP/1.1 401 ").contains("\"code\":\"malformed_credentials\"");
      assertThat(answer.lines())
          .contains(
              "Www-authenticate: " + RunningDemo.BEARER_CHALLENGE,
              "Www-authenticate: " + RunningDemo.TOKEN_CHALLENGE,
              "Www-authenticate: " + RunningDemo.CHALLENGE,
              "Www-authenticate: " + RunningDemo.SESSION_CHALLENGE,
              "Cache-control: no-store");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/hello", "/api/public"})
  @DisplayName("CH-5 two sets of credentials are 401, good ones twice as well")
  void two(String path) throws Exception {
    String good = "Authorization: Basic " + GOOD;
    for (String[] lines :
        new String[][] {
          {good, good},
          {good, "authorization: Digest x"},
          {"AUTHORIZATION: Digest x", "Authorization: Digest y"},
          {good + ", Basic " + GOOD},
          {good + ",Basic " + GOOD}
        }) {
      assertThat(demo.rawGet(path, lines))
          .startsWith("HTTP/1.1 401 ")
          .contains("\"code\":\"malformed_credentials\"")
          .contains("\r\nWww-authenticate: " + RunningDemo.CHALLENGE + "\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Basic ", "basic ", "BASIC ", "bAsIc ", "Basic   "})
  @DisplayName("BA-1 the scheme is Basic in any letter case, with one or more spaces behind it")
  void scheme(String scheme) throws Exception {
    assertThat(demo.rawGet("/api/hello", "Authorization: " + scheme + GOOD))
        .startsWith("HTTP/1.1 200 ");
  }

  @Test
  @DisplayName(
      "GU-3 wrong password and unknown user get the same answer, byte for byte but for Date")
  void sameAnswer() throws Exception {
    String wrong = demo.rawGet("/api/hello", "Authorization: " + basic("alice", "wrong-password"));
    assertThat(wrong).startsWith("HTTP/1.1 401 ").contains("\"code\":\"invalid_credentials\"");
    for (String authorization :
        new String[] {
          basic("nobody", PASSWORD),
          basic("y".repeat(151), PASSWORD),
          basic("alice", "z".repeat(73)),
          basic("alice", PASSWORD + " ")
        }) {
      assertThat(demo.rawGet("/api/hello", "Authorization: " + authorization)).isEqualTo(wrong);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "müller|grün:blau:rot",
        "Пользователь|пароль::пароль",
        "李小龍|四四四四四四四四:",
        "محمد|كلمة المرور الطويلة",
        "दिव्या|पासवर्ड पासवर्ड",
        "\uD83E\uDD8A|\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31\uD83D\uDC31",
        "carol@example.org|éééééééééééééééééééééééééééééééééééé"
      })
  @DisplayName("BA-2 BA-3 usernames and passwords in any language, and passwords with colons")
  void anyLanguage(String username, String password) throws Exception {
    HttpResponse<String> registered = demo.register(username, password);
    assertThat(registered.statusCode()).as(registered.body()).isEqualTo(201);
    HttpResponse<String> response =
        demo.get("/api/hello", "Authorization", basic(username, password));
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"hello\":\"" + username + "\",\"scheme\":\"basic\"}");
    assertThat(password.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(72);
  }

  @Test
  @DisplayName("BA-2 spaces around a password belong to it")
  void spaces() throws Exception {
    assertThat(demo.register("dave", "  spaces around  ").statusCode()).isEqualTo(201);
    assertThat(demo.get("/api/hello", "Authorization", basic("dave", "  spaces around  ")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(200);
    assertThat(demo.get("/api/hello", "Authorization", basic("dave", "spaces around")))
        .extracting(HttpResponse::statusCode)
        .isEqualTo(401);
  }
}

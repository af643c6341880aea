package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String GOOD = "{\"username\":\"mallory\",\"password\":\"" + PASSWORD + "\"}";
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @Test
  @DisplayName("HT register is 201, the same name again is 409, also in other letter case")
  void registers() throws Exception {
    HttpResponse<String> response = demo.register("Alice", PASSWORD);
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body()).matches("\\{\"id\":\"[0-9a-f-]{36}\",\"username\":\"Alice\"}");
    assertThat(response.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    for (String again : new String[] {"Alice", "alice", "ALICE", "aLiCe", "\uFF21lice"}) {
      assertProblem(demo.register(again, "another-password"), 409, "username_taken");
    }
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        Arguments.of("bob", "short", "password too_short"),
        Arguments.of("bob", "", "password too_short"),
        Arguments.of("bob", "z".repeat(257), "password too_long"),
        Arguments.of("bob", "with\0nul-in-it", "password invalid_character"),
        Arguments.of("bob", "sunshine", "password too_common"),
        Arguments.of("bob", "SunShine", "password too_common"),
        Arguments.of("bobbobbob", "BobBobBob", "password same_as_username"),
        Arguments.of("", PASSWORD, "username required"),
        Arguments.of("bob\n", PASSWORD, "username invalid_character"),
        Arguments.of("b\0b", PASSWORD, "username invalid_character"),
        Arguments.of("b\u0085b", PASSWORD, "username invalid_character"),
        Arguments.of("y".repeat(151), PASSWORD, "username too_long"),
        Arguments.of("\uFB03".repeat(51), PASSWORD, "username too_long"),
        Arguments.of("b:b", PASSWORD, "username colon"));
  }

  @ParameterizedTest(name = "{2}, {index}")
  @MethodSource("faults")
  @DisplayName("PW-5 AC-3 a password or a username that is not allowed is 400 with a code")
  void fault(String username, String password, String expected) throws Exception {
    HttpResponse<String> response = demo.register(username, password);
    assertProblem(response, 400, "invalid_request");
    String[] fault = expected.split(" ", -1);
    assertThat(response.body())
        .contains("{\"field\":\"" + fault[0] + "\",\"code\":\"" + fault[1] + "\",\"detail\":\"");
    assertThat(response.body().split("\"field\":", -1)).as(response.body()).hasSize(2);
    if (password.length() > 8) {
      assertThat(response.body()).doesNotContain(password);
    }
  }

  @Test
  @DisplayName("PW-5 all faults of username and password are told together")
  void allFaults() throws Exception {
    assertThat(demo.register("a:" + "b".repeat(150), "1234").body())
        .contains(
            "\"errors\":[{\"field\":\"username\",\"code\":\"too_long\"",
            "{\"field\":\"username\",\"code\":\"colon\"",
            "{\"field\":\"password\",\"code\":\"too_short\"");
    assertThat(demo.json("/auth/register", "{\"username\":7}").body())
        .contains(
            "\"errors\":[{\"field\":\"username\",\"code\":\"wrong_type\"",
            "{\"field\":\"password\",\"code\":\"required\"");
  }

  @Test
  @DisplayName(
      "AC-3 names of 1 and 150 characters are taken, PW-1 and passwords of 72 bytes and of 256 letters")
  void limits() throws Exception {
    assertThat(demo.register("y".repeat(150), "z".repeat(72)).statusCode()).isEqualTo(201);
    assertThat(demo.register("z", "é".repeat(36)).statusCode()).isEqualTo(201);
    assertThat(demo.register("x", "ж".repeat(256)).statusCode()).isEqualTo(201);
  }

  static Stream<byte[]> broken() {
    return Stream.of(
        "".getBytes(UTF_8),
        "{".getBytes(UTF_8),
        GOOD.substring(0, GOOD.length() - 1).getBytes(UTF_8),
        "{\"username\":\"mallory\",}".getBytes(UTF_8),
        GOOD.replace('"', '\'').getBytes(UTF_8),
        ("{\"username\":\"eve\"," + GOOD.substring(1)).getBytes(UTF_8),
        ("{\"user\\u006eame\":\"eve\"," + GOOD.substring(1)).getBytes(UTF_8),
        ("{\"x\":{\"y\":1,\"y\":2}," + GOOD.substring(1)).getBytes(UTF_8),
        ("[" + GOOD + "]").getBytes(UTF_8),
        "[]".getBytes(UTF_8),
        "null".getBytes(UTF_8),
        "\"mallory\"".getBytes(UTF_8),
        GOOD.getBytes(UTF_16),
        GOOD.getBytes(UTF_16LE),
        ("\uFEFF" + GOOD).getBytes(UTF_8),
        GOOD.replace("mallory", "m\u00FCller").getBytes(ISO_8859_1),
        GOOD.replace("mallory", "\u00C0\u00AF").getBytes(ISO_8859_1),
        GOOD.replace("mallory", "\\ud800").getBytes(UTF_8),
        (GOOD + "x").getBytes(UTF_8),
        (GOOD + GOOD).getBytes(UTF_8),
        (GOOD + "\0").getBytes(UTF_8),
        ("{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}").getBytes(UTF_8));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("broken")
  @DisplayName("HT broken JSON of any kind is 400 malformed_json")
  void brokenJson(byte[] body) throws Exception {
    assertProblem(
        demo.send("POST", "/auth/register", body, "Content-Type", "application/json"),
        400,
        "malformed_json");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "null", "true", "[\"mallory\"]", "{}"})
  @DisplayName("HT a wrong JSON type is 400 wrong_type")
  void wrongType(String value) throws Exception {
    HttpResponse<String> response = demo.json("/auth/register", GOOD.replace("\"mallory\"", value));
    assertProblem(response, 400, "invalid_request");
    assertThat(response.body())
        .contains("\"errors\":[{\"field\":\"username\",\"code\":\"wrong_type\"");
  }

  @Test
  @DisplayName("HT a body of 16 KiB is taken, one byte more is 413, and so are 17 KiB")
  void size() throws Exception {
    String most = "{}" + " ".repeat(16 * 1024 - 2);
    assertProblem(demo.json("/auth/register", most), 400, "invalid_request");
    assertProblem(demo.json("/auth/register", most + " "), 413, "content_too_large");
    assertProblem(demo.json("/auth/register", "x".repeat(17 * 1024)), 413, "content_too_large");
    assertProblem(demo.json("/auth/register", "x".repeat(64 * 1024)), 413, "content_too_large");
  }

  @Test
  @DisplayName("HT a form is 415, and so is a body without a type")
  void mediaType() throws Exception {
    byte[] form = ("username=mallory&password=" + PASSWORD).getBytes(UTF_8);
    assertProblem(
        demo.send(
            "POST", "/auth/register", form, "Content-Type", "application/x-www-form-urlencoded"),
        415,
        "unsupported_media_type");
    assertProblem(
        demo.send("POST", "/auth/register", GOOD.getBytes(UTF_8)), 415, "unsupported_media_type");
    assertProblem(
        demo.send(
            "POST",
            "/auth/register",
            GOOD.getBytes(UTF_8),
            "Content-Type",
            "application/json; charset=iso-8859-1"),
        415,
        "unsupported_media_type");
  }

  @Test
  @DisplayName("HT GET is 405 with Allow")
  void get() throws Exception {
    HttpResponse<String> response = demo.get("/auth/register");
    assertProblem(response, 405, "method_not_allowed");
    assertThat(response.headers().allValues("Allow")).containsExactly("POST");
  }
}

package com.example.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.JsonBody;
import dev.sallyport.http.RefusedRequestException;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
  private static final int LIMIT = 16 * 1024;

  private static JsonBody read(byte[] body) throws Exception {
    return JsonBody.read(
        TestRequest.post("/").header("Content-Type", "application/json").build(),
        new ByteArrayInputStream(body));
  }

  private static JsonBody read(String body) throws Exception {
    return read(body.getBytes(UTF_8));
  }

  private static AuthResponse refusal(TestRequest request, byte[] body) {
    RefusedRequestException refused =
        catchThrowableOfType(
            RefusedRequestException.class,
            () -> JsonBody.read(request.build(), new ByteArrayInputStream(body)));
    assertThat(refused).as("the refusal").isNotNull();
    assertThat(refused).hasNoCause();
    return refused.response();
  }

  private static AuthResponse refusal(byte[] body) {
    return refusal(TestRequest.post("/").header("Content-Type", "application/json"), body);
  }

  static Stream<byte[]> broken() {
    Stream<String> texts =
        Stream.of(
            "",
            " ",
            "null",
            "1",
            "\"text\"",
            "[]",
            "[{}]",
            "{",
            "}",
            "{}}",
            "{} {}",
            "{}x",
            "{}\0",
            "{},",
            "{\"a\":1,}",
            "{\"a\" 1}",
            "{a:1}",
            "{'a':1}",
            "{\"a\":01}",
            "{\"a\":+1}",
            "{\"a\":.5}",
            "{\"a\":1.}",
            "{\"a\":0x1}",
            "{\"a\":NaN}",
            "{\"a\":Infinity}",
            "{\"a\":True}",
            "{\"a\":\"\n\"}",
            "{\"a\":\"\t\"}",
            "{\"a\":\"\0\"}",
            "{\"a\":\"\\x\"}",
            "{\"a\":\"\\u12\"}",
            "{\"a\":\"\\ud800\"}",
            "{\"a\":\"\\udc00\\ud800\"}",
            "{\"\\ud800\":1}",
            "{\"a\":[{\"b\":[\"\\udfff\"]}]}",
            "{\"a\":1,\"a\":1}",
            "{\"a\":1,\"\\u0061\":2}",
            "{\"a\":{\"b\":1,\"b\":2}}",
            "{\"a\":[{\"b\":1,\"b\":2}]}",
            "{/**/}",
            "{}//",
            "{}#",
            "\uFEFF{}",
            "{\uFEFF}",
            "\u00A0{}",
            "{\"a\":" + "1".repeat(65) + "}",
            "{\"b\":1e400}",
            "{\"a\":" + "[".repeat(16) + "]".repeat(16) + "}",
            "{\"a\":".repeat(17) + "1" + "}".repeat(17));
    Stream<byte[]> bytes =
        Stream.of(
            "{}".getBytes(UTF_16BE),
            "{}".getBytes(UTF_16LE),
            "\uFEFF{}".getBytes(UTF_16BE),
            new byte[] {0, 0, 0, '{', 0, 0, 0, '}'},
            "{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1),
            "{\"a\":\"\u00c0\u00af\"}".getBytes(ISO_8859_1),
            "{\"a\":\"\u00ed\u00a0\u0080\"}".getBytes(ISO_8859_1),
            "{\"a\":\"\u00f4\u0090\u0080\u0080\"}".getBytes(ISO_8859_1),
            "{\"a\":\"\u00e2\u0082\"}".getBytes(ISO_8859_1),
            "{}\u0080".getBytes(ISO_8859_1));
    return Stream.concat(texts.map(text -> text.getBytes(UTF_8)), bytes);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("broken")
  @DisplayName("HT whatever is not one JSON object in strict UTF-8 is 400 malformed_json")
  void malformed(byte[] body) {
    AuthResponse response = refusal(body);
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"code\":\"malformed_json\",\"detail\":\"The body must be a single JSON object in"
                + " UTF-8, without duplicate names.\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"x\"}",
        " \t\r\n{ \"a\" : \"x\" }\n",
        "{\"b\":{\"a\":1},\"a\":\"x\",\"c\":[1e300,-0,1.5E-3,true,null]}",
        "{\"\\u0061\":\"\\u0078\"}",
        "{\"A\":1,\"a\":\"x\"}",
        "{\"a\":\"x\",\"d\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}"
      })
  @DisplayName("HT any JSON object is taken, and fields that nobody asks for are ignored")
  void wellFormed(String body) throws Exception {
    assertThat(read(body).text("a")).isEqualTo("x");
  }

  @Test
  @DisplayName("HT text is kept as it is: any language, pairs of surrogates, NUL, spaces")
  void keepsText() throws Exception {
    assertThat(read("{\"a\":\" пароль 密码 \uD83E\uDD8A\\ud83e\\udd8a\\u0000 \"}").text("a"))
        .isEqualTo(" пароль 密码 \uD83E\uDD8A\uD83E\uDD8A\0 ");
    assertThat(read("{\"a\":\"\"}").text("a")).isEmpty();
  }

  @Test
  @DisplayName("HT 16 KiB are taken, one byte more is 413")
  void size() throws Exception {
    String frame = "{\"a\":\"\"}";
    String most = "{\"a\":\"" + "x".repeat(LIMIT - frame.length()) + "\"}";
    assertThat(most.getBytes(UTF_8)).hasSize(LIMIT);
    assertThat(read(most).text("a")).hasSize(LIMIT - frame.length());
    assertThat(read("{\"a\":\"x\"}" + " ".repeat(LIMIT - 9)).text("a")).isEqualTo("x");

    for (String tooLong : new String[] {most + " ", "x".repeat(LIMIT + 1)}) {
      AuthResponse response = refusal(tooLong.getBytes(UTF_8));
      assertThat(response.status()).isEqualTo(413);
      assertThat(response.body()).contains("\"code\":\"content_too_large\"");
    }
  }

  @Test
  @DisplayName("HT of a body without end it reads one byte more than the limit")
  void boundedRead() {
    byte[] endless = new byte[10 * LIMIT];
    ByteArrayInputStream in = new ByteArrayInputStream(endless);
    assertThatThrownBy(
            () ->
                JsonBody.read(
                    TestRequest.post("/").header("Content-Type", "application/json").build(), in))
        .isInstanceOf(RefusedRequestException.class);
    assertThat(in.available()).isEqualTo(endless.length - LIMIT - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=UTF-8",
        "application/json ; charset=\"utf-8\" ",
        "application/json;"
      })
  @DisplayName("HT application/json is taken, with no parameter but charset=utf-8")
  void mediaType(String type) throws Exception {
    assertThat(
            JsonBody.read(
                    TestRequest.post("/").header("Content-Type", type).build(),
                    new ByteArrayInputStream("{\"a\":\"x\"}".getBytes(UTF_8)))
                .text("a"))
        .isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        "text/json",
        "application/jsonp",
        "application/json5",
        "application/problem+json",
        "application/merge-patch+json",
        "xapplication/json",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/json; charset=utf-8; charset=utf-16",
        "application/json; version=1",
        "applicat\u0131on/json",
        "application/j\u017Fon"
      })
  @DisplayName("HT another media type is 415")
  void otherMediaType(String type) {
    AuthResponse response =
        refusal(TestRequest.post("/").header("Content-Type", type), "{}".getBytes(UTF_8));
    assertThat(response.status()).isEqualTo(415);
    assertThat(response.body()).contains("\"code\":\"unsupported_media_type\"");
  }

  @Test
  @DisplayName(
      "HT no Content-Type, two of them, or a compressed body: 415, also where it is too long")
  void noMediaType() {
    byte[] tooLong = new byte[LIMIT + 1];
    assertThat(refusal(TestRequest.post("/"), tooLong).status()).isEqualTo(415);
    assertThat(
            refusal(
                    TestRequest.post("/")
                        .header("Content-Type", "application/json")
                        .header("Content-Type", "application/json"),
                    tooLong)
                .status())
        .isEqualTo(415);
    assertThat(
            refusal(
                    TestRequest.post("/")
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip"),
                    tooLong)
                .status())
        .isEqualTo(415);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.5", "true", "null", "[]", "[\"x\"]", "{}", "{\"a\":\"x\"}"})
  @DisplayName("HT a field of another type than text is 400 wrong_type, never converted")
  void wrongType(String value) throws Exception {
    JsonBody body = read("{\"a\":" + value + "}");
    RefusedRequestException refused =
        catchThrowableOfType(RefusedRequestException.class, () -> body.text("a"));
    assertThat(refused.response().status()).isEqualTo(400);
    assertThat(refused.response().body())
        .endsWith(
            "\"code\":\"invalid_request\",\"detail\":\"Some fields are missing or not valid.\","
                + "\"errors\":[{\"field\":\"a\",\"code\":\"wrong_type\","
                + "\"detail\":\"The field must be a string.\"}]}");
  }

  @Test
  @DisplayName("HT a missing field is 400 required")
  void missing() throws Exception {
    JsonBody body = read("{\"A\":\"x\"}");
    RefusedRequestException refused =
        catchThrowableOfType(RefusedRequestException.class, () -> body.text("a"));
    assertThat(refused.response().status()).isEqualTo(400);
    assertThat(refused.response().body())
        .contains("\"errors\":[{\"field\":\"a\",\"code\":\"required\"");
  }

  @Test
  @DisplayName("PW-6 neither the body nor a refusal shows what was sent")
  void hidesItself() throws Exception {
    assertThat(read("{\"password\":\"wonderland-1865\"}")).hasToString("JsonBody[hidden]");
    RefusedRequestException refused =
        catchThrowableOfType(
            RefusedRequestException.class, () -> read("{\"password\":\"wonderland-1865\",}"));
    assertThat(refused).hasMessage("Refused with status 400").hasNoCause();
    assertThat(refused.response().body()).doesNotContain("wonderland");
  }
}

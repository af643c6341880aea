package com.example.guard;

import static com.example.guard.Users.BASIC;
import static com.example.guard.Users.BEARER;
import static com.example.guard.Users.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.Fault;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Problem bodies of RFC 9457. */
class ProblemTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  @ParameterizedTest
  @CsvSource({
    "400,Bad Request",
    "401,Unauthorized",
    "403,Forbidden",
    "404,Not Found",
    "405,Method Not Allowed",
    "409,Conflict",
    "413,Content Too Large",
    "415,Unsupported Media Type",
    "429,Too Many Requests",
    "500,Internal Server Error",
    "503,Service Unavailable",
  })
  @DisplayName("GU-3 type, title, status, code and detail, titled as in RFC 9110")
  void members(int status, String title) {
    AuthResponse response = Problem.of(status, "a_code", "A sentence.").toResponse();
    assertThat(response.status()).isEqualTo(status);
    assertThat(response.body())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%s,\"code\":\"a_code\",\"detail\":\"A sentence.\"}"
                .formatted(title, Integer.toString(status)));
    assertThat(lines(response))
        .containsExactly("Content-Type: application/problem+json", "Cache-Control: no-store");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 302, 402, 418, 502, -1})
  @DisplayName("GU-3 a status that the library never answers is refused")
  void otherStatus(int status) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Problem.of(status, "a", "b"))
        .withMessage("No problem of status " + status);
  }

  @Test
  @DisplayName("GU-3 several faults stand in errors, in their order")
  void faults() throws IOException {
    List<Fault> faults = new ArrayList<>();
    faults.add(new Fault("username", "taken", "Taken."));
    faults.add(new Fault("password", "too_short", "Too short."));
    Problem problem = Problem.of(400, "invalid", "Two faults.").withFaults(faults);
    faults.clear();
    JsonNode errors = JSON.readTree(problem.toResponse().bytes()).get("errors");
    assertThat(errors)
        .hasToString(
            "[{\"field\":\"username\",\"code\":\"taken\",\"detail\":\"Taken.\"},"
                + "{\"field\":\"password\",\"code\":\"too_short\",\"detail\":\"Too short.\"}]");
    assertThat(Problem.of(400, "a", "b").withFaults(List.of()).toResponse().body())
        .doesNotContain("errors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\\",
        "\\\"",
        "\",\"code\":\"forged\",\"x\":\"",
        "a\r\nb\tc\bd\fe",
        "\0\u0001\u001F",
        "\u007F\u0080\u2028\u2029\uFEFF",
        "</script>",
        "\u00E9\u0131\u212A",
        "\uD83E\uDD8A fox",
        "{}[]:,",
      })
  @DisplayName("GU-3 hostile text is read back as it was")
  void hostile(String text) throws IOException {
    AuthResponse response =
        Problem.of(400, text, text).withFaults(List.of(new Fault(text, text, text))).toResponse();
    JsonNode read = JSON.readTree(response.bytes());
    assertThat(read.size()).isEqualTo(6);
    for (JsonNode holder : List.of(read, read.get("errors").get(0))) {
      assertThat(holder.get("code").textValue()).isEqualTo(text);
      assertThat(holder.get("detail").textValue()).isEqualTo(text);
    }
    assertThat(read.get("errors").get(0).get("field").textValue()).isEqualTo(text);
    assertThat(response.body().chars()).allMatch(c -> c >= ' ');
  }

  @Test
  @DisplayName("GU-3 every character is read back as it was, in any locale")
  void everyCharacter() throws JsonProcessingException {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      StringBuilder all = new StringBuilder();
      for (char c = 0; c < '\u0300'; c++) {
        all.append(c);
      }
      all.append('\uD7FF').append('\uE000').append('\uFFFF');
      String body = Problem.of(400, "a", all.toString()).toResponse().body();
      assertThat(JSON.readTree(body).get("detail").textValue()).isEqualTo(all.toString());
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "\uDC00", "a\uD83Eb", "\uDD8A\uD83E"})
  @DisplayName("GU-3 an unpaired surrogate survives UTF-8, since it is escaped")
  void loneSurrogates(String text) throws IOException {
    AuthResponse response = Problem.of(400, "a", text).toResponse();
    assertThat(response.body()).isASCII();
    assertThat(JSON.readTree(response.body()).get("detail").textValue()).isEqualTo(text);
    assertThat(new String(response.bytes(), StandardCharsets.UTF_8)).isEqualTo(response.body());
  }

  @Test
  @DisplayName("CH-7, row 6 each challenge has a line of its own, in order, behind the rest")
  void headers() {
    Problem plain = Problem.of(401, "a", "b");
    AuthResponse response =
        plain
            .withHeader("Allow", "GET")
            .withChallenges(List.of(BEARER, BASIC))
            .withHeader("X-Last", "1")
            .toResponse();
    assertThat(lines(response))
        .containsExactly(
            "Content-Type: application/problem+json",
            "Cache-Control: no-store",
            "Allow: GET",
            "X-Last: 1",
            "WWW-Authenticate: Bearer realm=\"api\"",
            "WWW-Authenticate: Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(response.header("WWW-Authenticate")).contains("Bearer realm=\"api\"");
    assertThat(response.header("X-Absent")).isEmpty();
    assertThat(response.headers()).isUnmodifiable();
    assertThat(lines(plain.toResponse())).as("the former is as it was").hasSize(2);
  }

  @Test
  @DisplayName("PW-6 toString of a response shows its status only")
  void shown() {
    assertThat(new AuthResponse(200, List.of(), "{\"token\":\"s3cretvalue\"}"))
        .hasToString("AuthResponse[200]");
  }

  @Test
  @DisplayName("GU-3 null is refused where it is given")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> Problem.of(400, null, "b"));
    assertThatNullPointerException().isThrownBy(() -> Problem.of(400, "a", null));
    Problem problem = Problem.of(400, "a", "b");
    assertThatNullPointerException().isThrownBy(() -> problem.withFaults(null));
    assertThatNullPointerException().isThrownBy(() -> problem.withHeader(null, "v"));
    assertThatNullPointerException().isThrownBy(() -> problem.withHeader("n", null));
    assertThatNullPointerException().isThrownBy(() -> new AuthResponse(200, null, ""));
    assertThatNullPointerException().isThrownBy(() -> new AuthResponse(200, List.of(), null));
  }
}

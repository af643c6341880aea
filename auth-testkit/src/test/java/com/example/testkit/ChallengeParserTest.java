package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.testkit.ChallengeParser;
import dev.sallyport.testkit.ChallengeParser.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The reader of challenges: strict, so that a header it accepts is one. */
class ChallengeParserTest {
  private static List<Parsed> parse(String... lines) {
    return ChallengeParser.parse(List.of(lines));
  }

  @TestFactory
  @DisplayName("CH-7, row 5 the vectors: what is valid is read as listed, what is not is refused")
  List<DynamicTest> vectors() throws IOException {
    String folder = System.getProperty("vectors.dir");
    assumeTrue(folder != null, "skipped: -Dvectors.dir=… does not say where the vectors are");
    JsonNode cases =
        new ObjectMapper()
            .readTree(Path.of(folder, "http-auth", "http_auth.json").toFile())
            .get("challenges");
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode one : cases) {
      tests.add(dynamicTest(one.get("id").textValue(), () -> check(one)));
    }
    assertThat(tests).hasSize(36);
    return tests;
  }

  private static void check(JsonNode one) {
    List<String> lines = new ArrayList<>();
    one.get("www_authenticate").forEach(line -> lines.add(line.textValue()));
    if (one.get("result").textValue().equals("invalid")) {
      assertThatIllegalArgumentException().isThrownBy(() -> ChallengeParser.parse(lines));
      return;
    }
    List<Parsed> expected = new ArrayList<>();
    for (JsonNode challenge : one.get("challenges")) {
      Map<String, String> parameters = new LinkedHashMap<>();
      challenge
          .path("params")
          .properties()
          .forEach(field -> parameters.put(field.getKey(), field.getValue().textValue()));
      expected.add(
          new Parsed(
              challenge.get("scheme").textValue(),
              challenge.path("token68").textValue(),
              parameters));
    }
    assertThat(ChallengeParser.parse(lines).stream().map(ChallengeParserTest::lowered))
        .containsExactlyElementsOf(expected);
  }

  private static Parsed lowered(Parsed read) {
    return new Parsed(read.scheme().toLowerCase(Locale.ROOT), read.token68(), read.parameters());
  }

  @Test
  @DisplayName("CH-7 schemes stay as written, names are lowered, parameters keep their order")
  void reads() {
    assertThat(parse("BEARER Realm=\"a\", B=c, a=\"\"", "Basic realm=x"))
        .containsExactly(
            new Parsed("BEARER", null, Map.of("realm", "a", "b", "c", "a", "")),
            new Parsed("Basic", null, Map.of("realm", "x")));
    assertThat(parse("A z=1, y=2, x=3").get(0).parameters())
        .containsExactly(Map.entry("z", "1"), Map.entry("y", "2"), Map.entry("x", "3"))
        .isUnmodifiable();
  }

  @Test
  @DisplayName("CH-7 a token68 stands in place of parameters")
  void token68() {
    assertThat(parse("A abc==, B a/b+c-d._~, C a="))
        .containsExactly(
            new Parsed("A", "abc==", Map.of()),
            new Parsed("B", "a/b+c-d._~", Map.of()),
            new Parsed("C", "a=", Map.of()));
  }

  @Test
  @DisplayName("CH-7 escapes are taken off, once")
  void unquotes() {
    assertThat(parse("A r=\"\\\\\\\"\\a\\\\\"").get(0).parameters()).containsEntry("r", "\\\"a\\");
    assertThat(parse("A r=\"\t\u00FF\\\u00E9$1\"").get(0).parameters())
        .containsEntry("r", "\t\u00FF\u00E9$1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ",,",
        "Basic",
        "Basic abc",
        "A\tb=c",
        "A b=c d=e",
        "A b=c B=d",
        "A b=c, B=d",
        "A b=c, d=",
        "A =b",
        "A b==c",
        "A b=\"c",
        "A b=\"c\\\"",
        "A b=\"c\"d",
        "A b=\"c\n\"",
        "A b=\"c\0\"",
        "A b=\"\u007F\"",
        "A b=\"\u0100\"",
        "A b=c\n",
        "A b=c\r\n D e=f",
        "A abc, b=c",
        "A abc def",
        "A b=c; d=e",
        "\"A\" b=c",
        "\u00E9 b=c",
        "A b=\u212A",
        "A, b=c",
      })
  @DisplayName("CH-7, row 5 what the grammar does not have is refused")
  void refuses(String line) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(line));
  }

  @Test
  @DisplayName("CH-7 a refusal says what was expected, and where")
  void messages() {
    assertThatThrownBy(() -> parse("A b=c, b=d"))
        .hasMessage("Expected no second parameter 'b' before index 10");
    assertThatThrownBy(() -> parse("A b=c d=e")).hasMessage("Expected a comma before index 5");
    assertThatThrownBy(() -> parse("Basic"))
        .hasMessage("Expected a realm for Basic before index 5");
    assertThatThrownBy(() -> parse()).hasMessage("No challenge in []");
  }
}

package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.Challenge;
import dev.sallyport.testkit.ChallengeParser;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A challenge as a value, and as a line of a header. */
class ChallengeTest {
  private static final Challenge BASIC = Challenge.of("Basic", "api");

  @Test
  @DisplayName("CH-7, row 17 scheme, realm and parameters in order, each value quoted")
  void line() {
    assertThat(BASIC).hasToString("Basic realm=\"api\"");
    assertThat(BASIC.with("charset", "UTF-8"))
        .hasToString("Basic realm=\"api\", charset=\"UTF-8\"");
    assertThat(BASIC.with("a", "1").with("b", "2").with("a", "3"))
        .as("a parameter stands once, where it stood")
        .hasToString("Basic realm=\"api\", a=\"3\", b=\"2\"");
    assertThat(Challenge.of("A", "")).hasToString("A realm=\"\"");
  }

  @Test
  @DisplayName("CH-7, row 5 a quote and a backslash are escaped")
  void quoting() {
    assertThat(Challenge.of("A", "say \"hi\" \\ bye"))
        .hasToString("A realm=\"say \\\"hi\\\" \\\\ bye\"");
    assertThat(Challenge.of("A", "\", b=\"x")).hasToString("A realm=\"\\\", b=\\\"x\"");
    assertThat(Challenge.of("A", "\\")).hasToString("A realm=\"\\\\\"");
  }

  @Test
  @DisplayName("CH-7, row 5 whatever realm of printable ASCII is emitted parses back to itself")
  void roundTrip() {
    for (char c = ' '; c <= '~'; c++) {
      assertReadBack(String.valueOf(c));
      assertReadBack("a" + c + c + "z");
    }
    Random random = new Random(7_617);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder realm = new StringBuilder();
      for (int j = random.nextInt(40); j > 0; j--) {
        // Half of them are the characters on which a parser could stumble.
        realm.append(
            random.nextBoolean()
                ? (char) (' ' + random.nextInt('~' - ' ' + 1))
                : "\"\\,= \\\"".charAt(random.nextInt(7)));
      }
      assertReadBack(realm.toString());
    }
  }

  private static void assertReadBack(String realm) {
    String line = Challenge.of("Basic", realm).with("charset", realm).toString();
    assertThat(ChallengeParser.parse(List.of(line, line)))
        .as(line)
        .hasSize(2)
        .allSatisfy(
            read -> {
              assertThat(read.scheme()).isEqualTo("Basic");
              assertThat(read.parameters()).isEqualTo(Map.of("realm", realm, "charset", realm));
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r",
        "\n",
        "\r\nSet-Cookie: a=b",
        "\0",
        "\t",
        "\u001F",
        "\u007F",
        "\u0080",
        "\u0085",
        "\u00A0",
        "\u00E9",
        "\u2028",
        "\u212A",
        "\uD83E\uDD8A",
        "\uD800",
      })
  @DisplayName("CH-7, row 5 CR, LF, NUL, other controls and non-ASCII are refused at their index")
  void refused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Challenge.of("Basic", "ab" + text))
        .withMessage(
            "The challenge parameter 'realm' has a character at index 2"
                + " that is not printable ASCII");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BASIC.with("title", text + "x"))
        .withMessageContaining("'title'")
        .withMessageContaining("index 0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\r\nb", "a=", "\"a\"", "a,", "a:", "\u00E9", "a\0", "a/b"})
  @DisplayName("CH-7 a scheme or a parameter's name that is no token is refused, and not shown")
  void tokens(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Challenge.of(text, "api"))
        .withMessage("An auth-scheme must be a token of RFC 9110");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BASIC.with(text, "x"))
        .withMessage("A challenge parameter's name must be a token");
  }

  @Test
  @DisplayName("CH-7 null is refused")
  void nulls() {
    assertThatNullPointerException().isThrownBy(() -> Challenge.of(null, "api"));
    assertThatNullPointerException()
        .isThrownBy(() -> Challenge.of("Basic", null))
        .withMessage("value");
    assertThatNullPointerException().isThrownBy(() -> BASIC.with(null, "x"));
  }

  @ParameterizedTest
  @CsvSource({
    "Basic,xBasic", "basic,xbasic", "BASIC,xBASIC", "Digest,xDigest", "DIGEST,xDIGEST",
    "Negotiate,xNegotiate", "NTLM,xNTLM", "ntlm,xntlm", "Bearer,Bearer", "Token,Token",
    "Session,Session", "NotBasic,NotBasic",
  })
  @DisplayName("BA-5 a challenge that is not to prompt is disguised, where a browser knows it")
  void unprompted(String scheme, String shown) {
    Challenge held = Challenge.of(scheme, "api").unprompted();
    assertThat(held).hasToString(shown + " realm=\"api\"");
    assertThat(held.scheme()).isEqualTo(scheme);
    assertThat(held.realm()).isEqualTo("api");
    assertThat(held.with("a", "b")).hasToString(shown + " realm=\"api\", a=\"b\"");
    assertThat(held.unprompted()).isEqualTo(held);
  }

  @Test
  @DisplayName("BA-5, row 3 the disguise does not depend on the locale")
  void unpromptedTurkish() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(Challenge.of("BASIC", "a").with("TITLE", "b").unprompted())
          .hasToString("xBASIC realm=\"a\", title=\"b\"");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  @DisplayName("CH-7 parameters are read by their lower-case names, and can't be changed")
  void parameters() {
    Challenge challenge = BASIC.with("Charset", "UTF-8");
    assertThat(challenge.parameters())
        .containsExactly(Map.entry("realm", "api"), Map.entry("charset", "UTF-8"))
        .isUnmodifiable();
    assertThat(BASIC.parameters()).as("the former is as it was").containsOnlyKeys("realm");
    assertThat(BASIC.with("REALM", "other").realm()).isEqualTo("other");
  }

  @Test
  @DisplayName("CH-7 equal are those with the same scheme in any case, parameters and prompting")
  void equality() {
    assertThat(BASIC)
        .isEqualTo(Challenge.of("bASIC", "api"))
        .hasSameHashCodeAs(Challenge.of("bASIC", "api"))
        .isNotEqualTo(Challenge.of("Basic", "API"))
        .isNotEqualTo(Challenge.of("Bearer", "api"))
        .isNotEqualTo(BASIC.with("charset", "UTF-8"))
        .isNotEqualTo(BASIC.unprompted())
        .isNotEqualTo(null)
        .isNotEqualTo("Basic realm=\"api\"");
    assertThat(BASIC.with("a", "1").with("b", "2")).isEqualTo(BASIC.with("b", "2").with("a", "1"));
    assertThat(BASIC.hashCode()).isNotEqualTo(Challenge.of("Basic", "other").hashCode());
  }
}

package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.Username;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When two names are the same. */
class UsernameKeyTest {
  @ParameterizedTest(name = "{0} = {1}")
  @CsvSource({
    "alice, ALICE",
    "Alice@Example.COM, alice@example.com",
    "stra\u00DFe, STRASSE",
    "stra\u1E9Ee, strasse",
    "\u03C3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2, \u03A3\u038A\u03A3\u03A5\u03A6\u039F\u03A3",
    "\u03C3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C3, \u03C3\u03AF\u03C3\u03C5\u03C6\u03BF\u03C2",
    "\u0130, i\u0307",
    "\u212Aelvin, kelvin",
    "ba\u017Fic, BASIC",
    "\uFF21\uFF4C\uFF49\uFF43\uFF45\uFF11, alice1",
    "\u00E9, e\u0301",
    "\u00C9, e\u0301",
    "\u2126, \u03C9",
    "\uFB01sh, FISH",
    "\u00B5, \u03BC",
    "\uD801\uDC00, \uD801\uDC28"
  })
  @DisplayName("AC-3, row 45: case, compatibility forms and normal forms make no difference")
  void same(String one, String other) {
    assertThat(Username.key(one)).isEqualTo(Username.key(other));
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({
    "\u0131, i",
    "\u0131, I",
    "\u0131, \u0130",
    "bas\u0131c, basic",
    "BAS\u0131C, BASIC",
    "\u0130, I",
    "e\u0301, e",
    "\u0430lice, alice",
    "alice, ' alice'",
    "alice, 'alice '",
    "a.lice, alice",
    "alice, alicf"
  })
  @DisplayName("AC-3: other names stay others; the dotless i is no i, and nothing is trimmed")
  void different(String one, String other) {
    assertThat(Username.key(one)).isNotEqualTo(Username.key(other));
  }

  @Test
  @DisplayName("AC-3: keys are what they were when the first name was stored")
  void fixed() {
    assertThat(Username.key("Al ice_9@Ex-ample.COM~")).isEqualTo("al ice_9@ex-ample.com~");
    assertThat(Username.key("Stra\u00DFe")).isEqualTo("strasse");
    assertThat(Username.key("I\u0131\u0130i")).isEqualTo("i\u0131i\u0307i");
    assertThat(Username.key("")).isEmpty();
    assertThat(Username.key("X".repeat(150))).isEqualTo("x".repeat(150));
  }

  @Test
  @DisplayName("AC-3, TH-4: what is too long to be a name is not normalised, which can take long")
  void tooLong() {
    for (String name :
        List.of("X".repeat(151), "e\u0301\u0316".repeat(51), "\uFDFA".repeat(5000))) {
      assertThat(Username.key(name)).isSameAs(name);
    }
  }

  @Test
  @DisplayName("AC-3: the key of a key is the key, for each character of the BMP alone and in text")
  void idempotentForEachCharacter() {
    List<String> wrong = new ArrayList<>();
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      for (String text : List.of("" + c, "x" + c, c + "\u0301", "\u03A3" + c, "\u0131" + c)) {
        String key = Username.key(text);
        if (!Username.key(key).equals(key)) {
          wrong.add(hex(text));
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName("AC-3: the key of a key is the key, for 200,000 texts of characters that fold oddly")
  void idempotentForText() {
    String odd =
        "aIi\u0131\u0130\u0307\u0301\u0323\u0327\u0345\u00DF\u1E9Es\u017F\u212A\u00B5\u03A3\u03C3"
            + "\u03C2\u0391\u03B1\u1FB3\u1FB4\u1F80\u0390\u0149\u01C5\u0390\u1E9A\u1FD3\u1FE4\uFB03"
            + "\uFB13\uFDFA\uFF21\uFF9E\uFF76\uAC00\u1100\u1161\u11A8\u0F71\u0F72\u00AD'.: 1\u2126"
            + "\u0344\u0340\u01F0\u1E96\u10A0\u13A0\uAB70\u1C80\u0587";
    Random random = new Random(42);
    List<String> wrong = new ArrayList<>();
    for (int round = 0; round < 200_000 && wrong.size() < 10; round++) {
      StringBuilder text = new StringBuilder();
      for (int i = 1 + random.nextInt(5); i > 0; i--) {
        text.append(odd.charAt(random.nextInt(odd.length())));
      }
      String key = Username.key(text.toString());
      if (!Username.key(key).equals(key)) {
        wrong.add(hex(text.toString()));
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  @DisplayName(
      "AC-3, row 45: each character's NFC, NFD, NFKC and NFKD, upper and lower case are one name")
  void normalFormsMeet() {
    List<String> wrong = new ArrayList<>();
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String text = "" + c;
      String key = Username.key(text);
      for (Normalizer.Form form : Normalizer.Form.values()) {
        if (!Username.key(Normalizer.normalize(text, form)).equals(key)) {
          wrong.add(form + " " + hex(text));
        }
      }
      if (c != '\u0131' && !Username.key(text.toUpperCase(Locale.ROOT)).equals(key)) {
        wrong.add("upper case " + hex(text));
      }
      if (!Username.key(text.toLowerCase(Locale.ROOT)).equals(key)) {
        wrong.add("lower case " + hex(text));
      }
    }
    assertThat(wrong).isEmpty();
  }

  private static String hex(String text) {
    StringBuilder hex = new StringBuilder();
    text.chars().forEach(c -> hex.append(String.format("\\u%04X", c)));
    return hex.toString();
  }
}

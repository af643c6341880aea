package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Fault;
import dev.sallyport.store.Username;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a username may be. */
class UsernameLimitsTest {
  private static final String FOX = "\uD83E\uDD8A";

  private static List<String> codes(String name) {
    List<Fault> faults = Username.faults(name);
    assertThat(faults).extracting(Fault::field).allMatch("username"::equals);
    assertThat(Username.isValid(name)).isEqualTo(faults.isEmpty());
    return faults.stream().map(Fault::code).toList();
  }

  @Test
  @DisplayName("AC-3: 1 to 150 code points")
  void length() {
    assertThat(codes("")).containsExactly("required");
    assertThat(codes("a")).isEmpty();
    assertThat(codes("a".repeat(150))).isEmpty();
    assertThat(codes("a".repeat(151))).containsExactly("too_long");
    assertThat(codes("a".repeat(100_000))).containsExactly("too_long");
  }

  @Test
  @DisplayName("AC-3: characters outside of the BMP count as one")
  void codePoints() {
    assertThat(codes(FOX.repeat(150))).isEmpty();
    assertThat(codes(FOX.repeat(151))).containsExactly("too_long");
    assertThat(codes("\u00E9".repeat(150))).isEmpty();
    assertThat(codes("\u00E9".repeat(151))).containsExactly("too_long");
  }

  @Test
  @DisplayName("AC-3: the limit holds for the folded name too: U+FDFA becomes 18 characters")
  void lengthOfKey() {
    String eight = "\uFDFA".repeat(8);
    assertThat(Username.key(eight)).hasSize(8 * 18);
    assertThat(codes(eight + "a".repeat(6))).isEmpty();
    assertThat(codes(eight + "a".repeat(7))).containsExactly("too_long");
    assertThat(codes("\u00DF".repeat(75))).isEmpty();
    assertThat(codes("\u00DF".repeat(76))).containsExactly("too_long");
  }

  @Test
  @DisplayName("AC-3: a name that folding makes shorter is counted as it was typed as well")
  void lengthAsTyped() {
    String decomposed = "e\u0301".repeat(76);
    assertThat(codes(decomposed)).containsExactly("too_long");
    assertThat(codes("e\u0301".repeat(75))).isEmpty();
    assertThat(Username.key("e\u0301".repeat(75))).hasSize(75);
  }

  @Test
  @DisplayName("AC-3, row 19: no control character of C0, DEL or C1")
  void controls() {
    for (int c = 0; c <= 0x9F; c++) {
      if (c < 0x20 || c >= 0x7F) {
        assertThat(codes("al" + (char) c + "ice")).as("%x", c).containsExactly("invalid_character");
        assertThat(codes("" + (char) c)).as("%x", c).containsExactly("invalid_character");
      }
    }
    assertThat(codes(" ~\u00A0")).isEmpty();
  }

  @Test
  @DisplayName("AC-3: no colon, full-width or other ones that NFKC turns into one included")
  void colons() {
    assertThat(codes("a:b")).containsExactly("colon");
    assertThat(codes(":")).containsExactly("colon");
    assertThat(codes("a\uFF1Ab")).containsExactly("colon");
    assertThat(codes("a\uFE55b")).containsExactly("colon");
    assertThat(codes("a\u2A74b")).containsExactly("colon");
    assertThat(codes("a;b")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD800", "\uDFFF", "\uDC00", "a\uD83E", "\uDD8Aa", "\uDC00\uD800"})
  @DisplayName("AC-3: no unpaired surrogate")
  void surrogates(String name) {
    assertThat(codes(name)).containsExactly("invalid_character");
  }

  @Test
  @DisplayName("AC-3: a name is not trimmed; spaces and an e-mail address are fine")
  void good() {
    assertThat(codes(" alice ")).isEmpty();
    assertThat(codes("alice@example.com")).isEmpty();
    assertThat(codes("\u0391\u03BB\u03AF\u03BA\u03B7 " + FOX)).isEmpty();
  }

  @Test
  @DisplayName("AC-3: all faults are told together, without the name")
  void together() {
    String name = "hostile\n:" + "a".repeat(150);
    assertThat(codes(name)).containsExactly("too_long", "invalid_character", "colon");
    assertThat(Username.faults(name).toString()).doesNotContain("hostile");
    assertThat(Username.faults("a:b").get(0).detail())
        .isEqualTo("A username can't contain a colon.");
  }

  @Test
  @DisplayName(
      "AC-3: no character of the BMP that is allowed folds to a control character or nothing")
  void foldsToSomethingPlain() {
    for (char c = 1; c < Character.MAX_VALUE; c++) {
      if (Username.isValid("" + c)) {
        String key = Username.key("" + c);
        assertThat(key.isEmpty() || key.chars().anyMatch(Character::isISOControl))
            .as("%x", (int) c)
            .isFalse();
        assertThat(key).doesNotContain(":");
      }
    }
  }
}

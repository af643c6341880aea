package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.Fault;
import dev.sallyport.store.Username;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What new names are made of, on whatever JDK this runs. */
class UsernameCharactersTest {
  private static final int COUNT = 143_430;

  /** SHA-256 of all characters and their keys, computed on JDK 17. */
  private static final String DIGEST =
      "0ddecdb2725202e1d7b405706883c000bad56b11e589529764885d71550528df";

  private static final Set<Integer> NEVER =
      Set.of(
          (int) Character.UNASSIGNED,
          (int) Character.CONTROL,
          (int) Character.FORMAT,
          (int) Character.SURROGATE,
          (int) Character.PRIVATE_USE,
          (int) Character.LINE_SEPARATOR,
          (int) Character.PARAGRAPH_SEPARATOR);

  private static List<String> codes(String name) {
    return Username.faults(name).stream().map(Fault::code).toList();
  }

  private static boolean isAllowed(int codePoint) {
    return !codes("a" + Character.toString(codePoint) + "b").contains("invalid_character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ad\u200Bmin",
        "ad\u00ADmin",
        "ad\u2060min",
        "admin\uFE0F",
        "ad\u034Fmin",
        "\u202Eadmin",
        "admin\uFFFF",
        "admin\uDB40\uDC61",
        "admin\u200D",
        "admin\uFEFF",
        "\u3164",
        "admin\u115F",
        "admin\uFFA0",
        "admin\u180B",
        "admin\u17B4",
        "admin\uE000",
        "admin\uDBFF\uDFFD",
        "admin\uFDD0",
        "admin\u0378",
        "admin\u2028",
        "admin\u2066",
        "admin\uDB40\uDD00",
        "admin\u180F",
        "\uD83D\uDC69\u200D\uD83D\uDCBB"
      })
  @DisplayName("AC-3 no character that is invisible, unassigned or for private use")
  void invisible(String name) {
    assertThat(codes(name)).containsExactly("invalid_character");
  }

  @Test
  @DisplayName("AC-3 the fault names the character, and not the name")
  void namesTheCharacter() {
    assertThat(Username.faults("ad\u200Bmin").get(0).detail())
        .isEqualTo("A username can't contain the character U+200B.");
    assertThat(Username.faults("admin\uDB40\uDC61").get(0).detail()).contains("U+E0061");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "O'Neil-Smith",
        "Zo\u00EB",
        "\u0416\u0435\u043D\u044F",
        "\u05D0\u05D1",
        "\u4E2D\u6587",
        "\u0E2A\u0E21",
        "\u0928\u093F",
        "\uD83E\uDD8A",
        "e\u0301",
        "\uD55C\uAE00",
        "\u1112\u1161"
      })
  @DisplayName("AC-3 letters, marks, digits and symbols of any script")
  void anyScript(String name) {
    assertThat(codes(name)).isEmpty();
  }

  @Test
  @DisplayName("AC-3 what is allowed is the same on every JDK, has the same key, and stays allowed")
  void sameOnEveryJdk() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int count = 0;
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      if ((c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) || !isAllowed(c)) {
        continue;
      }
      assertThat(NEVER).as("%x", c).doesNotContain(Character.getType(c));
      String key = Username.key(Character.toString(c));
      digest.update((c + " " + key + "\n").getBytes(StandardCharsets.UTF_8));
      count++;
    }
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(DIGEST);
    assertThat(count).isEqualTo(COUNT);
  }

  @Test
  @DisplayName("AC-3 nothing but what is invisible is missing from what JDK 17 knows")
  void completeOn17() {
    assumeTrue(Runtime.version().feature() == 17, "This JDK has another Unicode than the table");
    List<String> missing =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> !NEVER.contains(Character.getType(c)) && !isAllowed(c))
            .mapToObj(Integer::toHexString)
            .toList();
    assertThat(missing)
        .hasSize(143_696 - COUNT)
        .contains("34f", "115f", "1160", "17b4", "180b", "3164", "fe00", "fe0f", "ffa0", "e0100");
  }
}

package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.password.Password;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
  @Test
  @DisplayName("PW-7 a password is normalised to NFC up to 1,024 code points, and no further")
  void normalised() {
    assertThat(Password.of("e\u0301").reveal()).isEqualTo("\u00E9");
    assertThat(Password.of("\u212B").reveal()).isEqualTo("\u00C5");
    assertThat(Password.of("\uFB01").reveal()).as("not NFKC").isEqualTo("\uFB01");
    String longest = "e\u0301".repeat(512);
    assertThat(Password.of(longest).reveal()).isEqualTo("\u00E9".repeat(512));
    assertThat(Password.of(longest + "x").reveal()).isEqualTo(longest + "x");
    assertThat(Password.of("e\u0301")).hasToString("Password[hidden]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "secret", "  secret ", "\u00E9", "\uD83E\uDD8A\uD83E\uDD8A", "a\0b"})
  @DisplayName("PW-1, decision 2: a password is not trimmed, folded or cut")
  void kept(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    Password password = Password.of(CharBuffer.wrap(text));
    assertThat(password.isWellFormed()).isTrue();
    assertThat(password.reveal()).isEqualTo(text);
    assertThat(password.revealUtf8()).isEqualTo(utf8);
    assertThat(password.byteLength()).isEqualTo(utf8.length);
    assertThat(password.hasNul()).isEqualTo(text.indexOf('\0') >= 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\uD83E",
        "\uDD8A",
        "a\uD83E",
        "\uD83Ea",
        "\uDD8A\uD83E",
        "\uD83E\uD83E\uDD8A",
        "\uD83E\uDD8A\uDD8A"
      })
  @DisplayName(
      "PW-1, row 29: with a lone surrogate it is no text, and nothing of it is left to hash")
  void illFormed(String text) {
    Password password = Password.of(text);
    assertThat(password.isWellFormed()).isFalse();
    assertThat(password.reveal()).isEmpty();
    assertThat(password.revealUtf8()).isEmpty();
    assertThat(password.byteLength()).isZero();
    assertThat(password.hasNul()).isFalse();
  }

  @Test
  @DisplayName("CH-10: it does not change with what it was made from, or with what it shows")
  void immutable() {
    StringBuilder typed = new StringBuilder("secret12");
    Password password = Password.of(typed);
    typed.append("3");
    Arrays.fill(password.revealUtf8(), (byte) 0);
    assertThat(password.reveal()).isEqualTo("secret12");
  }

  @Test
  @DisplayName("PW-6, row 105: toString shows nothing of it, and it is equal to nothing but itself")
  void hidden() {
    assertThat(Password.of("secret12")).hasToString("Password[hidden]");
    assertThat(Password.of("")).hasToString("Password[hidden]");
    assertThat(Password.of("secret12")).isNotEqualTo(Password.of("secret12"));
    assertThatThrownBy(() -> Password.of(null)).isInstanceOf(NullPointerException.class);
  }
}

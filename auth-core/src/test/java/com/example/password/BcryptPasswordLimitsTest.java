package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passwords bcrypt can tell from all others. */
class BcryptPasswordLimitsTest {
  private static final String TAG = "{hmac-sha384-bcrypt}";

  private final BcryptHasher hasher = BcryptHasher.ofCost(10);

  /** 72 bytes in characters of one, two, three and four bytes, and what makes 71 and 73 of them. */
  static Stream<Arguments> texts() {
    return Stream.of("a", "\u00E9", "\u20AC", "\uD83E\uDD8A")
        .map(
            character -> {
              int bytes = Password.of(character).byteLength();
              String almost = character.repeat(72 / bytes - 1) + "x".repeat(bytes - 1);
              return Arguments.of(bytes, almost, character.repeat(72 / bytes));
            });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("texts")
  @DisplayName("PW-1, row 26, CVE-2025-22228: 71 and 72 bytes are hashed plainly, 73 never cut")
  void boundary(int bytes, String seventyOne, String seventyTwo) {
    assertThat(Password.of(seventyOne).byteLength()).isEqualTo(71);
    assertThat(Password.of(seventyTwo).byteLength()).isEqualTo(72);
    for (String good : new String[] {seventyOne, seventyTwo}) {
      Password password = Password.of(good);
      assertThat(hasher.accepts(password)).isTrue();
      String stored = Stored.bcrypt("2b", good);
      assertThat(hasher.verify(password, stored)).isTrue();
      assertThat(hasher.verify(Password.of(good.substring(0, good.length() - 1) + "y"), stored))
          .isFalse();
    }
    assertThat(
            hasher.verify(
                Password.of(seventyTwo), hasher.hash(Password.of(seventyTwo), new SecureRandom())))
        .isTrue();

    String stored = Stored.bcrypt("2b", seventyTwo);
    for (String tail : new String[] {"x", "xy", "x".repeat(100), "\u20AC"}) {
      Password tooLong = Password.of(seventyTwo + tail);
      assertThat(hasher.verify(tooLong, stored)).isFalse();
    }
    assertThat(hasher.hash(Password.of(seventyTwo), new SecureRandom())).startsWith("$2b$10$");
    String longer = hasher.hash(Password.of(seventyTwo + "x"), new SecureRandom());
    assertThat(longer).startsWith(TAG + "$2b$10$");
    assertThat(hasher.recognises(longer)).isTrue();
    assertThat(hasher.isCurrent(longer)).isTrue();
    assertThat(hasher.verify(Password.of(seventyTwo + "x"), longer)).isTrue();
    assertThat(hasher.verify(Password.of(seventyTwo + "y"), longer)).isFalse();
    assertThat(hasher.verify(Password.of(seventyTwo), longer)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0436", "\u20AC", "\uD83E\uDD8A", "x"})
  @DisplayName("PW-1 64 and 256 code points of any script are hashed to the last, 257 refused")
  void longPasswords(String letter) {
    for (int length : new int[] {64, 256}) {
      Password password = Password.of(letter.repeat(length));
      assertThat(hasher.accepts(password)).isTrue();
      String stored = hasher.hash(password, new SecureRandom());
      assertThat(hasher.verify(password, stored)).isTrue();
      assertThat(hasher.verify(Password.of(letter.repeat(length - 1) + "y"), stored)).isFalse();
    }
    Password tooLong = Password.of(letter.repeat(257));
    assertThat(hasher.accepts(tooLong)).isFalse();
    assertThatThrownBy(() -> hasher.hash(tooLong, new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The password is longer than 256 characters, or has a NUL or lone surrogate")
        .hasNoCause();
  }

  @Test
  @DisplayName("PW-1 tagged and plain hashes never pass for each other")
  void neverCrosses() {
    Password password = Password.of("x".repeat(73));
    String tagged = hasher.hash(password, new SecureRandom());
    assertThat(hasher.verify(password, tagged.substring(TAG.length()))).isFalse();
    assertThat(hasher.verify(Password.of("short"), TAG + Stored.bcrypt("2b", "short"))).isFalse();
    for (String bad :
        new String[] {TAG + tagged, TAG, "{hmac-sha384-bcrypt", "{hmac-sha384-bcrypt:}"}) {
      assertThat(hasher.recognises(bad)).isFalse();
      assertThat(hasher.verify(password, bad)).isFalse();
    }
    assertThat(hasher.recognises(tagged.replace("$10$", "$17$"))).isFalse();
  }

  @Test
  @DisplayName("PW-1: the limit is told, for the policy")
  void maxBytes() {
    assertThat(hasher.maxBytes()).isEqualTo(1024);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "secret12\0", "secret12\0x", "\0secret12"})
  @DisplayName("PW-1, row 29: a NUL is refused at setting and false at checking")
  void nul(String text) {
    Password password = Password.of(text);
    assertThat(password.hasNul()).isTrue();
    assertThat(hasher.accepts(password)).isFalse();
    assertThatThrownBy(() -> hasher.hash(password, new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(hasher.verify(password, Stored.bcrypt("2b", "secret12"))).isFalse();
    assertThat(hasher.verify(password, Stored.bcrypt("2b", text))).isFalse();
    assertThat(hasher.verify(password, Stored.bcrypt("2b", ""))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uD83E", "secret12\uD83E", "\uDD8Asecret12", "\uDD8A\uD83E", "a\uD83Eb"})
  @DisplayName("PW-1, row 29: a lone surrogate is refused at setting and false at checking")
  void loneSurrogate(String text) {
    Password password = Password.of(text);
    assertThat(password.isWellFormed()).isFalse();
    assertThat(hasher.accepts(password)).isFalse();
    assertThatThrownBy(() -> hasher.hash(password, new SecureRandom()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(hasher.verify(password, Stored.bcrypt("2b", text.replaceAll("[\uD83E\uDD8A]", "?"))))
        .isFalse();
    assertThat(hasher.verify(password, Stored.bcrypt("2b", ""))).isFalse();
  }

  @Test
  @DisplayName("PW-1: an empty password is checked like any other")
  void empty() {
    assertThat(hasher.verify(Password.of(""), Stored.bcrypt("2b", ""))).isTrue();
    assertThat(hasher.verify(Password.of(""), Stored.bcrypt("2b", "x"))).isFalse();
    assertThat(hasher.verify(Password.of("x"), Stored.bcrypt("2b", ""))).isFalse();
  }
}

package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user table that comes from Spring Security. */
class SpringFormatTest {
  private static final String TEXT = "correct horse battery staple";
  private static final Password PASSWORD = Password.of(TEXT);
  private final PasswordFormat spring = PasswordFormat.spring();

  @ParameterizedTest
  @ValueSource(strings = {"2a", "2b", "2y"})
  @DisplayName("PW-3, row 36: {bcrypt} before a bcrypt hash verifies for its password only")
  void verifies(String version) {
    String stored = "{bcrypt}" + Stored.bcrypt(version, TEXT);
    assertThat(spring.recognises(stored)).isTrue();
    assertThat(spring.verify(PASSWORD, stored)).isTrue();
    assertThat(spring.verify(Password.of("another password"), stored)).isFalse();
  }

  @Test
  @DisplayName("PW-3, row 31: other tags, no tag and malformed hashes are not recognised")
  void malformed() {
    String hash = Stored.bcrypt("2a", TEXT);
    for (String stored :
        new String[] {
          "",
          "{bcrypt}",
          "{bcrypt}x",
          hash,
          "{BCRYPT}" + hash,
          "{noop}" + TEXT,
          "{pbkdf2}" + hash,
          "{bcrypt}{bcrypt}" + hash,
          " {bcrypt}" + hash,
          "{bcrypt} " + hash,
          "{bcrypt}" + hash + "a",
          "{bcrypt}$2x$" + hash.substring(4),
          "{bcrypt}$2a$17$" + hash.substring(7),
          "{bcrypt}$2a$31$" + hash.substring(7)
        }) {
      assertThat(spring.recognises(stored)).as(stored).isFalse();
    }
  }

  @Test
  @DisplayName(
      "PW-1, rows 26 and 29, CVE-2025-22228: over 72 bytes, NUL and lone surrogates are not accepted")
  void limits() {
    String seventyTwo = "x".repeat(72);
    String stored = Stored.spring(seventyTwo);
    assertThat(spring.accepts(Password.of(seventyTwo))).isTrue();
    assertThat(spring.verify(Password.of(seventyTwo), stored)).isTrue();
    assertThat(spring.accepts(Password.of(seventyTwo + "x"))).isFalse();
    assertThat(spring.verify(Password.of(seventyTwo + "x"), stored)).isFalse();
    assertThat(spring.accepts(Password.of("secret12\0"))).isFalse();
    assertThat(spring.accepts(Password.of("secret12\uD83E"))).isFalse();
  }
}

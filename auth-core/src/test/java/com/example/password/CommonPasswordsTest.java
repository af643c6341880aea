package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Fault;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list that is shipped. */
class CommonPasswordsTest {
  private static final BcryptHasher HASHER = BcryptHasher.ofCost(10);
  private static final PasswordPolicy POLICY = PasswordPolicy.standard();

  private static List<String> shipped() throws IOException {
    try (InputStream in = PasswordPolicy.class.getResourceAsStream("common-passwords.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines.lines().toList();
    }
  }

  private static List<String> codes(String password) {
    return POLICY.faults("alice", Password.of(password), HASHER).stream().map(Fault::code).toList();
  }

  @Test
  @DisplayName("PW-5, row 35: it has at least 3,000 entries that the minimum alone lets pass")
  void longEnough() throws IOException {
    assertThat(shipped().stream().filter(s -> s.codePointCount(0, s.length()) >= 8).count())
        .isGreaterThanOrEqualTo(3000);
    assertThat(new HashSet<>(shipped())).hasSameSizeAs(shipped());
  }

  @Test
  @DisplayName("PW-5, row 35: each of its entries is refused, in any letter case")
  void refusesEach() throws IOException {
    for (String entry : shipped()) {
      assertThat(codes(entry)).as(entry).containsExactly("too_common");
      assertThat(codes(entry.toUpperCase(Locale.ROOT))).as(entry).containsExactly("too_common");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "PASSWORD",
        "Password1",
        "12345678",
        "qwertyuiop",
        "iloveyou",
        "ILOVEYOU"
      })
  @DisplayName("PW-5, row 35: famous ones are on it")
  void famous(String password) {
    assertThat(codes(password)).containsExactly("too_common");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " password",
        "password ",
        "my password is good",
        "passwordpasswordpasswordx",
        "correct horse battery staple"
      })
  @DisplayName("PW-5, row 35: only whole passwords are compared, not parts")
  void whole(String password) {
    assertThat(codes(password)).isEmpty();
  }
}

package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A user table that comes from Django. */
class DjangoFormatTest {
  /** As Django 1.7's own tests have it. */
  private static final String KNOWN =
      "pbkdf2_sha256$12000$seasalt$Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4s=";

  private static final String HASH = "Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4s=";

  private final PasswordFormat django = PasswordFormat.django();

  @Test
  @DisplayName("PW-3, row 36: a hash that Django has made verifies for its password only")
  void known() {
    assertThat(django.recognises(KNOWN)).isTrue();
    assertThat(django.verify(Password.of("l\u00E8tmein"), KNOWN)).isTrue();
    assertThat(django.verify(Password.of("l\u00E8tmeinz"), KNOWN)).isFalse();
    assertThat(django.verify(Password.of("letmein"), KNOWN)).isFalse();
    assertThat(django.verify(Password.of(""), KNOWN)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 10, 999, 12_000, 100_000})
  @DisplayName("PW-3: iterations and salt count")
  void computed(int iterations) {
    String stored = Stored.django("wonderland", "s\u00E4lt 22 characters!!", iterations);
    assertThat(django.recognises(stored)).isTrue();
    assertThat(django.verify(Password.of("wonderland"), stored)).isTrue();
    assertThat(django.verify(Password.of("Wonderland"), stored)).isFalse();
    assertThat(
            django.verify(
                Password.of("wonderland"), stored.replace("$" + iterations, "$1" + iterations)))
        .isFalse();
    assertThat(django.verify(Password.of("wonderland"), stored.replace("22", "23"))).isFalse();
  }

  @Test
  @DisplayName("PW-3 Django's bcrypt, over the password or the hex of its SHA-256, is checked")
  void bcrypt() throws Exception {
    Password right = Password.of("wonderland");
    byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(right.revealUtf8());
    String hex = java.util.HexFormat.of().formatHex(digest);
    for (String stored :
        new String[] {
          "bcrypt$" + Stored.bcrypt("2b", "wonderland"), "bcrypt_sha256$" + Stored.bcrypt("2b", hex)
        }) {
      assertThat(django.recognises(stored)).isTrue();
      assertThat(django.verify(right, stored)).isTrue();
      assertThat(django.verify(Password.of("Wonderland"), stored)).isFalse();
      assertThat(django.verify(Password.of(hex), stored)).isFalse();
      assertThat(django.recognises(stored.replace("$04$", "$17$"))).isFalse();
      assertThat(django.recognises(stored.replace("$2b$", "$2x$"))).isFalse();
      assertThat(django.work(stored)).isEqualTo(16);
    }
    String plain = "bcrypt$" + Stored.bcrypt("2b", "x".repeat(72));
    assertThat(django.verify(Password.of("x".repeat(72)), plain)).isTrue();
    assertThat(django.verify(Password.of("x".repeat(73)), plain)).isFalse();
  }

  @Test
  @DisplayName("PW-3: passwords of up to 4,096 bytes count to the last one, as in Django")
  void longPasswords() {
    String longest = "x".repeat(4096);
    String stored = Stored.django(longest, "salt", 1);
    assertThat(django.accepts(Password.of(longest))).isTrue();
    assertThat(django.verify(Password.of(longest), stored)).isTrue();
    assertThat(django.verify(Password.of("x".repeat(4095)), stored)).isFalse();
    assertThat(django.accepts(Password.of(longest + "x"))).isFalse();
    assertThat(django.accepts(Password.of("\u20AC".repeat(1366)))).isFalse();
  }

  @Test
  @DisplayName(
      "PW-1, row 29: NUL and lone surrogates are not accepted: HMAC pads its key with NULs")
  void hostilePasswords() {
    assertThat(django.accepts(Password.of("wonderland"))).isTrue();
    assertThat(django.accepts(Password.of("wonderland\0"))).isFalse();
    assertThat(django.accepts(Password.of("won\0derland"))).isFalse();
    assertThat(django.accepts(Password.of("wonderland\uD83E"))).isFalse();
  }

  @Test
  @DisplayName("PW-3: an empty password is checked like any other")
  void empty() {
    String stored = Stored.django("", "salt", 1);
    assertThat(django.verify(Password.of(""), stored)).isTrue();
    assertThat(django.verify(Password.of("x"), stored)).isFalse();
  }

  @Test
  @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @DisplayName("PW-3, row 32: at most 5,000,000 iterations are computed")
  void iterationCap() {
    assertThat(django.recognises("pbkdf2_sha256$5000000$salt$" + HASH)).isTrue();
    assertThat(django.recognises("pbkdf2_sha256$5000001$salt$" + HASH)).isFalse();
    assertThat(django.recognises("pbkdf2_sha256$9999999$salt$" + HASH)).isFalse();
    assertThat(django.recognises("pbkdf2_sha256$10000000$salt$" + HASH)).isFalse();
    assertThat(django.recognises("pbkdf2_sha256$2147483647$salt$" + HASH)).isFalse();
    assertThat(django.recognises("pbkdf2_sha256$99999999999999999999$salt$" + HASH)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "!",
        "!abcdef",
        "pbkdf2_sha256",
        "pbkdf2_sha256$$$",
        "pbkdf2_sha256$0$salt$" + HASH,
        "pbkdf2_sha256$01$salt$" + HASH,
        "pbkdf2_sha256$-1$salt$" + HASH,
        "pbkdf2_sha256$+1$salt$" + HASH,
        "pbkdf2_sha256$1.5$salt$" + HASH,
        "pbkdf2_sha256$\u0661$salt$" + HASH,
        "pbkdf2_sha256$x$salt$" + HASH,
        "pbkdf2_sha256$$salt$" + HASH,
        "pbkdf2_sha256$1$$" + HASH,
        "pbkdf2_sha256$1$" + HASH,
        "pbkdf2_sha256$1$salt$",
        "pbkdf2_sha256$1$salt$$" + HASH,
        "pbkdf2_sha256$1$sa$lt$" + HASH,
        "pbkdf2_sha256$1$salt$" + HASH + "$",
        "pbkdf2_sha256$1$salt$" + HASH + "\n",
        "pbkdf2_sha256$1$salt$" + HASH + "=",
        "pbkdf2_sha256$1$salt$Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4s",
        "pbkdf2_sha256$1$salt$Ybw8zsFxqja97tY_o6G-Fy1ksY4U_Hw3DRrGED6Up4s=",
        "pbkdf2_sha256$1$salt$Ybw8zsFxqja97tY/o6G+Fy1ksY4U/Hw3DRrGED6Up4==",
        "pbkdf2_sha256$1$salt$YQ==",
        " pbkdf2_sha256$1$salt$" + HASH,
        "PBKDF2_SHA256$1$salt$" + HASH,
        "pbkdf2_sha1$1$salt$" + HASH,
        "pbkdf2_sha512$1$salt$" + HASH,
        "bcrypt_sha256$$2b$12$abc",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$c2FsdA$aGFzaA",
        "md5$salt$hash"
      })
  @DisplayName("PW-3, row 31: what is malformed or of another hasher is not recognised, and false")
  void malformed(String stored) {
    assertThat(django.recognises(stored)).isFalse();
    assertThat(django.verify(Password.of("wonderland"), stored)).isFalse();
  }

  @Test
  @DisplayName("PW-3, row 31: a salt has at most 128 characters")
  void longSalt() {
    assertThat(django.recognises("pbkdf2_sha256$1$" + "s".repeat(128) + "$" + HASH)).isTrue();
    assertThat(django.recognises("pbkdf2_sha256$1$" + "s".repeat(129) + "$" + HASH)).isFalse();
  }
}

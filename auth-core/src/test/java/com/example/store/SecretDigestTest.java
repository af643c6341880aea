package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.testkit.Race;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretDigestTest {
  private static final String ABC = "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0";

  @Test
  @DisplayName("SE-1 the digest of a secret is its SHA-256 in base64url")
  void digests() throws NoSuchAlgorithmException {
    assertThat(SecretDigest.of("abc").text()).isEqualTo(ABC);
    for (String secret : List.of("", "a", "kB4n9-_x", "\u00E9\uD83E\uDD8A")) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      assertThat(SecretDigest.of(secret).text())
          .isEqualTo(Base64.getUrlEncoder().withoutPadding().encodeToString(digest));
    }
  }

  @Test
  @DisplayName("ST-1 what a store has kept is the digest again")
  void reads() {
    SecretDigest digest = SecretDigest.of("abc");
    SecretDigest read = SecretDigest.stored(digest.text());
    assertThat(read).isEqualTo(digest).hasSameHashCodeAs(digest);
    assertThat(read.text()).isEqualTo(ABC);
  }

  @Test
  @DisplayName("SE-1 digests are equal where each of their bits is")
  void compares() {
    SecretDigest digest = SecretDigest.of("abc");
    byte[] bytes = Base64.getUrlDecoder().decode(ABC);
    for (int bit = 0; bit < 256; bit++) {
      byte[] other = bytes.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(other);
      assertThat(SecretDigest.stored(text)).isNotEqualTo(digest);
    }
    assertThat(digest.equals(null)).isFalse();
    assertThat(digest.equals((Object) ABC)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0=",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa1",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa3",
        "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa00",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0AAA",
        " ngWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
        "ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0\n",
        "\u00FCngWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      })
  @DisplayName(
      "SE-1 a digest has one spelling: padding, stray bits and other alphabets are refused")
  void refuses(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretDigest.stored(text))
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("ngWv48Bz"));
  }

  @Test
  @DisplayName("PW-6 toString shows nothing of it")
  void hides() {
    assertThat(SecretDigest.of("abc")).hasToString("SecretDigest[hidden]");
  }

  @Test
  @DisplayName("SE-1 many threads digest at once")
  void threads() {
    List<SecretDigest> digests =
        Race.of(
            20,
            i -> {
              SecretDigest last = SecretDigest.of("");
              for (int round = 0; round < 1000; round++) {
                last = SecretDigest.of("abc");
                if (!last.text().equals(ABC)) {
                  return last;
                }
              }
              return last;
            });
    assertThat(digests).isEqualTo(Collections.nCopies(20, SecretDigest.stored(ABC)));
  }
}

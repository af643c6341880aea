package com.example.jwt.dpop;

import static com.example.jwt.dpop.Desk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.testkit.SettableClock;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NonceTest {
  private static final DpopPolicy POLICY = DpopPolicy.allowed().withNonces(Duration.ofSeconds(30));

  private final Desk desk = new Desk(POLICY);

  private String nonce() {
    return desk.proofs.newNonce().orElseThrow();
  }

  private String with(String nonce) {
    return desk.proof().claim("nonce", nonce).sign();
  }

  @Test
  @DisplayName("RFC 9449 section 8: a proof without one of our nonces is told to use one")
  void needed() {
    assertRefused(desk.use(desk.proof().sign()), DpopRefusal.NONCE_NEEDED);
    desk.assertTaken(desk.use(with(nonce())));
    assertThat(DpopRefusal.NONCE_NEEDED.code()).isEqualTo("use_dpop_nonce");
    assertThat(nonce()).matches("[!#-\\[\\]-~]+");
    assertThat(new Desk().proofs.newNonce()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "AAAA", "not base64url!", "\u0000"})
  @DisplayName("RFC 9449 section 8: what is no nonce of ours is none")
  void forged(String text) {
    assertRefused(desk.use(with(text)), DpopRefusal.NONCE_NEEDED);
  }

  @Test
  @DisplayName("RFC 9449 section 8: no bit of a nonce can be changed")
  void changed() {
    byte[] bytes = Base64.getUrlDecoder().decode(nonce());
    for (int i = 0; i < bytes.length; i++) {
      byte[] other = bytes.clone();
      other[i] ^= 1;
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(other);
      assertRefused(desk.use(with(text)), DpopRefusal.NONCE_NEEDED);
    }
    for (int cut : new int[] {1, 9, bytes.length - 1}) {
      String text =
          Base64.getUrlEncoder()
              .withoutPadding()
              .encodeToString(Arrays.copyOf(bytes, bytes.length - cut));
      assertRefused(desk.use(with(text)), DpopRefusal.NONCE_NEEDED);
    }
  }

  @Test
  @DisplayName("RFC 9449 section 8.2: a nonce ends at the exact second")
  void end() {
    String nonce = nonce();
    desk.clock.advance(Duration.ofSeconds(30).minusMillis(1));
    desk.assertTaken(desk.use(with(nonce)));
    desk.clock.advance(Duration.ofMillis(1));
    assertRefused(desk.use(with(nonce)), DpopRefusal.NONCE_NEEDED);
  }

  @Test
  @DisplayName("RFC 9449 section 8: with a nonce the client's clock does not matter")
  void clientsClock() {
    for (long off : new long[] {-86_400, 86_400}) {
      String proof =
          desk.proof()
              .claim("nonce", nonce())
              .claim("iat", desk.clock.instant().getEpochSecond() + off)
              .sign();
      desk.assertTaken(desk.use(proof));
      assertRefused(desk.use(proof), DpopRefusal.REPLAYED);
    }
  }

  @Test
  @DisplayName("RFC 9449 section 8: a used proof is remembered as long as its nonce lives")
  void remembered() {
    String proof = with(nonce());
    desk.assertTaken(desk.use(proof));
    desk.clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertRefused(desk.use(proof), DpopRefusal.REPLAYED);
    desk.clock.advance(Duration.ofMillis(1));
    assertRefused(desk.use(proof), DpopRefusal.NONCE_NEEDED);
  }

  @Test
  @DisplayName("RFC 9449 section 8: another node takes a nonce, with a clock 5 s apart at most")
  void nodes() {
    SettableClock other = SettableClock.create();
    other.advance(Duration.between(other.instant(), desk.clock.instant().minusSeconds(5)));
    Desk colleague = desk.colleague(POLICY, other);
    String nonce = nonce();
    colleague.assertTaken(colleague.use(colleague.proof().claim("nonce", nonce).sign()));
    other.advance(Duration.ofMillis(-1));
    assertRefused(
        colleague.use(colleague.proof().claim("nonce", nonce).sign()), DpopRefusal.NONCE_NEEDED);
    Desk stranger = new Desk(POLICY);
    assertRefused(
        stranger.use(stranger.proof().claim("nonce", nonce).sign()), DpopRefusal.NONCE_NEEDED);
  }

  @Test
  @DisplayName("RFC 9449 section 8: a nonce outlives a rotation of the secrets, not their removal")
  void rotation() {
    String nonce = nonce();
    String former = desk.secrets.current().keyId().orElseThrow();
    desk.secrets.rotate(
        SigningKey.generate(JwsAlgorithm.HS256, new SecureRandom()), Duration.ofDays(1));
    desk.assertTaken(desk.use(with(nonce)));
    desk.assertTaken(desk.use(with(nonce())));
    desk.secrets.remove(former);
    assertRefused(desk.use(with(nonce)), DpopRefusal.NONCE_NEEDED);
  }

  @Test
  @DisplayName("PW-6, RFC 9449 what checks proofs shows its policy, and neither secret nor nonce")
  void shown() {
    assertThat(POLICY).hasToString("DpopPolicy[allowed]");
    assertThat(DpopPolicy.required()).hasToString("DpopPolicy[required]");
    assertThat(desk.proofs).hasToString("DpopProofs[DpopPolicy[allowed]]");
  }

  @Test
  @DisplayName("RFC 9449 section 8: how long a nonce lives can be set, within bounds")
  void bounds() {
    for (int seconds : new int[] {9, 3601}) {
      assertThatThrownBy(() -> DpopPolicy.required().withNonces(Duration.ofSeconds(seconds)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("10 to 3600 seconds");
    }
    DpopPolicy.required().withNonces(Duration.ofSeconds(10)).withNonces(Duration.ofHours(1));
  }
}

package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SharedSecretTest {
  @Test
  @DisplayName("JW-7 one secret in two sets signs something else as well, and is refused")
  void sameSecret() {
    JwtFixture fixture = new JwtFixture();
    SigningKeySet signing = SigningKeySet.of(JwtFixture.FIRST);
    SigningKeySet refresh = SigningKeySet.of(JwtFixture.FIRST);
    JwtIssuer issuer = JwtIssuer.of("i", "a", signing);
    assertThatThrownBy(() -> JwtKeys.of(signing, refresh))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> RefreshFamilies.of(Sallyport.of(fixture.users, fixture.store), issuer, refresh))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("JW-7 nor is one taken later, when either set rotates to it or accepts it")
  void later() {
    for (boolean byFamilies : new boolean[] {true, false}) {
      SigningKeySet signing = SigningKeySet.of(JwtFixture.FIRST);
      SigningKeySet refresh = SigningKeySet.of(JwtFixture.SECOND);
      if (byFamilies) {
        JwtFixture fixture = new JwtFixture();
        JwtIssuer issuer = JwtIssuer.of("i", "a", signing);
        RefreshFamilies.of(Sallyport.of(fixture.users, fixture.store), issuer, refresh);
      } else {
        JwtKeys.of(signing, refresh);
      }
      assertRefused(() -> signing.rotate(JwtFixture.SECOND.withKeyId("x"), Duration.ofHours(1)));
      assertRefused(() -> signing.accept(JwtFixture.SECOND.withKeyId("x"), Duration.ofHours(1)));
      assertRefused(() -> refresh.rotate(JwtFixture.FIRST.withKeyId("x"), Duration.ofHours(1)));
      assertRefused(() -> refresh.accept(JwtFixture.FIRST.withKeyId("x"), Duration.ofHours(1)));
      assertThat(signing.current()).isSameAs(JwtFixture.FIRST);
      assertThat(refresh.verificationKeys()).hasSize(1);
      SigningKey third = JwtFixture.key(JwsAlgorithm.HS256);
      refresh.rotate(third, Duration.ZERO);
      assertRefused(() -> signing.rotate(third, Duration.ZERO));
      signing.rotate(JwtFixture.key(JwsAlgorithm.HS256), Duration.ZERO);
      assertThat(signing.verificationKeys()).hasSize(1);
    }
  }

  @Test
  @DisplayName("JW-7 of two sets that rotate to one secret at once one is refused, in 50 rounds")
  void race() {
    for (int round = 0; round < 50; round++) {
      SigningKeySet signing = SigningKeySet.of(JwtFixture.FIRST);
      SigningKeySet refresh = SigningKeySet.of(JwtFixture.SECOND);
      JwtKeys.of(signing, refresh);
      SigningKey next = JwtFixture.key(JwsAlgorithm.HS256);
      List<Boolean> done =
          Race.of(
              2,
              thread -> {
                try {
                  (thread == 0 ? signing : refresh).rotate(next, Duration.ZERO);
                  return true;
                } catch (IllegalArgumentException e) {
                  return false;
                }
              });
      assertThat(done).containsOnlyOnce(true);
    }
  }

  private static void assertRefused(ThrowingCallable change) {
    assertThatThrownBy(change).isInstanceOf(IllegalArgumentException.class);
  }
}

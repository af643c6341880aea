package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The keys of access tokens, which change while the host runs. */
class SigningRotationTest {
  private static final SigningKey NEXT = JwtFixture.key(JwsAlgorithm.ES256).withKeyId("next");
  private static final SigningKey OTHER = JwtFixture.key(JwsAlgorithm.EDDSA).withKeyId("other");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final JwtFixture fixture = new JwtFixture();
  private final SigningKeySet keys = fixture.signing;
  private final TokenPair pair = fixture.start();

  private static String keyId(TokenPair pair) {
    return JwtFixture.header(pair.accessToken().reveal()).get("kid").textValue();
  }

  private void assertUnknownKey(TokenPair pair) {
    assertThat(fixture.first.present(pair))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason().name()).isEqualTo("unknown_key"));
  }

  @Test
  @DisplayName("JW-5, row 101 the next key signs at once, the former verifies to exactly its end")
  void rotate() {
    TokenPair unseen = fixture.start();
    keys.rotate(NEXT, MINUTE);
    TokenPair next = fixture.start();
    assertThat(keyId(next)).isEqualTo("next");
    assertThat(keys.current().keyId()).contains("next");
    fixture.clock.advance(MINUTE.minus(MILLI));
    assertThat(fixture.first.takes(pair)).isTrue();
    assertThat(fixture.first.takes(next)).isTrue();
    fixture.clock.advance(MILLI);
    assertUnknownKey(pair);
    assertUnknownKey(unseen);
    assertThat(fixture.first.takes(next)).isTrue();
  }

  @Test
  @DisplayName("JW-5 a former key for which no time is left verifies nothing, at once")
  void noTimeLeft() {
    assertThat(fixture.first.takes(pair)).isTrue();
    keys.rotate(NEXT, Duration.ZERO);
    assertUnknownKey(pair);
  }

  @Test
  @DisplayName("JW-5, row 69 a key that is removed fails at once, also for tokens just found good")
  void remove() {
    String former = keyId(pair);
    TokenPair unseen = fixture.start();
    keys.rotate(NEXT, Duration.ofHours(1));
    assertThat(fixture.first.takes(pair)).isTrue();
    assertThat(keys.remove(former)).isTrue();
    assertUnknownKey(pair);
    assertUnknownKey(unseen);
    assertThat(keys.remove(former)).isFalse();
    assertThat(keys.remove("never there")).isFalse();
    assertThatThrownBy(() -> keys.remove("next")).isInstanceOf(IllegalArgumentException.class);
    assertThat(fixture.first.takes(fixture.start())).isTrue();
  }

  @Test
  @DisplayName("JW-5 another key under the id of one that was removed takes none of its tokens")
  void sameId() {
    String former = keyId(pair);
    keys.rotate(NEXT, Duration.ofHours(1));
    assertThat(fixture.first.takes(pair)).isTrue();
    keys.remove(former);
    SigningKey impostor = JwtFixture.key(JwsAlgorithm.ES256).withKeyId(former);
    keys.accept(impostor.verificationKey(), Duration.ofHours(1));
    assertThat(fixture.first.present(pair))
        .isInstanceOfSatisfying(
            Rejected.class, no -> assertThat(no.reason().name()).isEqualTo("bad_signature"));
  }

  @Test
  @DisplayName("JW-5 what another node will sign with is accepted first, and can sign later")
  void acceptFirst() {
    SigningKeySet theirs =
        SigningKeySet.of(AuthEnvironment.standard().withClock(fixture.clock), JwtFixture.SIGNING);
    theirs.accept(NEXT.verificationKey(), Duration.ofDays(1));
    keys.rotate(NEXT, Duration.ofHours(1));
    TokenPair next = fixture.start();
    assertThat(
            JwtVerifier.builder(AuthEnvironment.standard().withClock(fixture.clock), theirs)
                .issuer(JwtFixture.ISSUER)
                .audience(JwtFixture.AUDIENCE)
                .build()
                .verify(next.accessToken().reveal()))
        .isInstanceOf(VerifiedJwt.class);
    theirs.rotate(NEXT, MINUTE);
    assertThat(theirs.verificationKeys()).hasSize(2);
    assertThat(theirs.current().keyId()).contains("next");
  }

  @Test
  @DisplayName("JW-5 an accepted key verifies to exactly its end; accepted anew it has another")
  void acceptedEnds() {
    keys.rotate(NEXT, Duration.ZERO);
    assertUnknownKey(pair);
    keys.accept(JwtFixture.SIGNING.verificationKey(), MINUTE);
    assertThat(fixture.first.takes(pair)).isTrue();
    keys.accept(JwtFixture.SIGNING, MINUTE.plus(MINUTE));
    fixture.clock.advance(MINUTE);
    assertThat(fixture.first.takes(pair)).isTrue();
    fixture.clock.advance(MINUTE.minus(MILLI));
    assertThat(fixture.first.takes(pair)).isTrue();
    fixture.clock.advance(MILLI);
    assertUnknownKey(pair);
  }

  @Test
  @DisplayName("JW-5 published are those that verify now, the one that signs first")
  void published() {
    VerificationKey former = keys.current().verificationKey();
    keys.rotate(NEXT, MINUTE);
    keys.accept(OTHER.verificationKey(), MINUTE.plus(MINUTE));
    assertThat(keys.verificationKeys())
        .containsExactly(NEXT.verificationKey(), former, OTHER.verificationKey());
    fixture.clock.advance(MINUTE);
    assertThat(keys.verificationKeys())
        .containsExactly(NEXT.verificationKey(), OTHER.verificationKey());
    fixture.clock.advance(MINUTE);
    assertThat(keys.verificationKeys()).containsExactly(NEXT.verificationKey());
  }

  @Test
  @DisplayName(
      "JW-1, JW-5 secrets among public keys, and the reverse, are refused; nothing changes")
  void mixed() {
    SigningKey secret = JwtFixture.FIRST;
    SigningKeySet secrets =
        SigningKeySet.of(AuthEnvironment.standard().withClock(fixture.clock), secret);
    assertRefused(() -> keys.rotate(secret, MINUTE));
    assertRefused(() -> keys.accept(secret, MINUTE));
    assertRefused(() -> keys.accept(secret.verificationKey(), MINUTE));
    assertRefused(() -> secrets.rotate(NEXT, MINUTE));
    assertRefused(() -> secrets.accept(NEXT, MINUTE));
    assertRefused(() -> secrets.accept(NEXT.verificationKey(), MINUTE));
    assertRefused(() -> secrets.accept(JwtFixture.SECOND.verificationKey(), MINUTE));
    assertRefused(() -> keys.rotate(keys.current(), MINUTE));
    assertRefused(() -> keys.rotate(NEXT.withKeyId(keyId(pair)), MINUTE));
    assertRefused(() -> keys.accept(NEXT.withKeyId(keyId(pair)), MINUTE));
    assertRefused(() -> keys.accept(NEXT.verificationKey().withKeyId(keyId(pair)), MINUTE));
    assertThat(keys.verificationKeys()).hasSize(1);
    assertThat(secrets.verificationKeys()).hasSize(1);
    assertThat(fixture.first.takes(pair)).isTrue();
  }

  private static void assertRefused(Runnable change) {
    assertThatThrownBy(change::run).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName(
      "CH-10, JW-5 keys that many threads accept and remove at once are all there, or gone")
  void threads() {
    for (int round = 0; round < 20; round++) {
      SigningKeySet set =
          SigningKeySet.of(AuthEnvironment.standard().withClock(fixture.clock), NEXT);
      Race.of(
          40,
          i -> {
            set.accept(OTHER.verificationKey().withKeyId("key-" + i), MINUTE);
            return i;
          });
      assertThat(set.verificationKeys()).hasSize(41);
      Race.of(40, i -> set.remove("key-" + i));
      assertThat(set.verificationKeys()).hasSize(1);
    }
  }
}

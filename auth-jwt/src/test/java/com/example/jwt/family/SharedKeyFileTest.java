package com.example.jwt.family;

import static com.example.jwt.family.JwtFixture.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.refresh.TokenPair;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes with one key file; one of them changes it. */
class SharedKeyFileTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MONTH = Duration.ofDays(30);

  @TempDir private Path folder;

  private final JwtFixture fixture = new JwtFixture();

  private Sharing node() {
    return node(JwsAlgorithm.ES256);
  }

  private Sharing node(JwsAlgorithm algorithm) {
    return new Sharing(fixture, folder.resolve("keys.json"), algorithm);
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "EDDSA", "RS256", "HS256"})
  @DisplayName(
      "JW-5, JW-7 what the new keys sign is taken by the other node at once, and conversely")
  void atOnce(JwsAlgorithm algorithm) {
    Sharing one = node(algorithm);
    Sharing other = node(algorithm);
    TokenPair before = other.start();
    one.file.rotate(HOUR, MONTH);
    TokenPair after = one.start();
    assertThat(other.takes(after)).isTrue();
    assertThat(other.takes(other.next(after))).isTrue();
    assertThat(one.takes(before)).isTrue();
    assertThat(one.takes(one.next(before))).isTrue();
    one.file.rotate(HOUR, MONTH);
    assertThat(other.next(one.start())).as("a new secret alone").isNotNull();
    assertThat(other.signer()).isEqualTo(one.signer());
    assertThat(one.keys.signing().verificationKeys()).hasSize(3);
  }

  @Test
  @DisplayName("JW-5 a node that is in use signs with the new key a second later at most")
  void dueLook() {
    Sharing one = node();
    Sharing other = node();
    String former = other.signer();
    one.file.rotate(HOUR, MONTH);
    assertThat(one.signer()).isNotEqualTo(former);
    fixture.clock.advance(SECOND.minus(MILLI));
    assertThat(other.signer()).isEqualTo(former);
    fixture.clock.advance(MILLI);
    assertThat(other.signer()).isEqualTo(one.signer());
    assertThat(other.heard("keys_changed"))
        .singleElement()
        .asString()
        .contains(one.signer(), "keys.json");
  }

  @Test
  @DisplayName("JW-5 a new key is published by the other node at once")
  void published() {
    Sharing one = node();
    Sharing other = node();
    one.file.rotate(HOUR, MONTH);
    assertThat(other.keys.signing().verificationKeys())
        .extracting(key -> key.keyId().orElseThrow())
        .hasSize(2)
        .contains(one.signer());
  }

  @Test
  @DisplayName("JW-5 after a clock was set back, the file is looked at all the same")
  void clockSetBack() {
    Sharing one = node();
    Sharing other = node();
    fixture.clock.advance(HOUR.negated());
    one.file.rotate(HOUR, MONTH);
    assertThat(other.signer()).isEqualTo(one.signer());
  }

  @Test
  @DisplayName("JW-5 issuer and families keep their sets, and tokens stay remembered")
  void sameObjects() {
    Sharing one = node();
    Sharing other = node();
    JwtKeys keys = other.keys;
    SigningKeySet signing = keys.signing();
    VerificationKey former = signing.current().verificationKey();
    SigningKey secret = keys.refresh().current();
    one.file.rotate(HOUR, MONTH);
    assertThat(other.file.reload()).isTrue();
    assertThat(other.file.reload()).isFalse();
    assertThat(other.file.keys()).isSameAs(keys);
    assertThat(keys.signing()).isSameAs(signing);
    assertThat(signing.current().verificationKey()).isNotSameAs(former);
    assertThat(signing.holds(former, fixture.clock.instant())).isTrue();
    assertThat(keys.refresh().secret(secret.keyId().orElseThrow(), fixture.clock.instant()))
        .containsSame(secret);
    SigningKey current = signing.current();
    one.file.change(all -> all.signing().accept(JwtFixture.key(JwsAlgorithm.EDDSA), HOUR));
    assertThat(other.file.reload()).isTrue();
    assertThat(signing.current()).isSameAs(current);
  }

  @Test
  @DisplayName("JW-5, JW-7 the former keys verify for the time given, on both nodes")
  void ends() {
    Sharing one = node();
    Sharing other = node();
    TokenPair pair = other.start();
    TokenPair idle = other.start();
    one.file.rotate(Duration.ofMinutes(2), HOUR);
    fixture.clock.advance(Duration.ofMinutes(2).minus(MILLI));
    assertThat(one.takes(pair)).isTrue();
    assertThat(other.takes(pair)).isTrue();
    fixture.clock.advance(MILLI);
    assertThat(one.takes(pair)).isFalse();
    assertThat(other.takes(pair)).isFalse();
    fixture.clock.advance(HOUR.minusMinutes(2).minus(MILLI));
    one.next(pair);
    fixture.clock.advance(MILLI);
    JwtFixture.assertRefused(other.families.refresh(idle.refreshToken().reveal()), "unknown_key");
  }

  @Test
  @DisplayName("JW-5 a key that was removed from the file is withdrawn, from remembered tokens too")
  void withdrawn() {
    Sharing one = node();
    Sharing other = node();
    TokenPair pair = one.start();
    String former = one.signer();
    one.file.rotate(HOUR, MONTH);
    assertThat(other.takes(pair)).isTrue();
    one.file.change(keys -> assertThat(keys.signing().remove(former)).isTrue());
    assertThat(one.takes(pair)).isFalse();
    fixture.clock.advance(SECOND);
    assertThat(other.takes(pair)).isFalse();
    assertThat(other.takes(other.next(pair))).isTrue();
  }

  @Test
  @DisplayName("JW-5, JW-7 keys that leaked are replaced: whatever was issued ends, on both nodes")
  void replaceAll() {
    Sharing one = node();
    Sharing other = node();
    TokenPair pair = one.start();
    one.file.rotate(HOUR, MONTH);
    TokenPair second = one.start();
    assertThat(other.takes(second)).isTrue();
    one.file.replaceAll();
    fixture.clock.advance(SECOND);
    for (Sharing node : new Sharing[] {one, other}) {
      for (TokenPair ended : new TokenPair[] {pair, second}) {
        assertThat(node.takes(ended)).isFalse();
        JwtFixture.assertRefused(
            node.families.refresh(ended.refreshToken().reveal()), "unknown_key");
      }
    }
    assertThat(other.takes(one.next(other.start()))).isTrue();
    assertThat(one.keys.signing().verificationKeys()).hasSize(1);
  }

  @Test
  @DisplayName("JW-5 a change that the file would undo is refused, and says where to make it")
  void notInMemory() {
    Sharing one = node();
    for (Runnable change :
        new Runnable[] {
          () -> one.keys.signing().rotate(JwtFixture.key(JwsAlgorithm.ES256), HOUR),
          () -> one.keys.refresh().accept(JwtFixture.FIRST, HOUR),
          () -> one.keys.signing().remove(one.signer())
        }) {
      assertThatIllegalStateException()
          .isThrownBy(change::run)
          .withMessageContaining("keys.json")
          .withMessageContaining("KeyFile.change");
    }
  }
}

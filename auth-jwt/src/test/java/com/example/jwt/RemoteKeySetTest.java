package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RemoteKeySetTest {
  private final RemoteKeys remote = new RemoteKeys();
  private final SigningKey first = remote.first;
  private final SigningKey second = RemoteKeys.key("2");

  @AfterEach
  void stop() {
    remote.close();
  }

  private void assertTaken(SigningKey by) {
    assertThat(remote.verifier.verify(Pairs.token(by))).isInstanceOf(VerifiedJwt.class);
  }

  private JwtRefusal refused(SigningKey by) {
    return refusal(remote.verifier.verify(Pairs.token(by)));
  }

  private void advance(long seconds) {
    remote.clock.advance(Duration.ofSeconds(seconds));
  }

  /** A token that outlives the test. */
  private static String lasting(SigningKey key) {
    return Pairs.token(key, "exp", Long.toString(Forge.NOW + 100_000));
  }

  @Test
  @DisplayName("JW-5 keys are fetched when the first token comes, once for 16 threads")
  void firstFetch() {
    assertThat(remote.server.hits()).isZero();
    String token = Pairs.token(first);
    CountDownLatch all = new CountDownLatch(1);
    remote.server.holdBack(all);
    Race.of(
        16,
        thread -> {
          if (thread == 0) {
            until(() -> remote.server.hits() == 1);
            all.countDown();
          }
          return assertThat(remote.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
        });
    assertThat(remote.server.hits()).isEqualTo(1);
    assertThat(remote.events.events()).isEmpty();
  }

  @Test
  @DisplayName("JW-5 an unknown kid fetches again, at most every 30 s, whatever comes")
  void unknownKid() {
    assertTaken(first);
    for (int i = 0; i < 20; i++) {
      assertThat(refused(RemoteKeys.key("x" + i))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    }
    assertThat(remote.server.hits()).isEqualTo(1);
    remote.server.publish(first.verificationKey(), second.verificationKey());
    remote.clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(refused(second)).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(remote.server.hits()).isEqualTo(1);
    remote.clock.advance(Duration.ofMillis(1));
    assertTaken(second);
    assertThat(remote.server.hits()).isEqualTo(2);
    assertThat(refused(RemoteKeys.key("3"))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(remote.server.hits()).isEqualTo(2);
  }

  @Test
  @DisplayName("JW-5 16 threads with unknown kids at once make one fetch, and all learn of it")
  void flood() {
    assertTaken(first);
    remote.server.publish(first.verificationKey(), second.verificationKey());
    advance(30);
    Race.of(
        16,
        thread -> {
          if (thread % 2 == 0) {
            return refusal(remote.verifier.verify(Pairs.token(second.withKeyId("x" + thread))));
          }
          return assertThat(remote.verifier.verify(Pairs.token(second)))
              .isInstanceOf(VerifiedJwt.class);
        });
    assertThat(remote.server.hits()).isEqualTo(2);
  }

  @Test
  @DisplayName("JW-5 a token that names no key, and one of a wrong signature, fetch nothing")
  void noFetch() {
    assertTaken(first);
    advance(31);
    assertThat(refused(second.withKeyId("1"))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
    assertThat(refusal(remote.verifier.verify(Forge.token()))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(remote.server.hits()).isEqualTo(1);
  }

  @Test
  @DisplayName("JW-5 keys of ten minutes are fetched again in the background, and nobody waits")
  void background() {
    String token = lasting(first);
    assertThat(remote.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    remote.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    String another = Pairs.token(first, "exp", Long.toString(Forge.NOW + 100_000), "jti", "\"2\"");
    assertThat(remote.verifier.verify(another)).isInstanceOf(VerifiedJwt.class);
    assertThat(remote.server.hits()).isEqualTo(1);
    CountDownLatch slow = new CountDownLatch(1);
    remote.server.holdBack(slow);
    remote.clock.advance(Duration.ofMillis(1));
    for (String each : new String[] {token, another, lasting(first)}) {
      assertThat(remote.verifier.verify(each)).isInstanceOf(VerifiedJwt.class);
    }
    until(() -> remote.server.hits() == 2);
    assertThat(remote.verifier.verify(lasting(first))).isInstanceOf(VerifiedJwt.class);
    assertThat(remote.events.events()).isEmpty(); // nobody has waited for the timeout
    slow.countDown();
    assertThat(remote.server.hits()).isEqualTo(2);
  }

  @Test
  @DisplayName(
      "JW-5 a remembered token alone makes old keys be fetched again, so that a key can go")
  void rememberedAlone() {
    String token = lasting(first);
    assertThat(remote.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    remote.server.publish(second.verificationKey());
    advance(600);
    until(() -> !(remote.verifier.verify(token) instanceof VerifiedJwt));
    assertThat(refusal(remote.verifier.verify(token))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(remote.server.hits()).isEqualTo(2);
  }

  @Test
  @DisplayName("JW-5 a key that stays keeps its remembered tokens, and one that left drops them")
  void staysAndLeaves() {
    remote.server.publish(first.verificationKey(), second.verificationKey());
    String stays = lasting(first);
    String leaves = lasting(second);
    assertThat(remote.verifier.verify(stays)).isInstanceOf(VerifiedJwt.class);
    assertThat(remote.verifier.verify(leaves)).isInstanceOf(VerifiedJwt.class);
    SigningKey third = RemoteKeys.key("3");
    remote.server.publish(third.verificationKey(), first.verificationKey());
    advance(30);
    assertTaken(third);
    int checks = remote.provider.verified.get();
    assertThat(remote.verifier.verify(stays)).isInstanceOf(VerifiedJwt.class);
    assertThat(remote.provider.verified).hasValue(checks);
    assertThat(refusal(remote.verifier.verify(leaves))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
  }

  @Test
  @DisplayName("JW-5 another key under the id of the former takes over none of its tokens")
  void replaced() {
    String token = lasting(first);
    assertThat(remote.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    SigningKey impostor = second.withKeyId("1");
    remote.server.publish(impostor.verificationKey());
    advance(30);
    assertThat(refused(RemoteKeys.key("x"))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(refusal(remote.verifier.verify(token))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
    assertTaken(impostor);
  }

  @Test
  @DisplayName("JW-5 keys without an id are found by their algorithm")
  void withoutId() {
    SigningKey nameless = Pairs.key(JwsAlgorithm.ES256);
    remote.server.publish(nameless.verificationKey());
    assertTaken(nameless);
    assertTaken(nameless.withKeyId("whatever"));
    assertThat(remote.server.hits()).isEqualTo(1);
  }

  @Test
  @DisplayName("JW-5 the host's provider checks the signatures, also of keys that come later")
  void provider() {
    assertTaken(first);
    assertThat(remote.provider.verified).hasValue(1);
    remote.server.publish(second.verificationKey());
    advance(30);
    assertTaken(second);
    assertThat(remote.provider.verified).hasValue(2);
  }
}

package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an issuer publishes is what counts: what it takes back, and what is beside its keys. */
class RemoteWithdrawalTest {
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

  private static String set(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  private List<AuthEvent.KeyPassedOver> passedOver() {
    return remote.events.events(AuthEvent.KeyPassedOver.class);
  }

  private void fetchAgain() {
    remote.clock.advance(Duration.ofSeconds(30));
    remote.verifier.verify(Pairs.token(RemoteKeys.key("unknown")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"keys\":[]}",
        "{\"keys\":[{}]}",
        "{\"keys\":[null,7]}",
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"1\",\"k\":\"AAAA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"use\":\"enc\",\"kid\":\"1\",\"n\":\"AA\",\"e\":\"AQAB\"}]}"
      })
  @DisplayName(
      "JW-5 an empty set, or one with nothing usable, withdraws all keys, and is no outage")
  void withdrawn(String body) {
    assertTaken(first);
    remote.server.publish(body);
    fetchAgain();
    assertThat(refused(first)).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(remote.events.events(AuthEvent.StoreOutage.class)).isEmpty();
    remote.server.publish(first.verificationKey());
    fetchAgain();
    assertTaken(first);
  }

  @Test
  @DisplayName("JW-5 a set that has been empty from the start is an answer as well")
  void emptyFromTheStart() {
    remote.server.publish("{\"keys\":[]}");
    assertThat(refused(first)).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(remote.server.hits()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.JwkSetTest#unusable")
  @DisplayName("JW-5 beside any member that can't be used, the new key works and the old is gone")
  void beside(String bad) {
    assertTaken(first);
    remote.server.publish(
        set(bad.replace("\"1\"", "\"0\""), Jwk.publicJwk(second.verificationKey())));
    fetchAgain();
    assertTaken(second);
    assertThat(refused(first)).isEqualTo(JwtRefusal.UNKNOWN_KEY);
  }

  @Test
  @DisplayName("JW-5 an encryption key under the kid of a signature key doesn't hide it")
  void encryptionKey() {
    SigningKey rsa = Pairs.key(JwsAlgorithm.RS256).withKeyId("a");
    String sig = Jwk.publicJwk(rsa.verificationKey());
    String enc = sig.replace("\"use\":\"sig\"", "\"use\":\"enc\"").replace("RS256", "RSA-OAEP");
    for (String body : new String[] {set(enc, sig), set(sig, enc)}) {
      remote.server.publish(body);
      fetchAgain();
      assertTaken(rsa);
    }
    assertThat(passedOver()).hasSize(1);
  }

  @Test
  @DisplayName("JW-5 what is passed over is named once, with its reason, until it changes")
  void namedOnce() {
    String good = Jwk.publicJwk(first.verificationKey());
    String enc = good.replace("\"1\"", "\"e\"").replace("\"sig\"", "\"enc\"");
    String closed = Jwk.privateJwk(second);
    remote.server.publish(set(enc, good, closed, "{\"kid\":7}"));
    assertTaken(first);
    assertThat(passedOver())
        .extracting(AuthEvent.KeyPassedOver::keyId)
        .containsExactly("e", "2", null);
    assertThat(passedOver())
        .extracting(AuthEvent.KeyPassedOver::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("not for signatures"),
            reason -> assertThat(reason).contains("secret"),
            reason -> assertThat(reason).contains("'kid'"));
    assertThat(passedOver())
        .allMatch(event -> event.source().equals(remote.server.uri().toString()))
        .allMatch(event -> !event.toString().contains(closed.substring(20, 40)));
    fetchAgain();
    remote.server.publish(set(good, closed, "{\"kid\":7}", enc));
    fetchAgain();
    assertThat(passedOver()).hasSize(3);
    remote.server.publish(set(good, enc.replace("\"e\"", "\"f\"")));
    fetchAgain();
    assertThat(passedOver()).hasSize(4);
    remote.server.publish(set(good, enc));
    fetchAgain();
    assertThat(passedOver()).hasSize(5);
  }

  @Test
  @DisplayName("JW-5 a kid of 512 characters is taken, a longer one is named, and cut in the event")
  void longIds() {
    SigningKey longest = RemoteKeys.key("k".repeat(512));
    String good = Jwk.publicJwk(longest.verificationKey());
    remote.server.publish(set(good, good.replace("kkk", "kkkk")));
    assertTaken(longest);
    assertThat(passedOver())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.keyId()).hasSize(201).startsWith("kkk");
              assertThat(event.reason()).contains("512");
            });
  }

  @Test
  @Timeout(60)
  @DisplayName("JW-5 of 300 tokens of unknown kids at once 16 wait, and known ones never do")
  void bounded() throws Exception {
    assertTaken(first);
    CountDownLatch slow = new CountDownLatch(1);
    remote.server.publish(first.verificationKey(), second.verificationKey());
    remote.server.holdBack(slow);
    remote.clock.advance(Duration.ofSeconds(30));
    String token = Pairs.token(second);
    List<FutureTask<JwtResult>> all = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      FutureTask<JwtResult> one = new FutureTask<>(() -> remote.verifier.verify(token));
      all.add(one);
      threads.add(new Thread(one));
    }
    threads.forEach(Thread::start);
    until(() -> all.stream().filter(FutureTask::isDone).count() == 284);
    assertTaken(first);
    assertThat(remote.verifier.verify(Pairs.token(first, "jti", "\"new\"")))
        .isInstanceOf(VerifiedJwt.class);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> remote.verifier.verify(token));
    assertThat(all.stream().filter(FutureTask::isDone).count()).isEqualTo(284);
    slow.countDown();
    int verified = 0;
    for (FutureTask<JwtResult> one : all) {
      try {
        verified += one.get() instanceof VerifiedJwt ? 1 : 0;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(StoreUnavailableException.class);
      }
    }
    assertThat(verified).isEqualTo(16);
    assertThat(remote.server.hits()).isEqualTo(2);
    assertTaken(second);
  }
}

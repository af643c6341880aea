package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteOutageTest {
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

  private void assertUnavailable(JwtVerifier verifier) {
    String token = Pairs.token(first);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> verifier.verify(token))
        .withMessageContaining(remote.server.uri().toString());
  }

  private List<AuthEvent.StoreOutage> outages() {
    return remote.events.events(AuthEvent.StoreOutage.class);
  }

  @Test
  @DisplayName("JW-5, CH-6 never loaded and down: an outage at once, tried again after 5 s only")
  void neverLoaded() {
    remote.server.answer(500, "");
    assertUnavailable(remote.verifier);
    for (int i = 0; i < 10; i++) {
      assertUnavailable(remote.verifier);
    }
    assertThat(remote.server.hits()).isEqualTo(1);
    remote.clock.advance(Duration.ofSeconds(5).minusMillis(1));
    assertUnavailable(remote.verifier);
    assertThat(remote.server.hits()).isEqualTo(1);
    remote.clock.advance(Duration.ofMillis(1));
    assertUnavailable(remote.verifier);
    assertThat(remote.server.hits()).isEqualTo(2);
    remote.server.publish(first.verificationKey());
    remote.clock.advance(Duration.ofSeconds(5));
    assertTaken(first);
    assertThat(outages()).hasSize(2);
    assertThat(outages().get(0).during()).isEqualTo("key_set");
    assertThat(outages().get(0).fault()).isEqualTo("java.io.IOException");
    assertThat(outages().get(0).at()).isEqualTo(Instant.ofEpochSecond(Forge.NOW));
  }

  @Test
  @DisplayName("CH-6, GU-2 an outage of the keys is 503 in the guard, and no wrong token")
  void guard() {
    remote.server.answer(500, "");
    JwtAuthenticator authenticator =
        JwtAuthenticator.builder().trust(TrustedIssuer.of(remote.verifier)).build();
    Decision decision =
        Guard.of(AuthenticatorChain.of(authenticator))
            .check(TestRequest.get("/").authorization("Bearer " + Pairs.token(first)).build());
    assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(503);
  }

  @Test
  @DisplayName("JW-5 never loaded and down: 50 threads make one attempt, and all are told")
  void neverLoadedThreads() {
    remote.server.answer(500, "");
    Race.of(
        50,
        thread -> {
          assertUnavailable(remote.verifier);
          return true;
        });
    assertThat(remote.server.hits()).isEqualTo(1);
  }

  @Test
  @DisplayName("JW-5 while the issuer is down known keys work on; when it is up, its new ones do")
  void downAndUp() {
    assertTaken(first);
    remote.server.answer(503, "");
    remote.clock.advance(Duration.ofSeconds(30));
    assertThat(refusal(remote.verifier.verify(Pairs.token(second))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertTaken(first);
    assertThat(outages()).hasSize(1);
    remote.clock.advance(Duration.ofMinutes(4));
    assertThat(refusal(remote.verifier.verify(Pairs.token(second))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertTaken(first);
    remote.server.publish(second.verificationKey());
    remote.clock.advance(Duration.ofSeconds(29));
    assertThat(refusal(remote.verifier.verify(Pairs.token(second))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
    remote.clock.advance(Duration.ofSeconds(1));
    assertTaken(second);
    assertThat(refusal(remote.verifier.verify(Pairs.token(first))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
  }

  private static String lasting(SigningKey key, String id) {
    return Pairs.token(key, "exp", Long.toString(Forge.NOW + 1_000_000), "jti", Forge.quoted(id));
  }

  private void assertUnavailable(String token) {
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> remote.verifier.verify(token));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 500})
  @DisplayName("JW-5 the last good set is kept for 24 h of bad answers, and is an outage then")
  void day(int status) {
    String remembered = lasting(first, "1");
    assertThat(remote.verifier.verify(remembered)).isInstanceOf(VerifiedJwt.class);
    remote.server.answer(status, "<html>");
    remote.clock.advance(Duration.ofHours(24).minusMillis(1));
    for (String token : new String[] {remembered, lasting(first, "2")}) {
      assertThat(remote.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    }
    until(() -> outages().size() == 1);
    remote.clock.advance(Duration.ofMillis(1));
    assertUnavailable(remembered);
    assertUnavailable(lasting(first, "3"));
    remote.clock.advance(Duration.ofSeconds(5));
    assertUnavailable(lasting(second, "4"));
    assertThat(outages()).hasSize(2);
    remote.server.publish(first.verificationKey());
    remote.clock.advance(Duration.ofSeconds(5));
    assertThat(remote.verifier.verify(remembered)).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("JW-5 the 24 h are counted from the last good answer, which an idle day is not")
  void idle() {
    assertTaken(first);
    for (int i = 1; i <= 4; i++) {
      remote.clock.advance(Duration.ofHours(20));
      assertThat(remote.verifier.verify(lasting(first, "a" + i))).isInstanceOf(VerifiedJwt.class);
      String unknown = Pairs.token(second); // waits for what was begun in the background
      assertThat(refusal(remote.verifier.verify(unknown))).isEqualTo(JwtRefusal.UNKNOWN_KEY);
      assertThat(remote.server.hits()).isEqualTo(i + 1);
    }
    remote.clock.advance(Duration.ofDays(3));
    assertThat(remote.verifier.verify(lasting(first, "b"))).isInstanceOf(VerifiedJwt.class);
    assertThat(outages()).isEmpty();
  }

  @Test
  @DisplayName("JW-5 how long the last good set is kept can be set: 1 h to 7 days")
  void kept() {
    RemoteKeySet keys = remote.builder().keptFor(Duration.ofHours(1)).build();
    JwtVerifier verifier = Forge.builder(remote.clock, keys).build();
    assertThat(verifier.verify(lasting(first, "1"))).isInstanceOf(VerifiedJwt.class);
    remote.server.answer(500, "");
    remote.clock.advance(Duration.ofHours(1).minusMillis(1));
    assertThat(verifier.verify(lasting(first, "1"))).isInstanceOf(VerifiedJwt.class);
    remote.clock.advance(Duration.ofMillis(1));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> verifier.verify(lasting(first, "1")));
    for (Duration bad :
        List.of(Duration.ofHours(1).minusMillis(1), Duration.ofDays(7).plusMillis(1))) {
      assertThatIllegalArgumentException().isThrownBy(() -> remote.builder().keptFor(bad));
    }
    assertThat(remote.builder().keptFor(Duration.ofDays(7))).isNotNull();
  }

  @Test
  @DisplayName("JW-5 an issuer that is gone costs nobody any time while its keys are at hand")
  void gone() {
    assertTaken(first);
    remote.close();
    for (int i = 0; i < 10; i++) {
      remote.clock.advance(Duration.ofMinutes(10));
      assertThat(remote.verifier.verify(lasting(first, "x"))).isInstanceOf(VerifiedJwt.class);
    }
    until(() -> !outages().isEmpty());
    assertThat(outages().get(0).fault()).isEqualTo("java.net.ConnectException");
  }
}

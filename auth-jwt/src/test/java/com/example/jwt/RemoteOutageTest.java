package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.JwtRefusal;
import dev.sallyport.jwt.JwtVerifier;
import dev.sallyport.jwt.SigningKey;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.VerifiedJwt;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

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

  @Test
  @DisplayName("JW-5 days without the issuer end no key, and cost nobody any time")
  void longDown() {
    assertTaken(first);
    remote.close();
    for (int i = 0; i < 10; i++) {
      remote.clock.advance(Duration.ofMinutes(10));
      String token = Pairs.token(first, "exp", Long.toString(Forge.NOW + 1_000_000));
      assertThat(remote.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    }
    until(() -> !outages().isEmpty());
    assertThat(outages().get(0).fault()).isEqualTo("java.net.ConnectException");
  }
}

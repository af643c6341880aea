package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static com.example.jwt.Idp.METADATA;
import static com.example.jwt.RemoteKeys.until;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DiscoveryTest {
  private final Idp idp = new Idp();
  private final SigningKey second = RemoteKeys.key("2");

  @AfterEach
  void stop() {
    idp.close();
  }

  private void assertTaken(SigningKey by) {
    assertThat(idp.verifier.verify(idp.token(by))).isInstanceOf(VerifiedJwt.class);
  }

  private JwtRefusal refused(SigningKey by) {
    return refusal(idp.verifier.verify(idp.token(by)));
  }

  @Test
  @DisplayName("JW-5, OIDC Discovery 4.1 nothing is fetched before a token comes, then both are")
  void lazy() {
    assertThat(idp.asked).isEmpty();
    assertTaken(idp.key);
    assertTaken(idp.key);
    assertThat(idp.asked).containsExactly(METADATA, "/keys");
    assertThat(idp.events.events()).isEmpty();
    assertThat(refusal(idp.verifier.verify(Pairs.token(idp.key))))
        .isEqualTo(JwtRefusal.WRONG_ISSUER);
  }

  @Test
  @DisplayName("OIDC Discovery 4.1 a slash at the end of an issuer is left out of the URL alone")
  void slash() {
    String slashed = idp.issuer + "/";
    idp.metadata = Idp.metadata(slashed, idp.url("/keys"));
    JwtVerifier verifier = idp.verifier(slashed);
    assertThat(verifier.verify(idp.token(idp.key, "iss", Forge.quoted(slashed))))
        .isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(verifier.verify(idp.token(idp.key)))).isEqualTo(JwtRefusal.WRONG_ISSUER);
    assertThat(idp.asked).containsExactly(METADATA, "/keys");
  }

  @Test
  @DisplayName("JW-5 an issuer without a path has its metadata at the root")
  void root() {
    String root = idp.url("/").replaceAll("/$", "");
    idp.metadata = Idp.metadata(root, idp.url("/keys"));
    JwtVerifier verifier =
        JwtVerifier.discovering(idp.environment, root).audience(Forge.AUDIENCE).build();
    assertThat(verifier.verify(idp.token(idp.key, "iss", Forge.quoted(root))))
        .isInstanceOf(VerifiedJwt.class);
    assertThat(idp.asked).containsExactly("/.well-known/openid-configuration", "/keys");
    assertThat(verifier.issuers()).containsExactly(root);
  }

  @Test
  @DisplayName("JW-5 keys that moved are followed when an unknown kid comes, at most every 30 s")
  void moved() {
    assertTaken(idp.key);
    idp.metadata = Idp.metadata(idp.issuer, idp.url("/elsewhere?v=2"));
    idp.keys = Idp.set(second);
    idp.clock.advance(Duration.ofSeconds(30).minusMillis(1));
    assertThat(refused(second)).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(idp.asked).hasSize(2);
    idp.clock.advance(Duration.ofMillis(1));
    assertTaken(second);
    assertThat(idp.asked).containsExactly(METADATA, "/keys", METADATA, "/elsewhere?v=2");
    assertThat(refused(idp.key)).isEqualTo(JwtRefusal.UNKNOWN_KEY);
    assertThat(idp.asked).hasSize(4);
  }

  @Test
  @DisplayName("JW-5 both are fetched again in the background after ten minutes, and nobody waits")
  void background() {
    String token = idp.token(idp.key);
    assertThat(idp.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    idp.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(idp.verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    assertThat(idp.asked).hasSize(2);
    CountDownLatch slow = new CountDownLatch(1);
    idp.server.holdBack(slow);
    idp.metadata = Idp.metadata(idp.issuer, idp.url("/elsewhere"));
    idp.keys = Idp.set(second);
    idp.clock.advance(Duration.ofMillis(1));
    for (int i = 0; i < 3; i++) {
      assertThat(idp.verifier.verify(idp.token(idp.key, "jti", "\"" + i + "\"")))
          .isInstanceOf(VerifiedJwt.class);
    }
    until(() -> idp.server.hits() == 3);
    slow.countDown();
    until(() -> !(idp.verifier.verify(token) instanceof VerifiedJwt));
    assertTaken(second);
    assertThat(idp.asked).containsExactly(METADATA, "/keys", METADATA, "/elsewhere");
  }

  @Test
  @Timeout(60)
  @DisplayName("JW-5 sixteen threads make one attempt; the seventeenth is an outage at once")
  void flight() {
    CountDownLatch slow = new CountDownLatch(1);
    idp.server.holdBack(slow);
    CountDownLatch refused = new CountDownLatch(1);
    Race.of(
        17,
        thread -> {
          try {
            return idp.verifier.verify(idp.token(idp.key));
          } catch (StoreUnavailableException e) {
            assertThat(e).hasMessageContaining("16 threads");
            refused.countDown();
            slow.countDown();
            return e;
          }
        });
    assertThat(refused.getCount()).isZero();
    assertThat(idp.asked).containsExactly(METADATA, "/keys");
  }

  @Test
  @DisplayName("JW-5, CH-6 a metadata URL that redirects, errs or answers too much is an outage")
  void badAnswers() {
    KeyServer elsewhere = KeyServer.start();
    elsewhere.publish(idp.metadata);
    String good = idp.metadata;
    int[] statuses = {301, 302, 307, 308, 404, 500};
    for (int status : statuses) {
      idp.server.answer(
          exchange -> {
            exchange.getResponseHeaders().set("Location", elsewhere.uri().toString());
            KeyServer.answer(exchange, status, good);
          });
      assertOutage();
    }
    String big = good + " ".repeat((1 << 20) + 1 - good.length());
    for (String body : new String[] {big, "", "[]", "<html>", good + good, "{\"issuer\":"}) {
      idp.server.publish(body);
      assertOutage();
    }
    assertThat(elsewhere.hits()).isZero();
    assertThat(idp.server.hits()).isEqualTo(12);
    elsewhere.stop();
  }

  private void assertOutage() {
    idp.clock.advance(Duration.ofSeconds(5));
    int before = idp.events.events(AuthEvent.StoreOutage.class).size();
    String token = idp.token(idp.key);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> idp.verifier.verify(token))
        .withMessageContaining(idp.url(METADATA));
    assertThat(idp.events.events(AuthEvent.StoreOutage.class)).hasSize(before + 1);
  }
}

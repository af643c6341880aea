package com.example.jwt;

import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.B;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.token;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import java.security.KeyPair;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeveralIssuersTest {
  private final WiredIssuers wired = new WiredIssuers();
  private final JwtAuthenticator both = wired.taking(wired.a(), wired.b());

  @Test
  @DisplayName("CH-8 each issuer's token is checked with its own keys, though the kid is the same")
  void each() {
    for (int i = 0; i < 3; i++) {
      assertThat(who(both, token(wired.keyOfA, A)).principal().id()).isEqualTo(A + "|alice");
      assertThat(who(both, token(wired.keyOfB, B)).principal().id()).isEqualTo(B + "|alice");
    }
  }

  @Test
  @DisplayName("CH-8 CVE-2024-53861: the key of one issuer makes no token of another's")
  void crossed() {
    assertThat(reason(both, token(wired.keyOfB, A))).isEqualTo("wrong_algorithm");
    assertThat(reason(both, token(wired.keyOfA, B))).isEqualTo("wrong_algorithm");
    SigningKey sameKind = key().withKeyId("1");
    JwtAuthenticator alike = wired.taking(wired.a(), TrustedIssuer.of(wired.verifier(B, sameKind)));
    assertThat(reason(alike, token(sameKind, A))).isEqualTo("bad_signature");
    assertThat(reason(alike, token(wired.keyOfA, B))).isEqualTo("bad_signature");
    assertThat(who(alike, token(sameKind, B)).principal().id()).isEqualTo(B + "|alice");
    SigningKey otherId = key().withKeyId("2");
    JwtAuthenticator apart = wired.taking(wired.a(), TrustedIssuer.of(wired.verifier(B, otherId)));
    assertThat(reason(apart, token(otherId, A))).isEqualTo("unknown_key");
  }

  private static SigningKey key() {
    KeyPair pair = Pairs.generate("RSA", 2048);
    return SigningKey.of(JwsAlgorithm.RS256, pair.getPublic(), pair.getPrivate());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://c.example",
        "https://a.example/",
        "https://a.example|x",
        "HTTPS://A.example",
        "",
        "https://a"
      })
  @DisplayName("CH-8 a token of an issuer whom nobody named is refused")
  void unknown(String issuer) {
    assertThat(reason(both, token(wired.keyOfA, issuer))).isEqualTo("wrong_issuer");
  }

  @Test
  @DisplayName("CH-8, JW-3 a token without iss, with one that is no text, or twice, is refused")
  void none() {
    assertThat(reason(both, Pairs.token(wired.keyOfA, "iss", ""))).isEqualTo("wrong_issuer");
    assertThat(reason(both, Pairs.token(wired.keyOfA, "iss", "[\"" + A + "\"]")))
        .isEqualTo("bad_claims");
    assertThat(
            reason(both, Pairs.token(wired.keyOfA, "iss", "\"" + A + "\",\"iss\":\"" + B + "\"")))
        .isEqualTo("bad_claims");
  }

  @Test
  @DisplayName("CH-8 a remembered token of one issuer is the same issuer's, and expires on time")
  void remembered() {
    String ofA = token(wired.keyOfA, A);
    String ofB = token(wired.keyOfB, B);
    for (int i = 0; i < 3; i++) {
      assertThat(who(both, ofA).principal().id()).isEqualTo(A + "|alice");
      assertThat(who(both, ofB).principal().id()).isEqualTo(B + "|alice");
    }
    wired.clock.advance(Duration.ofSeconds(330));
    assertThat(reason(both, ofA)).isEqualTo("expired");
    assertThat(reason(both, ofB)).isEqualTo("expired");
  }

  @Test
  @DisplayName("CH-8 each issuer keeps its own rules: length, leeway, type, audience")
  void rules() {
    JwtVerifier strict =
        wired
            .builder(B, wired.keyOfB)
            .maxLength(1024)
            .leeway(Duration.ZERO)
            .type("JWT")
            .audience("https://other.example")
            .build();
    JwtVerifier wide = wired.builder(A, wired.keyOfA).maxLength(4096).build();
    JwtAuthenticator mixed = wired.taking(TrustedIssuer.of(strict), TrustedIssuer.of(wide));
    String padding = Forge.quoted("x".repeat(1024));
    assertThat(who(mixed, token(wired.keyOfA, A, "x", padding))).isNotNull();
    assertThat(reason(mixed, token(wired.keyOfB, B, "x", padding))).isEqualTo("oversized");
    assertThat(reason(mixed, token(wired.keyOfA, A, "x", Forge.quoted("x".repeat(4096)))))
        .isEqualTo("oversized");
    assertThat(reason(mixed, token(wired.keyOfB, B))).isEqualTo("wrong_type");
    JwtVerifier exact = wired.builder(B, wired.keyOfB).leeway(Duration.ZERO).build();
    JwtAuthenticator times = wired.taking(TrustedIssuer.of(exact), wired.a());
    wired.clock.advance(Duration.ofMinutes(5));
    assertThat(reason(times, token(wired.keyOfB, B))).isEqualTo("expired");
    assertThat(who(times, token(wired.keyOfA, A))).isNotNull();
  }

  @Test
  @DisplayName("CH-8 hostile tokens are refused the same with several issuers as with one")
  void hostile() {
    for (String token : CompactFormTest.forms()) {
      if (token.matches("[^.]*\\.[^.]*\\.[^.]*") && !token.contains(" ")) {
        assertThat(reason(both, token)).isIn("malformed", "wrong_issuer", "bad_claims");
      }
    }
    assertThat(
            reason(both, Forge.signed("{\"alg\":\"none\"}", Forge.claims("iss", "\"" + A + "\""))))
        .isEqualTo("unknown_key");
  }

  @Test
  @DisplayName("CH-8 two issuers of one name, one who takes any beside others, or nobody: refused")
  void construction() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtAuthenticator.of(wired.a(), wired.a()))
        .withMessageContaining(A);
    TrustedIssuer any =
        TrustedIssuer.of(
            JwtVerifier.builder(VerificationKeys.of(wired.keyOfB.verificationKey()))
                .acceptAnyIssuer()
                .acceptAnyAudience()
                .build());
    assertThatIllegalArgumentException().isThrownBy(() -> JwtAuthenticator.of(wired.a(), any));
    assertThatIllegalArgumentException().isThrownBy(() -> JwtAuthenticator.of(any, wired.a()));
    assertThatIllegalArgumentException().isThrownBy(JwtAuthenticator::of);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwtAuthenticator.builder().trust(wired.a()).lookUp().build());
    assertThat(JwtAuthenticator.of(any).families()).isEmpty();
    assertThat(JwtAuthenticator.of(wired.a(), wired.b()))
        .hasToString(
            "JwtAuthenticator[JwtVerifier[https://a.example [VerificationKey[RS256 1]],"
                + " https://b.example [VerificationKey[ES256 1]]]]");
  }
}

package com.example.jwt;

import static com.example.jwt.Forge.NOW;
import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a signature is checked, as the provider that checks them counts it. */
class SeenTokensTest {
  private final CountingProvider provider = new CountingProvider();
  private final SettableClock clock = SettableClock.create();
  private final SigningKey key = Pairs.key(JwsAlgorithm.RS256);
  private final VerificationKeys keys =
      VerificationKeys.of(key.verificationKey().withProvider(provider));

  private JwtVerifier.Builder builder() {
    return Forge.builder(clock, keys);
  }

  private String token(int number) {
    return Pairs.token(key, "jti", "\"" + number + "\"");
  }

  private static void assertTaken(JwtVerifier verifier, String token) {
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
  }

  private int checks(Runnable work) {
    int before = provider.verified.get();
    work.run();
    return provider.verified.get() - before;
  }

  @Test
  @DisplayName("JW-3 a token that was good is not checked again, and is the same value")
  void once() {
    JwtVerifier verifier = builder().build();
    String token = token(1);
    JwtResult first = verifier.verify(token);
    assertThat(provider.verified).hasValue(1);
    for (int i = 0; i < 100; i++) {
      assertThat(verifier.verify(new String(token.toCharArray()))).isSameAs(first);
    }
    assertThat(provider.verified).hasValue(1);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 30, 300})
  @DisplayName("JW-3 a token that is remembered expires at exp + leeway exactly")
  void expiry(long leeway) {
    JwtVerifier verifier = builder().leeway(Duration.ofSeconds(leeway)).build();
    String token = token(1);
    assertTaken(verifier, token);
    clock.advance(Duration.ofSeconds(300 + leeway).minusMillis(1));
    assertTaken(verifier, token);
    assertThat(provider.verified).hasValue(1);
    clock.advance(Duration.ofMillis(1));
    assertThat(refusal(verifier.verify(token))).isEqualTo(JwtRefusal.EXPIRED);
  }

  @Test
  @DisplayName("JW-3 whoever remembers none checks each time")
  void none() {
    String token = token(1);
    for (JwtVerifier verifier :
        List.of(builder().rememberNone().build(), builder().remember(0, 1 << 20).build())) {
      assertThat(checks(() -> List.of(1, 2, 3).forEach(i -> assertTaken(verifier, token))))
          .isEqualTo(3);
    }
  }

  @Test
  @DisplayName("JW-3 what was refused is not remembered, whatever it was refused for")
  void refused() {
    JwtVerifier verifier = builder().build();
    for (String token :
        List.of(
            Pairs.token(key, "aud", "\"x\""),
            Pairs.token(key, "exp", "1"),
            Pairs.token(key, "nbf", Long.toString(NOW + 31)),
            token(1).substring(0, token(1).lastIndexOf('.')) + "." + Forge.base64(new byte[256]))) {
      JwtRefusal why = refusal(verifier.verify(token));
      assertThat(checks(() -> assertThat(refusal(verifier.verify(token))).isEqualTo(why)))
          .isEqualTo(1);
    }
    String early = Pairs.token(key, "nbf", Long.toString(NOW + 31));
    clock.advance(Duration.ofSeconds(1));
    assertTaken(verifier, early);
  }

  @Test
  @DisplayName("JW-3 two verifiers of the same keys share no memory: the other audience refuses")
  void policies() {
    JwtVerifier one = builder().build();
    String token = token(1);
    assertTaken(one, token);
    JwtVerifier otherAudience = builder().audience("https://other.example").build();
    JwtVerifier otherIssuer = builder().issuer("https://other.example").build();
    JwtVerifier otherType = builder().type("JWT").build();
    assertThat(refusal(otherAudience.verify(token))).isEqualTo(JwtRefusal.WRONG_AUDIENCE);
    assertThat(refusal(otherIssuer.verify(token))).isEqualTo(JwtRefusal.WRONG_ISSUER);
    assertThat(refusal(otherType.verify(token))).isEqualTo(JwtRefusal.WRONG_TYPE);
    clock.advance(Duration.ofSeconds(329));
    assertTaken(one, token);
    assertThat(refusal(builder().leeway(Duration.ZERO).build().verify(token)))
        .isEqualTo(JwtRefusal.EXPIRED);
  }

  @Test
  @DisplayName("JW-3 a token that differs in one character is another: it is checked, and refused")
  void nearly() {
    JwtVerifier verifier = builder().build();
    String token = token(1);
    assertTaken(verifier, token);
    int dot = token.lastIndexOf('.');
    String other = token.charAt(dot + 1) == 'A' ? "B" : "A";
    String changed = token.substring(0, dot + 1) + other + token.substring(dot + 2);
    assertThat(refusal(verifier.verify(changed))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
    assertThat(refusal(verifier.verify(token + "\uD800"))).isEqualTo(JwtRefusal.MALFORMED);
    assertThat(refusal(verifier.verify(token + "?"))).isEqualTo(JwtRefusal.MALFORMED);
  }

  @Test
  @DisplayName("CH-10 many threads with few tokens: all are taken, and few checks are made")
  void threads() {
    JwtVerifier verifier = builder().remember(8, 1 << 20).build();
    List<String> tokens = List.of(token(1), token(2), token(3));
    Race.of(
        16,
        thread -> {
          for (int i = 0; i < 500; i++) {
            VerifiedJwt jwt = (VerifiedJwt) verifier.verify(tokens.get((thread + i) % 3));
            assertThat(jwt.id()).contains(Integer.toString((thread + i) % 3 + 1));
          }
          return true;
        });
    assertThat(provider.verified.get()).isBetween(3, 48);
  }
}

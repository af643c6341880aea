package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SeenLimitsTest {
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
  @DisplayName("JW-3 100,000 bad tokens make no room for themselves: the good ones stay remembered")
  void flood() {
    JwtVerifier verifier = builder().remember(100, 64 << 10).build();
    List<String> good = List.of(token(1), token(2), token(3));
    good.forEach(token -> assertTaken(verifier, token));
    String signed = good.get(0).substring(0, good.get(0).lastIndexOf('.') + 1);
    byte[] signature = new byte[256];
    for (int i = 0; i < 100_000; i++) {
      signature[0] = 1;
      signature[253] = (byte) (i >> 16);
      signature[254] = (byte) (i >> 8);
      signature[255] = (byte) i;
      assertThat(verifier.verify(signed + Forge.base64(signature)))
          .isInstanceOf(JwtResult.Refused.class);
    }
    assertThat(checks(() -> good.forEach(token -> assertTaken(verifier, token)))).isZero();
  }

  @Test
  @DisplayName("JW-3 at most so many are remembered, and who is asked for stays")
  void entries() {
    JwtVerifier verifier = builder().remember(20, 1 << 20).build();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      tokens.add(token(i));
      assertTaken(verifier, tokens.get(i));
      assertTaken(verifier, tokens.get(0));
    }
    assertThat(provider.verified).hasValue(60);
    assertThat(checks(() -> assertTaken(verifier, tokens.get(0)))).isZero();
    assertThat(checks(() -> tokens.subList(51, 60).forEach(token -> assertTaken(verifier, token))))
        .isZero();
    assertThat(checks(() -> tokens.forEach(token -> assertTaken(verifier, token))))
        .isGreaterThanOrEqualTo(40);
  }

  @Test
  @DisplayName("JW-3 at most so many bytes are remembered, however few the tokens are")
  void bytes() {
    JwtVerifier verifier = builder().maxLength(64 << 10).remember(1000, 64 << 10).build();
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tokens.add(Pairs.token(key, "x", "\"" + i + "x".repeat(10_000) + "\""));
      assertTaken(verifier, tokens.get(i));
    }
    assertThat(checks(() -> tokens.forEach(token -> assertTaken(verifier, token))))
        .isGreaterThanOrEqualTo(6);
    JwtVerifier several = builder().maxLength(64 << 10).remember(1000, 512 << 10).build();
    for (int round = 0; round < 2; round++) {
      tokens.forEach(token -> assertTaken(several, token));
    }
    assertThat(checks(() -> tokens.subList(6, 8).forEach(token -> assertTaken(several, token))))
        .isZero();
    JwtVerifier larger = builder().maxLength(64 << 10).remember(1000, 2 << 20).build();
    tokens.forEach(token -> assertTaken(larger, token));
    assertThat(checks(() -> tokens.forEach(token -> assertTaken(larger, token)))).isZero();
  }

  @Test
  @DisplayName("JW-3 a claim of many small values counts as what it takes in memory")
  void values() {
    String lists = "[" + "[],".repeat(2_000) + "[]]";
    String text = "\"" + "x".repeat(lists.length() - 2) + "\"";
    for (boolean light : new boolean[] {true, false}) {
      JwtVerifier verifier = builder().maxLength(64 << 10).remember(1000, 512 << 10).build();
      List<String> tokens = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tokens.add(Pairs.token(key, "x" + i, light ? text : lists));
        assertTaken(verifier, tokens.get(i));
      }
      int again = checks(() -> tokens.forEach(token -> assertTaken(verifier, token)));
      assertThat(again == 0).isEqualTo(light);
    }
  }

  @Test
  @DisplayName("JW-4 audiences, roles and nested objects count: the memory takes no more than said")
  void honest() {
    String[] dear = {
      "aud", "[\"https://api.example\"" + ",\"a\"".repeat(900) + "]",
      "roles", "[\"r\"" + ",\"b\"".repeat(900) + "]",
      "x", "[{}" + ",{\"k\":1}".repeat(450) + "]"
    };
    for (int i = 0; i < dear.length; i += 2) {
      int limit = 8 << 20;
      JwtVerifier verifier = builder().maxLength(64 << 10).remember(1_000_000, limit).build();
      JwtAuthenticator taking = JwtAuthenticator.of(TrustedIssuer.of(verifier).withRoles("roles"));
      long before = used();
      for (int n = 0; n < 400; n++) {
        String token = Pairs.token(key, dear[i], dear[i + 1], "jti", "\"" + n + "\"");
        assertThat(WiredIssuers.who(taking, token)).isNotNull();
      }
      assertThat(used() - before).as(dear[i]).isLessThan(limit);
      assertThat(taking).isNotNull(); // reachable until here
    }
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  @Test
  @DisplayName("JW-3 the limits of what is remembered are checked")
  void limits() {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().remember(-1, 64 << 10));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().remember(10_000_001, 1 << 20));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().remember(1, (64 << 10) - 1));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxLength(63));
    assertThatIllegalArgumentException().isThrownBy(() -> builder().maxLength((1 << 20) + 1));
    JwtVerifier least = builder().remember(1, 64 << 10).maxLength(1 << 20).build();
    assertTaken(least, token(1));
    assertThat(checks(() -> assertTaken(least, token(1)))).isZero();
  }
}

package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What keys are called that have no id of their own. */
class KeyNameTest {
  private static final String UNDER_TEST = "0123456789abcdef0123456789abcdef";

  private static String name(SigningKey key) {
    return SigningKeySet.of(key).current().keyId().orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512", "EDDSA", "RS256", "PS512"})
  @DisplayName("JW-5 a public key without an id has its thumbprint (RFC 7638), on every node")
  void thumbprint(JwsAlgorithm algorithm) {
    SigningKey key = JwtFixture.key(algorithm);
    assertThat(name(key))
        .isEqualTo(Jwk.thumbprint(key.verificationKey()))
        .isEqualTo(name(Jwk.signingKey(Jwk.privateJwk(key))))
        .matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  @DisplayName("JW-5 one that is accepted or rotated to has it too; an id of its own stays")
  void everywhere() {
    SigningKey next = JwtFixture.key(JwsAlgorithm.ES256);
    SigningKey accepted = JwtFixture.key(JwsAlgorithm.ES256);
    SigningKey named = JwtFixture.key(JwsAlgorithm.ES256).withKeyId("mine");
    SigningKeySet keys = SigningKeySet.of(named);
    keys.accept(accepted.verificationKey(), Duration.ofHours(1));
    keys.rotate(next, Duration.ofHours(1));
    assertThat(keys.verificationKeys())
        .extracting(key -> key.keyId().orElseThrow())
        .containsExactlyInAnyOrder(
            Jwk.thumbprint(next.verificationKey()),
            Jwk.thumbprint(accepted.verificationKey()),
            "mine");
  }

  @Test
  @DisplayName("JW-5 a secret's id is no hash of it: 9 bytes of its HMAC over a label, everywhere")
  void secret() throws Exception {
    byte[] secret = UNDER_TEST.getBytes(StandardCharsets.US_ASCII);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    byte[] expected = mac.doFinal("sallyport key id".getBytes(StandardCharsets.US_ASCII));
    String id = name(JwtFixture.secret(secret));
    assertThat(id)
        .isEqualTo(Base64.getUrlEncoder().encodeToString(Arrays.copyOf(expected, 9)))
        .isEqualTo(name(JwtFixture.secret(secret.clone())));
    for (String hash : new String[] {"SHA-256", "SHA-1", "MD5", "SHA-512"}) {
      byte[] digest = MessageDigest.getInstance(hash).digest(secret);
      assertThat(Base64.getUrlEncoder().encodeToString(digest)).doesNotContain(id);
      assertThat(HexFormat.of().formatHex(digest)).doesNotContain(id);
    }
    assertThat(UNDER_TEST).doesNotContain(id);
  }

  @Test
  @DisplayName("JW-5 no two secrets have the same id, nor has one secret of two algorithms")
  void unlike() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      assertThat(seen.add(name(JwtFixture.secret(JwtFixture.random(32))))).isTrue();
    }
    byte[] secret = JwtFixture.random(64);
    assertThat(name(SigningKey.ofSecret(JwsAlgorithm.HS512, secret)))
        .isNotEqualTo(name(JwtFixture.secret(secret)));
  }

  @Test
  @DisplayName("JW-5, JW-7 ids of 512 characters, three bytes each, work through login and refresh")
  void longest() {
    JwtFixture fixture = new JwtFixture();
    String longest = "\u20AC".repeat(512);
    SigningKeySet signing = SigningKeySet.of(JwtFixture.SIGNING.withKeyId("k".repeat(512)));
    SigningKeySet refresh = SigningKeySet.of(JwtFixture.FIRST.withKeyId(longest));
    RefreshFamilies families =
        RefreshFamilies.builder(
                Sallyport.of(
                    AuthEnvironment.standard().withClock(fixture.clock),
                    fixture.users,
                    fixture.store),
                JwtIssuer.of("i", "a", signing),
                refresh)
            .build();
    TokenPair pair =
        families
            .start(
                fixture.user(fixture.alice.id()), fixture.clock.instant(), JwtFixture.CLIENT, null)
            .orElseThrow();
    assertThat(families.refresh(pair.refreshToken().reveal()))
        .isInstanceOf(RefreshResult.Refreshed.class);
  }
}

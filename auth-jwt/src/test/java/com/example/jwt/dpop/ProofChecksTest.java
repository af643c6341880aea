package com.example.jwt.dpop;

import static com.example.jwt.dpop.Desk.URL;
import static com.example.jwt.dpop.Desk.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetKeyPairGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.sallyport.AuthRequest;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.testkit.TestRequest;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofChecksTest {
  private final Desk desk = new Desk();

  private static Arguments wrong(DpopRefusal why, String name, UnaryOperator<ProofMaker> change) {
    return Arguments.of(name, change, why);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        wrong(DpopRefusal.WRONG_TYPE, "typ JWT", p -> p.header("typ", "JWT")),
        wrong(DpopRefusal.WRONG_TYPE, "typ at+jwt", p -> p.header("typ", "at+jwt")),
        wrong(DpopRefusal.WRONG_TYPE, "no typ", p -> p.withoutHeader("typ")),
        wrong(DpopRefusal.MALFORMED, "no alg", p -> p.withoutHeader("alg")),
        wrong(DpopRefusal.MALFORMED, "crit", p -> p.header("crit", List.of("exp"))),
        wrong(DpopRefusal.WRONG_ALGORITHM, "alg none", p -> p.header("alg", "none")),
        wrong(DpopRefusal.WRONG_ALGORITHM, "alg HS256", p -> p.header("alg", "HS256")),
        wrong(DpopRefusal.WRONG_ALGORITHM, "alg es256", p -> p.header("alg", "es256")),
        wrong(DpopRefusal.BAD_KEY, "alg ES384", p -> p.header("alg", "ES384")),
        wrong(DpopRefusal.BAD_KEY, "alg RS256", p -> p.header("alg", "RS256")),
        wrong(DpopRefusal.BAD_KEY, "no jwk", p -> p.withoutHeader("jwk")),
        wrong(DpopRefusal.BAD_KEY, "jwk is a text", p -> p.header("jwk", "{}")),
        wrong(DpopRefusal.BAD_KEY, "jwk is empty", p -> p.header("jwk", Map.of())),
        wrong(DpopRefusal.BAD_CLAIMS, "no jti", p -> p.without("jti")),
        wrong(DpopRefusal.BAD_CLAIMS, "empty jti", p -> p.claim("jti", "")),
        wrong(DpopRefusal.BAD_CLAIMS, "jti 7", p -> p.claim("jti", 7)),
        wrong(DpopRefusal.BAD_CLAIMS, "jti of 513", p -> p.claim("jti", "j".repeat(513))),
        wrong(DpopRefusal.BAD_CLAIMS, "no htm", p -> p.without("htm")),
        wrong(DpopRefusal.BAD_CLAIMS, "no htu", p -> p.without("htu")),
        wrong(DpopRefusal.BAD_CLAIMS, "no iat", p -> p.without("iat")),
        wrong(DpopRefusal.BAD_CLAIMS, "iat is a text", p -> p.claim("iat", "1")),
        wrong(DpopRefusal.BAD_CLAIMS, "iat 1e300", p -> p.claim("iat", 1e300)),
        wrong(DpopRefusal.BAD_CLAIMS, "ath 7", p -> p.claim("ath", 7)),
        wrong(DpopRefusal.BAD_CLAIMS, "nonce 7", p -> p.claim("nonce", 7)),
        wrong(DpopRefusal.WRONG_METHOD, "htm POST", p -> p.claim("htm", "POST")),
        wrong(DpopRefusal.WRONG_METHOD, "htm get", p -> p.claim("htm", "get")),
        wrong(DpopRefusal.WRONG_TOKEN, "no ath", p -> p.without("ath")),
        wrong(
            DpopRefusal.WRONG_TOKEN,
            "another token's ath",
            p -> p.claim("ath", "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("RFC 9449 section 4.3: a proof that is wrong in one thing is refused for that")
  void refused(String name, UnaryOperator<ProofMaker> change, DpopRefusal why) {
    assertRefused(desk.use(change.apply(desk.proof()).sign()), why);
    desk.assertTaken(desk.use(desk.proof().sign()));
    assertRefused(desk.use(change.apply(desk.proof()).sign()), why); // now that its key is known
  }

  static Stream<Arguments> taken() {
    return Stream.of(
        wrong(null, "typ with application/", p -> p.header("typ", "application/dpop+JWT")),
        wrong(null, "a header of its own", p -> p.header("x", "y")),
        wrong(null, "claims of its own", p -> p.claim("x", List.of(1))),
        wrong(null, "a nonce that nobody asked for", p -> p.claim("nonce", "n")),
        wrong(null, "jti of 512", p -> p.claim("jti", "j".repeat(512))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @DisplayName("RFC 9449 section 4.3: what is not forbidden is accepted")
  void taken(String name, UnaryOperator<ProofMaker> change, DpopRefusal none) {
    desk.assertTaken(desk.use(change.apply(desk.proof()).sign()));
  }

  private ProofMaker proof(JWK key, String algorithm) {
    return ProofMaker.of(key, JWSAlgorithm.parse(algorithm), "GET", URL, desk.clock.instant());
  }

  private static JWK generate(JwsAlgorithm algorithm) throws Exception {
    return switch (algorithm) {
      case ES256 -> new ECKeyGenerator(Curve.P_256).generate();
      case ES384 -> new ECKeyGenerator(Curve.P_384).generate();
      case ES512 -> new ECKeyGenerator(Curve.P_521).generate();
      case EDDSA, ED25519 -> new OctetKeyPairGenerator(Curve.Ed25519).generate();
      default -> new RSAKeyGenerator(2048).generate();
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"HS256", "HS384", "HS512", "ML_DSA_44", "ML_DSA_65", "ML_DSA_87"})
  @DisplayName("RFC 9449 section 4.2: nimbus-jose-jwt's proofs are accepted by each algorithm")
  void algorithms(JwsAlgorithm algorithm) throws Exception {
    JWK key = generate(algorithm);
    String proof = proof(key, algorithm.jwaName()).sign();
    DpopResult result = desk.proofs.check(Desk.request(proof));
    assertThat(result).isInstanceOf(DpopProof.class);
    assertThat(((DpopProof) result).thumbprint()).isEqualTo(ProofMaker.thumbprint(key));
    assertRefused(
        new Desk(DpopPolicy.allowed().withAlgorithms(other(algorithm)))
            .proofs.check(Desk.request(proof)),
        DpopRefusal.WRONG_ALGORITHM);
  }

  private static JwsAlgorithm other(JwsAlgorithm algorithm) {
    return algorithm == JwsAlgorithm.ES256 ? JwsAlgorithm.ES384 : JwsAlgorithm.ES256;
  }

  @Test
  @DisplayName("RFC 9449 section 4.2: an HMAC under the published key, or any key, is refused")
  void symmetric() {
    byte[] secret = new byte[32];
    JWK oct = new OctetSequenceKey.Builder(secret).build();
    Map<String, Object> sent = oct.toJSONObject();
    String proof = proof(desk.key, "HS256").header("jwk", sent).sign(oct);
    assertRefused(desk.proofs.check(Desk.request(proof)), DpopRefusal.WRONG_ALGORITHM);
    String disguised =
        proof(desk.key, "HS256").header("alg", "ES256").header("jwk", sent).sign(oct);
    assertRefused(desk.proofs.check(Desk.request(disguised)), DpopRefusal.BAD_KEY);
    assertThatThrownBy(() -> DpopPolicy.allowed().withAlgorithms(JwsAlgorithm.HS256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("none that is HMAC");
  }

  @ParameterizedTest
  @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
  @DisplayName("RFC 9449 section 4.3: a jwk with a private member is refused, whatever its value")
  void privateMembers(String member) {
    Map<String, Object> jwk = new LinkedHashMap<>(desk.key.toPublicJWK().toJSONObject());
    assertThat(desk.proofs.check(Desk.request(desk.proof().header("jwk", jwk).sign())))
        .isInstanceOf(DpopProof.class);
    jwk.put(member, desk.key.toJSONObject().get("d"));
    String proof = desk.proof().header("jwk", jwk).sign();
    assertRefused(desk.proofs.check(Desk.request(proof)), DpopRefusal.BAD_KEY);
  }

  @Test
  @DisplayName("JW-1 the rules for keys hold: short RSA, a point off the curve")
  void keyRules() throws Exception {
    RSAKey small = new RSAKeyGenerator(1024, true).generate();
    RSAKey good = new RSAKeyGenerator(2048).generate();
    String weak = proof(good, "RS256").header("jwk", small.toPublicJWK().toJSONObject()).sign();
    assertRefused(desk.proofs.check(Desk.request(weak)), DpopRefusal.BAD_KEY);
    Map<String, Object> off = new LinkedHashMap<>(desk.key.toPublicJWK().toJSONObject());
    off.put("y", Base64URL.encode(new byte[32]).toString());
    assertRefused(
        desk.proofs.check(Desk.request(desk.proof().header("jwk", off).sign())),
        DpopRefusal.BAD_KEY);
  }

  private static RSAKey withExponent(BigInteger exponent) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(new RSAKeyGenParameterSpec(2048, exponent));
    KeyPair pair = generator.generateKeyPair();
    return new RSAKey.Builder((RSAPublicKey) pair.getPublic())
        .privateKey(pair.getPrivate())
        .build();
  }

  @Test
  @DisplayName("RFC 9449 section 11: a stranger's exponent has 64 bits at most, so it costs little")
  void exponent() throws Exception {
    BigInteger longest = BigInteger.ONE.shiftLeft(63).add(BigInteger.valueOf(29));
    RSAKey fits = withExponent(longest);
    assertThat(desk.proofs.check(Desk.request(proof(fits, "RS256").sign())))
        .isInstanceOf(DpopProof.class);
    RSAKey tooLong = withExponent(longest.shiftLeft(2).add(BigInteger.TWO.add(BigInteger.ONE)));
    assertRefused(
        desk.proofs.check(Desk.request(proof(tooLong, "RS256").sign())), DpopRefusal.BAD_KEY);
  }

  @Test
  @DisplayName("RFC 9449 section 4.3: the signature is by the key in the header, over these bytes")
  void signature() {
    JWK thief = ProofMaker.newKey();
    assertRefused(desk.use(desk.proof().sign(thief)), DpopRefusal.BAD_SIGNATURE);
    String good = desk.proof().sign();
    String other = desk.proof().sign();
    String swapped =
        other.substring(0, other.lastIndexOf('.')) + good.substring(good.lastIndexOf('.'));
    assertRefused(desk.use(swapped), DpopRefusal.BAD_SIGNATURE);
    desk.assertTaken(desk.use(good));
    assertRefused(desk.use(swapped), DpopRefusal.BAD_SIGNATURE); // now that the key is known
  }

  @Test
  @DisplayName("RFC 9449 section 7.1: a right proof by another key than the token's is refused")
  void anotherKey() {
    JWK thief = ProofMaker.newKey();
    ProofMaker proof =
        ProofMaker.of(thief, "GET", URL, desk.clock.instant())
            .claim("ath", SecretDigest.of(Desk.TOKEN).text());
    assertRefused(desk.use(proof.sign()), DpopRefusal.WRONG_KEY);
    assertThat(
            desk.proofs.use(Desk.request(proof.sign()), Desk.TOKEN, ProofMaker.thumbprint(thief)))
        .isInstanceOf(DpopProof.class);
    assertRefused(desk.use(proof.claim("jti", "2").sign()), DpopRefusal.WRONG_KEY);
  }

  @Test
  @DisplayName("RFC 9449 section 4.3: a request has exactly one proof")
  void single() {
    String proof = desk.proof().sign();
    TestRequest twice = Desk.request().header("DPoP", proof).header("dpop", proof);
    assertRefused(desk.use(twice.build()), DpopRefusal.SEVERAL);
    assertRefused(desk.use(proof + ", " + proof), DpopRefusal.MALFORMED);
    assertRefused(desk.use(Desk.request().build()), DpopRefusal.MISSING);
    desk.assertTaken(desk.use(proof));
  }

  @Test
  @DisplayName("JW-2 a proof has 4,096 characters at most, and strict compact form")
  void form() {
    String most = proofOf(DpopProofs.MAX_LENGTH);
    desk.assertTaken(desk.use(most));
    assertRefused(desk.use(most + "A"), DpopRefusal.OVERSIZED);
    String proof = desk.proof().sign();
    for (String text : new String[] {"", "a.b", proof + ".a", proof + "=", " " + proof, "..."}) {
      assertRefused(desk.use(text), DpopRefusal.MALFORMED);
    }
  }

  /** Base64url grows by 4 for 3: one more character of padding at a time finds the length. */
  private String proofOf(int length) {
    for (int padding = 2000; padding < 3000; padding++) {
      String proof = desk.proof().claim("x", "y".repeat(padding)).sign();
      if (proof.length() >= length) {
        assertThat(proof.length()).isBetween(length, length + 1);
        return proof.length() == length
            ? proof
            : desk.proof().header("z", "").claim("x", "y".repeat(padding - 9)).sign();
      }
    }
    throw new AssertionError("no such length");
  }

  @Test
  @DisplayName(
      "RFC 9449 section 4.3: a proof is accepted for less than 60 s, and 5 s ahead at most")
  void age() {
    String proof = desk.proof().sign();
    desk.clock.advance(Duration.ofSeconds(60));
    assertRefused(desk.use(proof), DpopRefusal.STALE);
    desk.clock.advance(Duration.ofMillis(-1));
    desk.assertTaken(desk.use(proof));
    String ahead = desk.proof().claim("iat", desk.clock.instant().getEpochSecond() + 6).sign();
    assertRefused(desk.use(ahead), DpopRefusal.STALE);
    desk.clock.advance(Duration.ofMillis(1));
    desk.assertTaken(desk.use(ahead));
  }

  @Test
  @DisplayName("RFC 9449 section 11.1: how old a proof may be can be set, within bounds")
  void maxAge() {
    Desk strict = new Desk(DpopPolicy.allowed().withMaxAge(Duration.ofSeconds(5)));
    String proof = strict.proof().sign();
    strict.clock.advance(Duration.ofSeconds(5));
    assertRefused(strict.use(proof), DpopRefusal.STALE);
    for (int seconds : new int[] {4, 301}) {
      assertThatThrownBy(() -> DpopPolicy.allowed().withMaxAge(Duration.ofSeconds(seconds)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("5 to 300 seconds");
    }
  }

  @Test
  @DisplayName("RFC 9449 section 5: a login without a proof is as before, or refused if required")
  void required() {
    AuthRequest none = Desk.request().build();
    assertThat(desk.proofs.check(none)).isEqualTo(new DpopResult.Absent());
    assertRefused(new Desk(DpopPolicy.required()).proofs.check(none), DpopRefusal.MISSING);
  }
}

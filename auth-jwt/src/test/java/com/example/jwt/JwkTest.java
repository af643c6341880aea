package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.security.SecureRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static SigningKey generate(JwsAlgorithm algorithm) {
    return SigningKey.generate(algorithm, new SecureRandom());
  }

  @ParameterizedTest
  @EnumSource(
      names = {"HS.*", "ML_DSA.*"},
      mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-5 the public part is written, read again, and verifies; nothing else")
  void roundTrip(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = generate(algorithm).withKeyId("a \"b\\ é");
    String json = Jwk.publicJwk(key.verificationKey());
    VerificationKey read = Jwk.verificationKey(json);
    assertThat(read.keyId()).contains("a \"b\\ é");
    assertThat(read.algorithm()).isEqualTo(algorithm);
    assertThat(Jwk.thumbprint(read)).isEqualTo(Jwk.thumbprint(key.verificationKey())).hasSize(43);
    assertThat(JwsVerifier.of(read).verify(JwsSigner.of(key).sign(new byte[] {1})))
        .isInstanceOf(JwsResult.Verified.class);
    JsonNode fields = JSON.readTree(json);
    for (String closed : new String[] {"d", "p", "q", "dp", "dq", "qi", "k", "oth"}) {
      assertThat(fields.has(closed)).as(closed).isFalse();
    }
    assertThat(fields.path("use").textValue()).isEqualTo("sig");
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "HS384", "HS512"})
  @DisplayName("JW-5 a secret is not published, and has no thumbprint that could be")
  void secrets(JwsAlgorithm algorithm) {
    VerificationKey secret = generate(algorithm).verificationKey();
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.publicJwk(secret));
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.thumbprint(secret));
  }

  private static void assertRefused(JwsAlgorithm algorithm, Consumer<ObjectNode> change)
      throws Exception {
    ObjectNode fields =
        (ObjectNode) JSON.readTree(Jwk.publicJwk(generate(algorithm).verificationKey()));
    Jwk.verificationKey(fields.toString());
    change.accept(fields);
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.verificationKey(fields.toString()));
  }

  @Test
  @DisplayName("JW-5 a JWK that contradicts itself, or is for something else, is refused")
  void contradictions() throws Exception {
    for (JwsAlgorithm algorithm : new JwsAlgorithm[] {JwsAlgorithm.ES256, JwsAlgorithm.RS256}) {
      assertRefused(algorithm, fields -> fields.put("use", "enc"));
      assertRefused(algorithm, fields -> fields.put("use", ""));
      assertRefused(algorithm, fields -> fields.putArray("key_ops").add("sign"));
      assertRefused(algorithm, fields -> fields.putArray("key_ops"));
      assertRefused(algorithm, fields -> fields.put("key_ops", "verify"));
      assertRefused(algorithm, fields -> fields.putArray("key_ops").add("verify").add("verify"));
      assertRefused(algorithm, fields -> fields.put("alg", "A256GCM"));
      assertRefused(algorithm, fields -> fields.put("alg", "none"));
      assertRefused(algorithm, fields -> fields.put("alg", "HS256"));
      assertRefused(algorithm, fields -> fields.put("alg", "EdDSA"));
      assertRefused(algorithm, fields -> fields.put("kty", "oct"));
      assertRefused(algorithm, fields -> fields.remove("kty"));
      assertRefused(algorithm, fields -> fields.put("kid", ""));
      assertRefused(algorithm, fields -> fields.put("kid", "a\n"));
    }
    assertRefused(JwsAlgorithm.ES256, fields -> fields.put("alg", "ES384"));
    assertRefused(JwsAlgorithm.ES256, fields -> fields.put("crv", "P-384"));
    assertRefused(JwsAlgorithm.ES256, fields -> fields.put("crv", "secp256k1"));
    assertRefused(JwsAlgorithm.EDDSA, fields -> fields.put("crv", "X25519"));
    assertRefused(JwsAlgorithm.RS256, fields -> fields.remove("alg"));
    assertRefused(JwsAlgorithm.RS256, fields -> fields.remove("e"));
  }

  @Test
  @DisplayName("JW-5 coordinates have exactly their length, and are canonical base64url")
  void lengths() throws Exception {
    for (JwsAlgorithm algorithm :
        new JwsAlgorithm[] {JwsAlgorithm.ES256, JwsAlgorithm.ES512, JwsAlgorithm.EDDSA}) {
      assertRefused(algorithm, fields -> fields.put("x", fields.get("x").textValue() + "AAAA"));
      assertRefused(algorithm, fields -> fields.put("x", "AAAA"));
      assertRefused(algorithm, fields -> fields.put("x", ""));
      assertRefused(algorithm, fields -> fields.put("x", fields.get("x").textValue() + "="));
      assertRefused(algorithm, fields -> fields.put("x", 7));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "null",
        "{\"kty\":\"oct\",\"alg\":\"HS256\"}",
        "{\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"AAAA\"}",
        "{\"kty\":\"oct\",\"kty\":\"oct\",\"alg\":\"HS256\",\"k\":\"x\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}x"
      })
  @DisplayName("JW-5 what is no JWK is refused, and the message shows nothing of it")
  void malformed(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jwk.verificationKey(json))
        .withNoCause()
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("AAAA", "11qYAYKx"));
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.signingKey(json));
  }

  @Test
  @DisplayName("JW-5 a key that names no algorithm is given one, but not against what it names")
  void given() throws Exception {
    ObjectNode fields =
        (ObjectNode) JSON.readTree(Jwk.publicJwk(generate(JwsAlgorithm.RS256).verificationKey()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jwk.verificationKey(fields.toString(), JwsAlgorithm.PS256));
    fields.remove("alg");
    assertThat(Jwk.verificationKey(fields.toString(), JwsAlgorithm.PS256).algorithm())
        .isEqualTo(JwsAlgorithm.PS256);
  }

  @Test
  @DisplayName("JW-5 a public JWK signs nothing")
  void noPrivatePart() {
    for (JwsAlgorithm algorithm :
        new JwsAlgorithm[] {JwsAlgorithm.RS256, JwsAlgorithm.ES256, JwsAlgorithm.EDDSA}) {
      String open = Jwk.publicJwk(generate(algorithm).verificationKey());
      assertThatIllegalArgumentException().isThrownBy(() -> Jwk.signingKey(open));
    }
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName(
      "JW-5 a private key is written, read again, signs, and its public part shows none of it")
  void privateKeys(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = Pairs.key(algorithm).withKeyId("k");
    String json = Jwk.privateJwk(key);
    SigningKey read = Jwk.signingKey(json);
    assertThat(Jwk.privateJwk(read)).isEqualTo(json);
    assertThat(read.keyId()).isEqualTo(key.keyId());
    JsonNode closed = JSON.readTree(json);
    String open = Jwk.publicJwk(key.verificationKey()) + Jwk.publicJwk(read.verificationKey());
    for (String member : new String[] {"d", "p", "q", "dp", "dq", "qi"}) {
      if (closed.has(member)) {
        assertThat(open + key + read).doesNotContain(closed.get(member).textValue());
      }
    }
    assertThat(Jwk.verificationKey(json).algorithm()).isEqualTo(algorithm);
  }
}

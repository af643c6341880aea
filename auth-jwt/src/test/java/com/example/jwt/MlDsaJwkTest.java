package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKey;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9964 section 3: keys of the type AKP. */
@EnabledForJreRange(minVersion = 24)
class MlDsaJwkTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static ObjectNode fields(String json) throws Exception {
    return (ObjectNode) JSON.readTree(json);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 the public part is written, read again and verifies; nothing else is in it")
  void publicKeys(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = MlDsaKeys.generate(algorithm).withKeyId("k");
    String json = Jwk.publicJwk(key.verificationKey());
    assertThat(fields(json).fieldNames())
        .toIterable()
        .containsExactly("alg", "kid", "kty", "pub", "use");
    assertThat(fields(json).get("kty").textValue()).isEqualTo("AKP");
    assertThat(fields(json).get("alg").textValue()).isEqualTo(algorithm.jwaName());
    VerificationKey read = Jwk.verificationKey(json);
    assertThat(read.algorithm()).isEqualTo(algorithm);
    assertThat(Jwk.publicJwk(read)).isEqualTo(json);
    byte[] content = {1};
    assertThat(read.verifies(content, 1, key.sign(content))).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.signingKey(json));
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 a private key is its seed of 32 bytes; written, read again, it signs")
  void privateKeys(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = MlDsaKeys.generate(algorithm).withKeyId("k");
    String json = Jwk.privateJwk(key);
    assertThat(Forge.bytes(fields(json).get("priv").textValue())).hasSize(32);
    SigningKey read = Jwk.signingKey(json);
    assertThat(Jwk.privateJwk(read)).isEqualTo(json);
    byte[] content = {1};
    assertThat(key.verificationKey().verifies(content, 1, read.sign(content))).isTrue();
  }

  private static void assertRefused(String json, Consumer<ObjectNode> change) throws Exception {
    ObjectNode fields = fields(json);
    String secret = fields.path("priv").asText("none");
    change.accept(fields);
    String changed = fields.toString();
    for (Runnable reading :
        List.<Runnable>of(
            () -> Jwk.signingKey(changed),
            () -> {
              if (!json.contains("\"priv\"")) {
                Jwk.verificationKey(changed);
              } else {
                Jwk.signingKey(changed);
              }
            })) {
      assertThatIllegalArgumentException()
          .isThrownBy(reading::run)
          .withNoCause()
          .withMessageNotContaining(secret);
    }
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 a JWK that contradicts itself, or has another length, is refused")
  void contradictions(JwsAlgorithm algorithm) throws Exception {
    String open = Jwk.publicJwk(MlDsaKeys.generate(algorithm).verificationKey());
    for (JwsAlgorithm other : MlDsaKeys.others(algorithm)) {
      assertRefused(open, fields -> fields.put("alg", other.jwaName()));
    }
    for (String alg : new String[] {"ML-DSA", algorithm.name(), "ml-dsa-65", "EdDSA", "ES256"}) {
      assertRefused(open, fields -> fields.put("alg", alg));
    }
    for (String type : new String[] {"OKP", "EC", "oct", "akp", "ML-DSA"}) {
      assertRefused(open, fields -> fields.put("kty", type));
    }
    assertRefused(open, fields -> fields.remove("pub"));
    assertRefused(open, fields -> fields.put("pub", ""));
    assertRefused(open, fields -> fields.put("pub", fields.get("pub").textValue() + "AAAA"));
    assertRefused(open, fields -> fields.put("pub", fields.get("pub").textValue() + "="));
    assertRefused(open, fields -> fields.put("pub", fields.get("pub").textValue().substring(4)));
    assertRefused(open, fields -> fields.put("pub", 7));
    assertRefused(open, fields -> fields.put("use", "enc"));
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("RFC 9964 section 3: 'alg' is required, even where the algorithm is given")
  void algorithms(JwsAlgorithm algorithm) throws Exception {
    String open = Jwk.publicJwk(MlDsaKeys.generate(algorithm).verificationKey());
    assertThat(Jwk.verificationKey(open, algorithm).algorithm()).isEqualTo(algorithm);
    ObjectNode fields = fields(open);
    fields.remove("alg");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jwk.verificationKey(fields.toString(), algorithm))
        .withMessageContaining("'alg'");
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.verificationKey(fields.toString()));
    assertThat(JwkSet.verificationKeys("{\"keys\":[" + fields + "]}")).isEmpty();
    fields.put("crv", "Ed25519");
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.verificationKey(fields.toString()));
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.MlDsaKeys#algorithms")
  @DisplayName("JW-5 a seed of another length or of another key is refused, and not shown")
  void seeds(JwsAlgorithm algorithm) throws Exception {
    String closed = Jwk.privateJwk(MlDsaKeys.generate(algorithm));
    String other = fields(Jwk.privateJwk(MlDsaKeys.generate(algorithm))).get("priv").textValue();
    assertRefused(closed, fields -> fields.put("priv", other));
    for (int length : new int[] {0, 1, 31, 33, 64, 4032}) {
      assertRefused(closed, fields -> fields.put("priv", Forge.base64(new byte[length])));
    }
    assertRefused(closed, fields -> fields.put("priv", 7));
    assertRefused(closed, fields -> fields.remove("priv"));
    assertRefused(closed, fields -> fields.remove("pub"));
  }

  @Test
  @DisplayName("JW-5 an issuer's set is read with ML-DSA in it, but no member that shows its seed")
  void published() {
    List<VerificationKey> keys =
        MlDsaKeys.algorithms()
            .map(algorithm -> MlDsaKeys.generate(algorithm).withKeyId("1").verificationKey())
            .toList();
    String set = JwkSet.publicJwkSet(keys);
    assertThat(set).doesNotContain("priv");
    assertThat(JwkSet.verificationKeys(set))
        .extracting(Jwk::publicJwk)
        .containsExactlyElementsOf(keys.stream().map(Jwk::publicJwk).toList());
    String secret = Jwk.privateJwk(MlDsaKeys.generate(JwsAlgorithm.ML_DSA_65).withKeyId("2"));
    String open = Jwk.publicJwk(keys.get(1));
    assertThat(JwkSet.verificationKeys("{\"keys\":[" + secret + "," + open + "]}"))
        .extracting(Jwk::publicJwk)
        .containsExactly(open);
  }

  @Test
  @DisplayName("JW-5 a set that signs with ML-DSA rotates, and is written and read with its seed")
  void sets() {
    SigningKeySet keys = SigningKeySet.of(Pairs.key(JwsAlgorithm.ES256));
    keys.rotate(MlDsaKeys.ofZeros(JwsAlgorithm.ML_DSA_44), Duration.ofDays(1));
    SigningKeySet read = SigningKeySet.read(AuthEnvironment.standard(), keys.privateJwkSet());
    assertThat(read.current().keyId()).contains("T4xl70S7MT6Zeq6r9V9fPJGVn76wfnXJ21-gyo0Gu6o");
    assertThat(read.privateJwkSet()).isEqualTo(keys.privateJwkSet());
    assertThat(read.verificationKeys()).hasSize(2);
  }
}

package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RfcExamplesTest {
  private static final JwsAlgorithm[] ALL = JwsAlgorithm.values();

  private static JwsAlgorithm algorithm(String name) {
    for (JwsAlgorithm algorithm : ALL) {
      if (algorithm.jwaName().equals(name)) {
        return algorithm;
      }
    }
    throw new AssertionError(name);
  }

  @TestFactory
  @DisplayName("JW-1, JW-2 the examples of RFC 7515 and RFC 8037")
  List<DynamicTest> examples() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode example : Vectors.read("rfc", "jose_basic_rfc_examples.json").get("jws")) {
      boolean valid = example.get("result").textValue().equals("valid");
      tests.add(
          DynamicTest.dynamicTest(
              example.get("id").textValue(),
              () -> assertThat(isVerified(example)).isEqualTo(valid)));
    }
    assertThat(tests).hasSize(9);
    return tests;
  }

  private static boolean isVerified(JsonNode example) {
    String name = example.get("alg").textValue();
    if (name.equals("none")) {
      SigningKey any = SigningKey.generate(JwsAlgorithm.HS256, new SecureRandom());
      return JwsVerifier.of(any.verificationKey()).verify(example.get("compact").textValue())
          instanceof JwsResult.Verified;
    }
    VerificationKey key = Jwk.verificationKey(example.get("jwk").toString(), algorithm(name));
    return JwsVerifier.of(key).verify(example.get("compact").textValue())
        instanceof JwsResult.Verified;
  }

  @Test
  @DisplayName("JW-5 the thumbprints of RFC 7638 and RFC 8037")
  void thumbprints() throws Exception {
    for (JsonNode example :
        Vectors.read("rfc", "jose_basic_rfc_examples.json").get("thumbprints")) {
      VerificationKey key = Jwk.verificationKey(example.get("jwk").toString());
      assertThat(Jwk.thumbprint(key)).isEqualTo(example.get("sha256").textValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jws/4_1.rsa_v15_signature",
        "jws/4_2.rsa-pss_signature",
        "jws/4_3.ecdsa_signature",
        "jws/4_4.hmac-sha2_integrity_protection",
        "curve25519/jws"
      })
  @DisplayName("JW-1 the compact examples of RFC 7520 and RFC 8037 are verified, and made again")
  void cookbook(String file) throws Exception {
    JsonNode example = Vectors.read("jose-cookbook", file + ".json");
    JsonNode input = example.get("input");
    String json = input.get("key").toString();
    VerificationKey key = Jwk.verificationKey(json, algorithm(input.get("alg").textValue()));
    String compact = example.get("output").get("compact").textValue();
    assertThat(JwsVerifier.of(key).verify(compact))
        .isInstanceOfSatisfying(
            JwsResult.Verified.class,
            verified ->
                assertThat(new String(verified.payload(), StandardCharsets.UTF_8))
                    .isEqualTo(input.get("payload").textValue()));
    if (file.equals("curve25519/jws")) {
      byte[] payload = input.get("payload").textValue().getBytes(StandardCharsets.UTF_8);
      assertThat(JwsSigner.of(Jwk.signingKey(json)).sign(payload)).isEqualTo(compact);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4_5.signature_with_detached_content",
        "4_6.protecting_specific_header_fields",
        "4_7.protecting_content_only",
        "4_8.multiple_signatures"
      })
  @DisplayName("JW-2 detached and JSON serialisations of RFC 7520 are refused")
  void otherForms(String file) throws Exception {
    JsonNode example = Vectors.read("jose-cookbook", "jws", file + ".json");
    SigningKey any = SigningKey.generate(JwsAlgorithm.HS256, new SecureRandom());
    JwsVerifier verifier = JwsVerifier.of(any.verificationKey()).withMaxLength(1 << 20);
    for (JsonNode form : example.get("output")) {
      String text = form.isTextual() ? form.textValue() : form.toString();
      assertThat(verifier.verify(text)).isInstanceOf(JwsResult.Refused.class);
    }
  }

  @Test
  @DisplayName("JW-5 the JWKs of RFC 7520 that are for something else are refused")
  void otherKeys() throws Exception {
    String encryption =
        Vectors.read("jose-cookbook", "jwk", "3_6.symmetric_key_encryption.json").toString();
    assertThatIllegalArgumentException().isThrownBy(() -> Jwk.verificationKey(encryption));
  }
}

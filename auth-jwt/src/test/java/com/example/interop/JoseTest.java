package com.example.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** With the npm package jose. */
class JoseTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static Node node;

  @BeforeAll
  static void start() throws Exception {
    node = Node.start();
  }

  @AfterAll
  static void stop() throws IOException {
    if (node != null) {
      node.close();
    }
  }

  private static ObjectNode generate(String algorithm) throws IOException {
    return (ObjectNode) node.ask("generate", Map.of("alg", algorithm));
  }

  private static String sign(String algorithm, JsonNode key) throws IOException {
    String payload = Interop.base64(Interop.PAYLOAD);
    return node.ask("sign", Map.of("alg", algorithm, "jwk", key, "payload", payload)).textValue();
  }

  private static void assertVerifies(JwsAlgorithm algorithm, JsonNode key, String token)
      throws IOException {
    Map<String, ?> question = Map.of("alg", algorithm.jwaName(), "jwk", key, "token", token);
    assertThat(node.ask("verify", question).textValue()).isEqualTo(Interop.base64(Interop.PAYLOAD));
    for (String forged : Interop.forged(token)) {
      question = Map.of("alg", algorithm.jwaName(), "jwk", key, "token", forged);
      assertThat(node.ask("verify", question).isNull()).isTrue();
    }
  }

  /** Without what is private in a pair. */
  private static ObjectNode known(ObjectNode key) {
    return key.deepCopy().remove(List.of("d", "p", "q", "dp", "dq", "qi"));
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1, JW-5 jose reads our JWK and verifies what we sign")
  void ours(JwsAlgorithm algorithm) throws Exception {
    SigningKey key = Interop.key(algorithm);
    JsonNode jwk =
        Interop.isSecret(algorithm)
            ? JSON.valueToTree(Map.of("kty", "oct", "k", Interop.base64(Interop.SECRET)))
            : JSON.readTree(Jwk.publicJwk(key.verificationKey()));
    assertVerifies(algorithm, jwk, Interop.sign(key));
    if (!Interop.isSecret(algorithm)) {
      assertThat(node.ask("thumbprint", Map.of("jwk", jwk)).textValue())
          .isEqualTo(Jwk.thumbprint(key.verificationKey()));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1, JW-5 we read jose's JWK and verify what it signs")
  void theirs(JwsAlgorithm algorithm) throws Exception {
    ObjectNode key = generate(algorithm.jwaName());
    VerificationKey read = Jwk.verificationKey(known(key).toString());
    assertThat(read.algorithm()).isEqualTo(algorithm);
    Interop.assertVerifies(read, sign(algorithm.jwaName(), key));
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-5 with jose's private JWK we sign what it verifies")
  void shared(JwsAlgorithm algorithm) throws Exception {
    ObjectNode key = generate(algorithm.jwaName());
    assertVerifies(algorithm, known(key), Interop.sign(Jwk.signingKey(key.toString())));
  }
}

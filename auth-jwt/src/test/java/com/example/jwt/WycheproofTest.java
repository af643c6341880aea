package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class WycheproofTest {
  @TestFactory
  @DisplayName("JW-1, JW-2 Wycheproof's JWS vectors")
  List<DynamicTest> vectors() throws Exception {
    JsonNode file = Vectors.read("wycheproof", "json_web_signature_test.json");
    Map<Integer, String> overrides = overrides();
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonNode group : file.get("testGroups")) {
      JsonNode key = group.has("public") ? group.get("public") : group.get("private");
      for (JsonNode test : group.get("tests")) {
        int id = test.get("tcId").intValue();
        boolean valid = overrides.getOrDefault(id, test.get("result").textValue()).equals("valid");
        String token = test.get("jws").textValue();
        tests.add(
            DynamicTest.dynamicTest(
                id + " " + test.get("comment").textValue(),
                () -> assertThat(isValid(key, token)).isEqualTo(valid)));
      }
    }
    assertThat(tests).hasSize(401);
    return tests;
  }

  private static Map<Integer, String> overrides() throws Exception {
    Map<Integer, String> overrides = new HashMap<>();
    for (JsonNode test :
        Vectors.read("wycheproof", "OVERRIDES.json").get("json_web_signature_test.json")) {
      overrides.put(test.get("tcId").intValue(), test.get("assert").textValue());
    }
    assertThat(overrides).hasSize(8);
    return overrides;
  }

  /** A key that is refused makes every token of it invalid. */
  private static boolean isValid(JsonNode key, String token) {
    try {
      VerificationKey verifier =
          key.has("alg") || key.has("crv")
              ? Jwk.verificationKey(key.toString())
              : Jwk.verificationKey(key.toString(), JwsAlgorithm.RS256);
      return JwsVerifier.of(verifier).verify(token) instanceof JwsResult.Verified;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}

package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The input is a whole token, and a header that is signed with the right secret: whatever it says,
 * the verifier answers.
 */
public final class JwsFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SECRET = new byte[32];
  private static final SigningKey KEY = SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET);
  private static final JwsVerifier VERIFIER = JwsVerifier.of(KEY.verificationKey());
  private static final String GOOD = JwsSigner.of(KEY).sign(new byte[] {1});

  private JwsFuzz() {}

  /** Three tokens. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    String text = new String(input, StandardCharsets.UTF_8);
    if (!text.equals(GOOD)) {
      assertThat(VERIFIER.verify(text)).isInstanceOf(JwsResult.Refused.class);
    }
    if (!text.isEmpty()) {
      assertThat(VERIFIER.verify(GOOD + text)).isInstanceOf(JwsResult.Refused.class);
    }
    if (VERIFIER.verify(signed(input)) instanceof JwsResult.Verified) {
      JsonNode header = JSON.readTree(input);
      assertThat(header.path("alg").textValue()).isEqualTo("HS256");
      for (String asking : new String[] {"crit", "b64", "zip"}) {
        assertThat(header.has(asking)).isFalse();
      }
    }
  }

  private static String signed(byte[] header) throws GeneralSecurityException {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String content = base64.encodeToString(header) + ".eA";
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64.encodeToString(signature);
  }
}

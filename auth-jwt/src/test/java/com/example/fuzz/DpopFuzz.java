package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/**
 * The input is a whole proof, a header, claims that are signed as they should be, and a URL: all of
 * them are judged without an exception, and no wrong one is accepted.
 */
public final class DpopFuzz {
  private static final SettableClock CLOCK = SettableClock.create();
  private static final AuthEnvironment ENVIRONMENT = AuthEnvironment.standard().withClock(CLOCK);
  private static final SigningKeySet SECRETS =
      SigningKeySet.of(ENVIRONMENT, SigningKey.ofSecret(JwsAlgorithm.HS256, new byte[32]));
  private static final SigningKey KEY = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());
  private static final DpopPolicy POLICY = DpopPolicy.required();
  private static final List<DpopProofs> BOTH =
      List.of(
          DpopProofs.of(ENVIRONMENT, SECRETS, POLICY),
          DpopProofs.of(ENVIRONMENT, SECRETS, POLICY.withNonces(Duration.ofMinutes(1))));

  private DpopFuzz() {}

  /** Four proofs, each with nonces and without. */
  public static void fuzzerTestOneInput(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    String quoted = text.replace("\\", "\\\\").replace("\"", "\\\"");
    String good =
        "{\"jti\":\"1\",\"htm\":\"GET\",\"htu\":\"https://api.example/\",\"iat\":"
            + CLOCK.instant().getEpochSecond()
            + ",\"nonce\":\"%s\"}";
    String url =
        "{\"jti\":\"1\",\"htm\":\"GET\",\"htu\":\""
            + quoted
            + "\",\"iat\":"
            + CLOCK.instant().getEpochSecond()
            + "}";
    for (DpopProofs proofs : BOTH) {
      boolean withNonces = proofs.newNonce().isPresent();
      assertThat(judge(proofs, text, "/")).isInstanceOf(DpopResult.Refused.class);
      judge(proofs, signed(input, good.formatted("").getBytes(StandardCharsets.UTF_8)), "/");
      judge(proofs, signed(header(), input), "/");
      judge(proofs, signed(header(), url.getBytes(StandardCharsets.UTF_8)), "/" + text);
      DpopResult nonce =
          judge(
              proofs,
              signed(header(), good.formatted(quoted).getBytes(StandardCharsets.UTF_8)),
              "/");
      assertThat(withNonces && nonce instanceof DpopProof).isFalse();
    }
  }

  private static DpopResult judge(DpopProofs proofs, String proof, String target) {
    AuthRequest request =
        TestRequest.get(target).header("Host", "api.example").header("DPoP", proof).build();
    DpopResult result = proofs.check(request);
    if (result instanceof DpopProof right) {
      assertThat(right.thumbprint()).isEqualTo(Jwk.thumbprint(KEY.verificationKey()));
    }
    return result;
  }

  private static byte[] header() {
    String jwk = Jwk.publicJwk(KEY.verificationKey());
    return ("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":" + jwk + "}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String signed(byte[] header, byte[] payload) {
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    String content = base64.encodeToString(header) + "." + base64.encodeToString(payload);
    byte[] signature = KEY.sign(content.getBytes(StandardCharsets.US_ASCII));
    return content + "." + base64.encodeToString(signature);
  }
}

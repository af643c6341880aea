package dev.sallyport.benchmarks.growth;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A request with an HS256 token of any key of a set, each named by its {@code kid}. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class KeyGrowth {
  private static final String ISSUER = "https://auth.example.com";
  private static final String AUDIENCE = "https://api.example.com";

  /** How many keys. */
  @Param({"1", "10", "1000"})
  public int size;

  /** Whether the tokens were seen before. */
  @Param({"false", "true"})
  public boolean seen;

  private Secrets fields;
  private AuthenticatorChain chain;

  /** Makes the keys, and a token of each. */
  @Setup
  public void setUp() {
    SecureRandom random = new SecureRandom();
    VerificationKey[] keys = new VerificationKey[size];
    fields = new Secrets("Authorization", size);
    for (int i = 0; i < size; i++) {
      SigningKey key = SigningKey.generate(JwsAlgorithm.HS256, random).withKeyId("key-" + i);
      keys[i] = key.verificationKey();
      fields.add("Bearer " + JwsSigner.of(key).withType("at+jwt").sign(claims()));
    }
    JwtVerifier.Builder verifier =
        JwtVerifier.builder(VerificationKeys.of(keys)).issuer(ISSUER).audience(AUDIENCE);
    JwtVerifier verifies = (seen ? verifier : verifier.rememberNone()).build();
    chain =
        AuthenticatorChain.of(
            AuthEnvironment.standard().withListener(event -> {}),
            JwtAuthenticator.of(TrustedIssuer.of(verifies)));
    fields.check(chain);
  }

  private static byte[] claims() {
    return "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"alice\",\"exp\":%d}"
        .formatted(ISSUER, AUDIENCE, System.currentTimeMillis() / 1000 + 86_400)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The chain. */
  @Benchmark
  public AuthResult authenticate() {
    return fields.any(chain);
  }
}

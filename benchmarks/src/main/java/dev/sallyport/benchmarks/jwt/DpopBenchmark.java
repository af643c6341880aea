package dev.sallyport.benchmarks.jwt;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.store.SecretDigest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Optional;
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

/**
 * The proof of a request (RFC 9449), checked with all that belongs to it; by one thread. The floor
 * is the proof's signature alone. The clock stands still and used proofs are not stored, so that
 * one proof can be checked again and again.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class DpopBenchmark {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  /** The proof's {@code alg}. */
  @Param({"RS256", "ES256", "EdDSA"})
  public String algorithm;

  private DpopProofs proofs;
  private DpopProofs logins;
  private AuthRequest request;
  private String accessToken;
  private String thumbprint;
  private Signature verifier;
  private byte[] content;
  private byte[] signature;

  /** Makes one proof, and has it accepted. */
  @Setup
  public void setUp() throws Exception {
    JwtScene scene = new JwtScene(algorithm, "jdk");
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withClock(Clock.fixed(NOW, ZoneOffset.UTC))
            .withCounts(new NoStore());
    SigningKey secret = SigningKey.generate(JwsAlgorithm.HS256, new SecureRandom());
    SigningKeySet secrets = SigningKeySet.of(environment, secret);
    proofs = DpopProofs.of(environment, secrets, DpopPolicy.required());
    logins = DpopProofs.of(environment, secrets, DpopPolicy.required());
    accessToken = new FloorJwt(scene).issue();
    thumbprint = scene.jwk().computeThumbprint().toString();
    String signed = encoded(header(scene)) + "." + encoded(claims());
    content = signed.getBytes(StandardCharsets.US_ASCII);
    Signature signer = FloorJwt.signature(scene);
    signer.initSign(scene.closed());
    signer.update(content);
    signature = signer.sign();
    verifier = FloorJwt.signature(scene);
    verifier.initVerify(scene.open());
    request =
        AuthRequest.builder("GET", "/notes/17", null, InetAddress.getLoopbackAddress(), true)
            .header("Host", "api.example.com")
            .header("DPoP", signed + "." + ENCODER.encodeToString(signature))
            .build();
    if (!(proof() instanceof DpopProof) || !(firstProof() instanceof DpopProof) || !floor()) {
      throw new IllegalStateException("The proof is refused: " + proof());
    }
  }

  private String header(JwtScene scene) {
    return "{\"typ\":\"dpop+jwt\",\"alg\":\"%s\",\"jwk\":%s}"
        .formatted(algorithm, scene.jwk().toPublicJWK().toJSONString());
  }

  private String claims() {
    return "{\"jti\":\"%s\",\"htm\":\"GET\",\"htu\":\"%s\",\"iat\":%d,\"ath\":\"%s\"}"
        .formatted(
            JwtScene.newId(),
            "https://api.example.com/notes/17",
            NOW.getEpochSecond(),
            SecretDigest.of(accessToken).text());
  }

  private static String encoded(String json) {
    return ENCODER.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** A proof of a client that has sent one before. */
  @Benchmark
  public DpopResult proof() {
    return proofs.use(request, accessToken, thumbprint);
  }

  /** A proof of a client that logs in, whose key is read from it. */
  @Benchmark
  public DpopResult firstProof() {
    return logins.check(request);
  }

  /** The floor. */
  @Benchmark
  public boolean floor() throws Exception {
    verifier.update(content);
    return verifier.verify(signature);
  }

  /** Knows no used proof. */
  private static final class NoStore implements ThrottleStore {
    @Override
    public Optional<String> find(String key, Instant now) {
      return Optional.empty();
    }

    @Override
    public boolean replace(
        String key, Optional<String> expected, Optional<Entry> next, Instant now) {
      return true;
    }
  }
}

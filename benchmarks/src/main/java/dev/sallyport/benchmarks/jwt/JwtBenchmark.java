package dev.sallyport.benchmarks.jwt;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
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
 * One access token, verified with all checks, and issued; by one thread. {@code -p who=floor,nimbus
 * -p algorithm=HS256} narrows it, and {@code -p who=sallyport-foreign} verifies as if another
 * issuer had made the token. Bouncy Castle ({@code -p provider=bc}) is for who takes a provider:
 * floor, sallyport, nimbus, jjwt and jose4j. java-jwt fails for EdDSA, which it lacks, and so does
 * fusionauth, which knows it as Ed25519 alone ({@code -p algorithm=Ed25519}).
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 40, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
@State(Scope.Benchmark)
public class JwtBenchmark {
  /** Whose code. */
  @Param({
    "floor",
    "sallyport",
    "sallyport-seen",
    "nimbus",
    "jjwt",
    "java-jwt",
    "jose4j",
    "fusionauth",
    "vertx"
  })
  public String who;

  /** The header's {@code alg}. */
  @Param({"HS256", "RS256", "ES256", "EdDSA"})
  public String algorithm;

  /** Whose signatures: the JDK's or Bouncy Castle's. */
  @Param("jdk")
  public String provider;

  private JwtPeer peer;
  private byte[] token;
  private Mac mac;
  private int signedLength;
  private byte[] expected;

  private static JwtPeer peer(String who, JwtScene scene) throws Exception {
    return switch (who) {
      case "floor" -> new FloorJwt(scene);
      case "sallyport" -> new SallyportJwt(scene, false, false);
      case "sallyport-seen" -> new SallyportJwt(scene, true, false);
      case "sallyport-foreign" -> new SallyportJwt(scene, false, true);
      case "nimbus" -> new NimbusJwt(scene);
      case "jjwt" -> new JjwtJwt(scene);
      case "java-jwt" -> new JavaJwt(scene);
      case "jose4j" -> new Jose4jJwt(scene);
      case "fusionauth" -> new FusionAuthJwt(scene);
      case "vertx" -> new VertxJwt(scene);
      default -> throw new IllegalArgumentException(who);
    };
  }

  /** Has the peer take a good token, refuse bad ones, and issue one that another takes. */
  @Setup
  public void setUp() throws Exception {
    JwtScene scene = new JwtScene(algorithm, provider);
    peer = peer(who, scene);
    NimbusJwt nimbus = new NimbusJwt(scene);
    String good = new FloorJwt(scene).issue();
    token = good.getBytes(StandardCharsets.ISO_8859_1);
    if (!verify().equals(JwtScene.SUBJECT)
        || !nimbus.verify(good).equals(JwtScene.SUBJECT)
        || !nimbus.verify(SignedJWT.parse(peer.issue())).equals(JwtScene.SUBJECT)) {
      throw new IllegalStateException(who + " finds another subject, or issues one");
    }
    mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[32], "HmacSHA256"));
    signedLength = good.lastIndexOf('.');
    mac.update(token, 0, signedLength);
    expected = mac.doFinal();
    for (String bad : bad(nimbus, good)) {
      requireRefused(bad);
    }
    if (!who.equals("vertx")) {
      requireRefused(nimbus.sign(claims(600), "JWT"));
    }
  }

  private void requireRefused(String bad) {
    try {
      peer.verify(bad);
    } catch (Exception e) {
      return;
    }
    throw new IllegalStateException(who + " takes " + bad);
  }

  private static List<String> bad(NimbusJwt nimbus, String good) throws Exception {
    int middle = good.lastIndexOf('.') + 10;
    char other = good.charAt(middle) == 'A' ? 'B' : 'A';
    return List.of(
        good.substring(0, middle) + other + good.substring(middle + 1),
        nimbus.sign(claims(600).issuer("https://evil.example.com"), JwtScene.TYPE),
        nimbus.sign(claims(600).audience("https://evil.example.com"), JwtScene.TYPE),
        nimbus.sign(claims(-600), JwtScene.TYPE),
        nimbus.sign(claims(600).notBeforeTime(in(300)), JwtScene.TYPE));
  }

  private static JWTClaimsSet.Builder claims(int seconds) {
    return new JWTClaimsSet.Builder()
        .issuer(JwtScene.ISSUER)
        .audience(JwtScene.AUDIENCE)
        .expirationTime(in(seconds));
  }

  private static Date in(int seconds) {
    return new Date(System.currentTimeMillis() + seconds * 1000L);
  }

  /** Verifies. The token is a new string for each request, as a server makes it. */
  @Benchmark
  public String verify() throws Exception {
    return peer.verify(new String(token, StandardCharsets.ISO_8859_1));
  }

  /** The HMAC-SHA256 of the token and its comparison, and nothing else. */
  @Benchmark
  public boolean bareHmac() throws CloneNotSupportedException {
    byte[] bytes =
        new String(token, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
    Mac keyed = (Mac) mac.clone();
    keyed.update(bytes, 0, signedLength);
    return MessageDigest.isEqual(keyed.doFinal(), expected);
  }

  /** Issues. */
  @Benchmark
  public String issue() throws Exception {
    return peer.issue();
  }
}

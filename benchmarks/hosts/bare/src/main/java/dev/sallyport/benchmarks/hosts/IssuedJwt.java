package dev.sallyport.benchmarks.hosts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A JWT of another issuer, made by none of the libraries that are compared, so that all get the
 * same one.
 */
public final class IssuedJwt {
  /** Its {@code iss}. */
  public static final String ISSUER = "https://issuer.example";

  /** Its {@code aud}. */
  public static final String AUDIENCE = "https://api.example";

  /** Its {@code typ}. */
  public static final String TYPE = "JWT";

  private static final Duration LIFETIME = Duration.ofHours(12);
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final String text;
  private final byte[] key;

  private IssuedJwt(String text, byte[] key) {
    this.text = text;
    this.key = key;
  }

  /** Writes one for each of the two schemes, with its key, into the folder that is the argument. */
  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    hs256().write(folder, Scheme.JWT_HS256);
    rs256().write(folder, Scheme.JWT_RS256);
  }

  /** The token. */
  public String text() {
    return text;
  }

  /** The secret of HS256, or the public key of RS256 (X.509). */
  public byte[] key() {
    return key.clone();
  }

  /** The one that was written for a scheme. */
  public static IssuedJwt read(Path folder, Scheme scheme) {
    try {
      return new IssuedJwt(
          Files.readString(folder.resolve(scheme + ".jwt")),
          Files.readAllBytes(folder.resolve(scheme + ".key")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Path folder, Scheme scheme) throws IOException {
    Files.writeString(folder.resolve(scheme + ".jwt"), text);
    Files.write(folder.resolve(scheme + ".key"), key);
  }

  private static IssuedJwt hs256() throws GeneralSecurityException {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret, "HmacSHA256"));
    String content = content("HS256");
    return new IssuedJwt(content + "." + URL.encodeToString(mac.doFinal(bytes(content))), secret);
  }

  private static IssuedJwt rs256() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair keys = generator.generateKeyPair();
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(keys.getPrivate());
    String content = content("RS256");
    signature.update(bytes(content));
    return new IssuedJwt(
        content + "." + URL.encodeToString(signature.sign()), keys.getPublic().getEncoded());
  }

  private static String content(String algorithm) {
    long now = Instant.now().getEpochSecond();
    return part("{\"alg\":\"%s\",\"typ\":\"%s\"}".formatted(algorithm, TYPE))
        + "."
        + part(
            "{\"iss\":\"%s\",\"sub\":\"%s\",\"aud\":\"%s\",\"iat\":%d,\"exp\":%d,\"scope\":\"read\"}"
                .formatted(ISSUER, People.NAME, AUDIENCE, now, now + LIFETIME.toSeconds()));
  }

  private static String part(String json) {
    return URL.encodeToString(bytes(json));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

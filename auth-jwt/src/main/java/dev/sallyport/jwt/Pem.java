package dev.sallyport.jwt;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys as PEM (RFC 7468), as OpenSSL writes them. A PEM does not say what a key is for, so the
 * algorithm is given with it.
 *
 * <pre>{@code
 * SigningKey key = Pem.signingKey(JwsAlgorithm.ES256, Files.readString(Path.of("signing.pem")));
 * }</pre>
 */
public final class Pem {
  private static final String PUBLIC = "PUBLIC KEY";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final Pattern BLOCK =
      Pattern.compile("\\s*-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----\\s*");

  private Pem() {}

  /** One block, decoded. */
  private static final class Block {
    final String label;
    final byte[] content;

    Block(String label, byte[] content) {
      this.label = label;
      this.content = content;
    }
  }

  /**
   * Reads a key that checks signatures.
   *
   * @param algorithm what it is for; not HMAC
   * @param pem one {@code PUBLIC KEY} (SubjectPublicKeyInfo), or one {@code CERTIFICATE}, of which
   *     nothing but the key is looked at
   * @return the key, without an id
   * @throws IllegalArgumentException if it is anything else, or not fit for the algorithm
   */
  public static VerificationKey verificationKey(JwsAlgorithm algorithm, String pem) {
    Block block = block(pem);
    return VerificationKey.of(algorithm, publicKey(algorithm, block));
  }

  private static PublicKey publicKey(JwsAlgorithm algorithm, Block block) {
    try {
      return switch (block.label) {
        case PUBLIC -> factory(algorithm).generatePublic(new X509EncodedKeySpec(block.content));
        case "CERTIFICATE" ->
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(block.content))
                .getPublicKey();
        default ->
            throw new IllegalArgumentException(
                "A PUBLIC KEY or a CERTIFICATE is needed, not a " + block.label);
      };
    } catch (GeneralSecurityException e) {
      throw unfit(algorithm);
    }
  }

  /**
   * Reads a key that signs. The public key is worked out from the private one.
   *
   * @param algorithm what it is for; not HMAC
   * @param pem one {@code PRIVATE KEY} (PKCS #8), not encrypted
   * @return the key, without an id
   * @throws IllegalArgumentException if it is anything else, or not fit for the algorithm
   */
  public static SigningKey signingKey(JwsAlgorithm algorithm, String pem) {
    Block block = block(pem);
    if (!block.label.equals(PRIVATE)) {
      throw new IllegalArgumentException(
          "A PRIVATE KEY is needed, not a "
              + block.label
              + "; `openssl pkcs8 -topk8 -nocrypt` makes one of other forms");
    }
    PrivateKey closed;
    try {
      closed = factory(algorithm).generatePrivate(new PKCS8EncodedKeySpec(block.content));
    } catch (GeneralSecurityException e) {
      throw unfit(algorithm);
    }
    return SigningKey.of(algorithm, PublicHalf.of(algorithm, closed), closed);
  }

  private static Block block(String pem) {
    Matcher matcher = BLOCK.matcher(pem);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "The text is not one PEM block, from -----BEGIN … to -----END …");
    }
    try {
      byte[] content = Base64.getDecoder().decode(matcher.group(2).replaceAll("\\s", ""));
      return new Block(matcher.group(1), content);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("The content of the PEM is no base64");
    }
  }

  private static KeyFactory factory(JwsAlgorithm algorithm) throws GeneralSecurityException {
    if (algorithm.isSymmetric()) {
      throw new IllegalArgumentException(algorithm + " has a secret, which PEM does not hold");
    }
    return KeyFactory.getInstance(algorithm.family().keyFactory());
  }

  private static IllegalArgumentException unfit(JwsAlgorithm algorithm) {
    return new IllegalArgumentException("The PEM holds no key for " + algorithm);
  }

  /**
   * Writes the public part of a key.
   *
   * @param key a public key
   * @return a {@code PUBLIC KEY}
   * @throws IllegalArgumentException if the key is a secret
   */
  public static String publicPem(VerificationKey key) {
    PublicKey open =
        key.publicKey()
            .orElseThrow(() -> new IllegalArgumentException("A secret is not published"));
    return write(PUBLIC, open.getEncoded());
  }

  /**
   * Writes a private key, not encrypted. Whoever reads this can sign: keep it as you keep a
   * password.
   *
   * @param key a pair of keys
   * @return a {@code PRIVATE KEY}, which {@link #signingKey} reads
   * @throws IllegalArgumentException if the key is a secret, or lives in a device that doesn't give
   *     it away
   */
  public static String privatePem(SigningKey key) {
    if (key.algorithm().isSymmetric()) {
      throw new IllegalArgumentException("A secret has no PEM; Jwk.privateJwk writes it");
    }
    byte[] encoded = key.privateKey().getEncoded();
    if (encoded == null) {
      throw new IllegalArgumentException("The private key lives in a device and can't be exported");
    }
    return write(PRIVATE, encoded);
  }

  private static String write(String label, byte[] content) {
    Base64.Encoder lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
    return "-----BEGIN "
        + label
        + "-----\n"
        + lines.encodeToString(content)
        + "\n-----END "
        + label
        + "-----\n";
  }
}

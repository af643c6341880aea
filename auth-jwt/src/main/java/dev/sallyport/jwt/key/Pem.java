package dev.sallyport.jwt.key;

import dev.sallyport.jwt.key.JwsAlgorithm.Family;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keys as PEM (RFC 7468), as OpenSSL and others write them: with text or attributes around the
 * blocks, other blocks next to the key, any line endings, or {@code \\n} instead of line endings,
 * as in environment variables. PEM doesn't say which algorithm a key is for, so the algorithm is
 * given with it.
 *
 * <pre>{@code
 * SigningKey key = Pem.signingKey(JwsAlgorithm.ES256, Files.readString(Path.of("signing.pem")));
 * }</pre>
 */
public final class Pem {
  private static final String PUBLIC = "PUBLIC KEY";
  private static final String RSA_PUBLIC = "RSA PUBLIC KEY";
  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE = "PRIVATE KEY";
  private static final String RSA_PRIVATE = "RSA PRIVATE KEY";
  private static final String EC_PRIVATE = "EC PRIVATE KEY";
  private static final String HELP = "`openssl pkcs8 -topk8 -nocrypt` converts other forms to one";

  private Pem() {}

  /**
   * Reads a key that verifies signatures.
   *
   * @param algorithm the algorithm that the key is for; not HMAC
   * @param pem a text with one {@code PUBLIC KEY} (SubjectPublicKeyInfo) or {@code RSA PUBLIC KEY}
   *     (PKCS #1); if it has neither, the key of its first {@code CERTIFICATE} is used, of which
   *     nothing else is checked
   * @return the key, without an id
   * @throws IllegalArgumentException if there is no such key or several, or it is unsuitable for
   *     the algorithm
   */
  public static VerificationKey verificationKey(JwsAlgorithm algorithm, String pem) {
    requirePair(algorithm);
    List<PemBlock> blocks = PemBlock.all(pem);
    List<PemBlock> wanted = labelled(blocks, PUBLIC, RSA_PUBLIC);
    if (wanted.isEmpty()) {
      wanted = labelled(blocks, CERTIFICATE).stream().limit(1).toList(); // the issuers' follow
    }
    PemBlock block = only(wanted, blocks, "A PUBLIC KEY or a CERTIFICATE is needed");
    byte[] content = block.content();
    try {
      return VerificationKey.of(
          algorithm,
          switch (block.label()) {
            case PUBLIC ->
                KeyForms.read(
                    algorithm, factory -> factory.generatePublic(new X509EncodedKeySpec(content)));
            case RSA_PUBLIC -> OlderKeys.rsaPublic(content);
            default ->
                CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(content))
                    .getPublicKey();
          });
    } catch (GeneralSecurityException | ProviderException e) {
      throw unfit(algorithm);
    }
  }

  /**
   * Reads a key that signs. The public key is derived from the private key.
   *
   * @param algorithm the algorithm that the key is for; not HMAC
   * @param pem a text with one {@code PRIVATE KEY} (PKCS #8), {@code EC PRIVATE KEY} (SEC 1) or
   *     {@code RSA PRIVATE KEY} (PKCS #1), not encrypted; one of ML-DSA with its seed (RFC 9881
   *     section 6); certificates and other blocks next to it are ignored
   * @return the key, without an id
   * @throws IllegalArgumentException if there is no such key or several, or it is unsuitable for
   *     the algorithm
   */
  public static SigningKey signingKey(JwsAlgorithm algorithm, String pem) {
    requirePair(algorithm);
    List<PemBlock> blocks = PemBlock.all(pem);
    PemBlock block =
        only(
            labelled(blocks, PRIVATE, EC_PRIVATE, RSA_PRIVATE),
            blocks,
            "A PRIVATE KEY is needed (" + HELP + ")");
    if (block.isEncrypted()) {
      throw new IllegalArgumentException("The " + block.label() + " is encrypted; " + HELP);
    }
    byte[] content = block.content();
    PrivateKey closed;
    try {
      closed =
          switch (block.label()) {
            case PRIVATE -> pkcs8(algorithm, content);
            case EC_PRIVATE -> OlderKeys.ecPrivate(algorithm, content);
            default -> OlderKeys.rsaPrivate(content);
          };
    } catch (GeneralSecurityException | ProviderException e) {
      throw unfit(algorithm);
    }
    return SigningKey.of(algorithm, PublicHalf.of(algorithm, closed), closed);
  }

  private static PrivateKey pkcs8(JwsAlgorithm algorithm, byte[] content)
      throws GeneralSecurityException {
    return algorithm.family() == Family.ML_DSA
        ? MlDsa.of(algorithm).privateKey(content)
        : KeyForms.read(
            algorithm, factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(content)));
  }

  private static List<PemBlock> labelled(List<PemBlock> blocks, String... labels) {
    List<String> wanted = List.of(labels);
    return blocks.stream().filter(block -> wanted.contains(block.label())).toList();
  }

  /** If there are several, nobody can tell which one is meant. */
  private static PemBlock only(List<PemBlock> wanted, List<PemBlock> all, String needed) {
    if (wanted.size() == 1) {
      return wanted.get(0);
    }
    List<PemBlock> found = wanted.isEmpty() ? all : wanted;
    throw new IllegalArgumentException(
        found.stream()
            .map(PemBlock::label)
            .limit(8)
            .collect(Collectors.joining(" and a ", needed + ", and only one, not a ", "")));
  }

  private static void requirePair(JwsAlgorithm algorithm) {
    if (algorithm.isSymmetric()) {
      throw new IllegalArgumentException(algorithm + " uses a secret, which PEM can't hold");
    }
    if (algorithm.family() == Family.ML_DSA) {
      MlDsa.requireJdk(algorithm);
    }
  }

  private static IllegalArgumentException unfit(JwsAlgorithm algorithm) {
    return new IllegalArgumentException("The PEM contains no key for " + algorithm);
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
            .orElseThrow(
                () -> new IllegalArgumentException("A shared secret must not be published"));
    return write(PUBLIC, open.getEncoded());
  }

  /**
   * Writes a private key, unencrypted. Whoever reads it can sign: keep it as safe as a password.
   *
   * @param key a key pair
   * @return a {@code PRIVATE KEY}, which {@link #signingKey} reads
   * @throws IllegalArgumentException if the key is a secret, can't leave its device or service, or
   *     is one of ML-DSA without its seed
   */
  public static String privatePem(SigningKey key) {
    if (key.algorithm().isSymmetric()) {
      throw new IllegalArgumentException("A shared secret has no PEM form; use Jwk.privateJwk");
    }
    PrivateKey closed =
        key.algorithm().family() == Family.ML_DSA ? JwkWriter.exportable(key) : key.privateKey();
    return write(PRIVATE, closed.getEncoded());
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

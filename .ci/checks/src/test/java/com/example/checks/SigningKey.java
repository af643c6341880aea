package com.example.checks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRingCollection;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPUtil;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPDigestCalculatorProviderBuilder;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPKeyPair;

/**
 * The key that signs a build (RFC 9580): that of the environment, as for a release, or one that is
 * made for this build alone. The build runs this file as a program before it signs anything.
 */
public final class SigningKey {
  private static final String VARIABLE = "MAVEN_GPG_KEY";

  private SigningKey() {}

  /** Writes a new key to the file that is named, unless the environment has one. */
  public static void main(String[] args) throws Exception {
    Path file = Path.of(args[0]).toAbsolutePath();
    Files.deleteIfExists(file);
    if (System.getenv(VARIABLE) == null) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, armored(generate()));
    }
  }

  /** An RSA key without a passphrase. */
  static PGPSecretKey generate() throws GeneralSecurityException, PGPException {
    KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
    rsa.initialize(3072);
    PGPKeyPair pair =
        new JcaPGPKeyPair(
            PublicKeyPacket.VERSION_4,
            PublicKeyAlgorithmTags.RSA_GENERAL,
            rsa.generateKeyPair(),
            Date.from(Instant.now()));
    return new PGPSecretKey(
        PGPSignature.POSITIVE_CERTIFICATION,
        pair,
        "A key of one build of Sallyport",
        new JcaPGPDigestCalculatorProviderBuilder().build().get(HashAlgorithmTags.SHA1),
        null,
        null,
        new JcaPGPContentSignerBuilder(
            PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
        null);
  }

  /** A key as text. */
  static String armored(PGPSecretKey key) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArmoredOutputStream armored = new ArmoredOutputStream(bytes)) {
      key.encode(armored);
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  /** The public half of the key that signed this build, by the id that a signature names. */
  static PGPPublicKey ofBuild(Path file, long id) throws IOException, PGPException {
    String key = System.getenv(VARIABLE);
    return key == null ? ofFile(file, id) : find(key.getBytes(StandardCharsets.US_ASCII), id);
  }

  /** The public half of a key in a file. */
  static PGPPublicKey ofFile(Path file, long id) throws IOException, PGPException {
    return find(Files.readAllBytes(file), id);
  }

  private static PGPPublicKey find(byte[] armored, long id) throws IOException, PGPException {
    try (InputStream in = PGPUtil.getDecoderStream(new ByteArrayInputStream(armored))) {
      PGPSecretKey found =
          new PGPSecretKeyRingCollection(in, new BcKeyFingerprintCalculator()).getSecretKey(id);
      if (found == null) {
        throw new PGPException("not signed by the key of this build");
      }
      return found.getPublicKey();
    }
  }
}

package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys through the JCA, and translates them to the form of another provider, because some
 * accept only their own. The encoding of an RSA key has one of two object identifiers, RSA's own or
 * that of RSASSA-PSS (RFC 4055 section 1.2), and the JDK has a factory for each.
 */
final class KeyForms {
  private static final String PSS = "RSASSA-PSS";

  private KeyForms() {}

  /** Reads with one factory. */
  interface Reading<K> {
    K by(KeyFactory factory) throws GeneralSecurityException;
  }

  static <K> K read(JwsAlgorithm algorithm, Reading<K> reading) throws GeneralSecurityException {
    return read(algorithm, null, reading);
  }

  private static <K> K read(JwsAlgorithm algorithm, @Nullable Provider provider, Reading<K> reading)
      throws GeneralSecurityException {
    String name = algorithm.family().keyFactory();
    if (algorithm.parameters().isEmpty()) {
      return reading.by(factory(name, provider));
    }
    try {
      return reading.by(factory(name, provider));
    } catch (GeneralSecurityException e) {
      return reading.by(factory(PSS, provider));
    }
  }

  private static KeyFactory factory(String name, @Nullable Provider provider)
      throws GeneralSecurityException {
    return provider == null ? KeyFactory.getInstance(name) : KeyFactory.getInstance(name, provider);
  }

  /** In the JDK's form if there is no provider. */
  static PublicKey translated(JwsAlgorithm algorithm, PublicKey key, @Nullable Provider provider) {
    return translated(
        algorithm,
        provider,
        key,
        factory -> factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
  }

  static PrivateKey translated(JwsAlgorithm algorithm, PrivateKey key, Provider provider) {
    return translated(
        algorithm,
        provider,
        key,
        factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
  }

  private static <K> K translated(
      JwsAlgorithm algorithm, @Nullable Provider provider, K key, Reading<K> reading) {
    try {
      return read(algorithm, provider, reading);
    } catch (NoSuchAlgorithmException e) {
      return key; // a provider of signatures only
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IllegalArgumentException(
          nameOf(provider) + " does not accept this key for " + algorithm, e);
    }
  }

  static String nameOf(@Nullable Provider provider) {
    return provider == null ? "This Java runtime" : "The provider " + provider.getName();
  }
}

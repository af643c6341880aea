package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import org.jspecify.annotations.Nullable;

/** Translates keys to the form of another provider, because some accept only their own. */
final class ProviderKeys {
  private ProviderKeys() {}

  /** In the JDK's form if there is no provider. */
  static PublicKey translated(JwsAlgorithm algorithm, PublicKey key, @Nullable Provider provider) {
    try {
      return KeyForms.read(
          algorithm,
          provider,
          factory -> factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    } catch (NoSuchAlgorithmException e) {
      return key; // a provider of signatures only
    } catch (GeneralSecurityException | RuntimeException e) {
      throw refused(algorithm, provider, e);
    }
  }

  static PrivateKey translated(JwsAlgorithm algorithm, PrivateKey key, Provider provider) {
    try {
      return KeyForms.read(
          algorithm,
          provider,
          factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded())));
    } catch (NoSuchAlgorithmException e) {
      return key;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw refused(algorithm, provider, e);
    }
  }

  static String nameOf(@Nullable Provider provider) {
    return provider == null ? "This Java runtime" : "The provider " + provider.getName();
  }

  private static IllegalArgumentException refused(
      JwsAlgorithm algorithm, @Nullable Provider provider, Exception e) {
    return new IllegalArgumentException(
        nameOf(provider) + " does not accept this key for " + algorithm, e);
  }
}

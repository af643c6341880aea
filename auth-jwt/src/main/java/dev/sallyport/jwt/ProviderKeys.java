package dev.sallyport.jwt;

import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** Keys in the form of another provider, since some take none but their own. */
final class ProviderKeys {
  private ProviderKeys() {}

  static PublicKey translated(JwsAlgorithm algorithm, PublicKey key, Provider provider) {
    try {
      return KeyForms.read(
          algorithm,
          provider,
          factory -> factory.generatePublic(new X509EncodedKeySpec(key.getEncoded())));
    } catch (NoSuchAlgorithmException e) {
      return key; // a provider of signatures alone
    } catch (GeneralSecurityException | RuntimeException e) {
      throw refused(algorithm, provider, e);
    }
  }

  static PrivateKey translated(JwsAlgorithm algorithm, PrivateKey key, Provider provider) {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      return key; // it lives in a device, which signs
    }
    try {
      return KeyForms.read(
          algorithm,
          provider,
          factory -> factory.generatePrivate(new PKCS8EncodedKeySpec(encoded)));
    } catch (NoSuchAlgorithmException e) {
      return key;
    } catch (GeneralSecurityException | RuntimeException e) {
      throw refused(algorithm, provider, e);
    }
  }

  private static IllegalArgumentException refused(
      JwsAlgorithm algorithm, Provider provider, Exception e) {
    return new IllegalArgumentException(
        "The provider " + provider.getName() + " does not take this key for " + algorithm, e);
  }
}

package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** Reads the entries of a key store (JCA). */
final class StoredKey {
  private static final int MAX_SHOWN = 20;

  private StoredKey() {}

  static SigningKey read(
      JwsAlgorithm algorithm, KeyStore store, String alias, char @Nullable [] password) {
    try {
      if (!store.containsAlias(alias)) {
        throw new IllegalArgumentException(
            "The key store has no entry '" + alias + "'; it has " + aliases(store));
      }
      Key key = store.getKey(alias, password);
      if (key instanceof PrivateKey closed) {
        return pair(algorithm, store, alias, closed);
      }
      if (key instanceof SecretKey secret) {
        return secret(algorithm, alias, secret);
      }
      throw unfit(algorithm, alias, "a certificate without its private key");
    } catch (UnrecoverableKeyException e) {
      throw new IllegalArgumentException(
          "The password of the entry '" + alias + "' is wrong or missing", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "The key store can't read its entry '" + alias + "'; has it been loaded?", e);
    }
  }

  private static String aliases(KeyStore store) throws GeneralSecurityException {
    List<String> all = Collections.list(store.aliases());
    return all.isEmpty()
        ? "none"
        : all.stream()
            .sorted()
            .limit(MAX_SHOWN)
            .collect(Collectors.joining("', '", "'", all.size() > MAX_SHOWN ? "', …" : "'"));
  }

  /** A key without an encoding is in a device, whose provider must sign. */
  private static SigningKey pair(
      JwsAlgorithm algorithm, KeyStore store, String alias, PrivateKey closed)
      throws GeneralSecurityException {
    Certificate certificate = store.getCertificate(alias);
    if (algorithm.isSymmetric()) {
      throw unfit(algorithm, alias, "a private key of type " + closed.getAlgorithm());
    }
    if (certificate == null) {
      throw unfit(algorithm, alias, "a private key without a certificate");
    }
    return closed.getEncoded() == null
        ? SigningKey.of(algorithm, certificate.getPublicKey(), closed, store.getProvider())
        : SigningKey.of(algorithm, certificate.getPublicKey(), closed);
  }

  /** A secret of another type, such as a password, is not random enough or has another use. */
  private static SigningKey secret(JwsAlgorithm algorithm, String alias, SecretKey secret) {
    byte[] bytes = secret.getEncoded();
    if (!algorithm.isSymmetric() || !secret.getAlgorithm().equals(algorithm.jcaName())) {
      throw unfit(algorithm, alias, "a secret of type " + secret.getAlgorithm());
    }
    if (bytes == null) {
      throw unfit(algorithm, alias, "a secret that can't leave its device");
    }
    return SigningKey.ofSecret(algorithm, bytes);
  }

  private static IllegalArgumentException unfit(JwsAlgorithm algorithm, String alias, String what) {
    return new IllegalArgumentException(
        algorithm + " can't use the entry '" + alias + "', which is " + what);
  }
}

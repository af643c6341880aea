package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/**
 * Reads encoded keys through the JCA. The encoding of an RSA key has one of two object identifiers,
 * RSA's own or that of RSASSA-PSS (RFC 4055 section 1.2), and the JDK has a factory for each.
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

  static <K> K read(JwsAlgorithm algorithm, @Nullable Provider provider, Reading<K> reading)
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
}

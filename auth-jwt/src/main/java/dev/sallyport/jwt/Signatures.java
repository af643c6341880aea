package dev.sallyport.jwt;

import dev.sallyport.jwt.JwsAlgorithm.Family;
import java.security.GeneralSecurityException;
import java.security.Provider;
import java.security.Signature;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The Java Cryptography Architecture, as far as it is needed here. */
final class Signatures {
  private Signatures() {}

  /** A keyed prototype: to clone one is faster than to make and key another. */
  static Mac mac(JwsAlgorithm algorithm, byte[] secret) {
    try {
      Mac mac = Mac.getInstance(algorithm.jcaName());
      mac.init(new SecretKeySpec(secret, algorithm.jcaName()));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + algorithm.jcaName(), e);
    }
  }

  static byte[] mac(Mac prototype, byte[] signed, int length) {
    try {
      Mac mac = (Mac) prototype.clone();
      mac.update(signed, 0, length);
      return mac.doFinal();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's HMAC can't be cloned", e);
    }
  }

  static Signature of(JwsAlgorithm algorithm, @Nullable Provider provider)
      throws GeneralSecurityException {
    Signature signature =
        provider == null
            ? Signature.getInstance(algorithm.jcaName())
            : Signature.getInstance(algorithm.jcaName(), provider);
    if (algorithm.parameters().isPresent()) {
      signature.setParameter(algorithm.parameters().get());
    }
    return signature;
  }

  /** Whether r or s is zero, which older JDKs take for anybody's signature (CVE-2022-21449). */
  static boolean isZero(JwsAlgorithm algorithm, byte[] signature) {
    int half = signature.length / 2;
    return algorithm.family() == Family.EC
        && (isZero(signature, 0, half) || isZero(signature, half, signature.length));
  }

  private static boolean isZero(byte[] bytes, int from, int to) {
    int any = 0;
    for (int i = from; i < to; i++) {
      any |= bytes[i];
    }
    return any == 0;
  }
}

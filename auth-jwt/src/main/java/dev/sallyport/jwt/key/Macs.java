package dev.sallyport.jwt.key;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The HMACs of one secret (JCA). Objects that already have the key are reused. */
final class Macs {
  private final Mac prototype;
  private final Pool<Mac> idle = new Pool<>();

  Macs(JwsAlgorithm algorithm, byte[] secret) {
    try {
      prototype = Mac.getInstance(algorithm.jcaName());
      prototype.init(new SecretKeySpec(secret, algorithm.jcaName()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + algorithm.jcaName(), e);
    }
  }

  byte[] of(byte[] content, int length) {
    Mac mac = idle.take();
    if (mac == null) {
      mac = copy();
    }
    mac.update(content, 0, length);
    byte[] result = mac.doFinal();
    idle.give(mac);
    return result;
  }

  /** Cloning one that has the key is faster than creating and keying another. */
  private Mac copy() {
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's HMAC can't be cloned", e);
    }
  }
}

package dev.sallyport.password;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMACs of what a client sent and the store said to it, under a key that this process makes and
 * never shows: by them equal credentials are recognised without keeping a password. Nobody outside
 * can choose one, so how long it takes to compare two tells nothing of what they stand for.
 */
final class CredentialDigests {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int FIXED_BYTES = 1 + 3 * Integer.BYTES + Long.BYTES;

  private final Mac keyed;

  CredentialDigests(SecureRandom random) {
    byte[] key = new byte[32];
    random.nextBytes(key);
    try {
      keyed = Mac.getInstance(ALGORITHM);
      keyed.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no " + ALGORITHM, e);
    }
  }

  /** Over user id or unknown name, stored hash, network and password, so that no byte can move. */
  ByteBuffer of(Credentials credentials) {
    byte[] id = credentials.id().getBytes(StandardCharsets.UTF_8);
    String stored = credentials.stored();
    byte[] hash = stored == null ? new byte[0] : stored.getBytes(StandardCharsets.UTF_8);
    byte[] secret = credentials.password().typedUtf8();
    ByteBuffer message = ByteBuffer.allocate(FIXED_BYTES + id.length + hash.length + secret.length);
    message.put(kinds(credentials)).putLong(credentials.network().bits());
    message.putInt(id.length).put(id).putInt(hash.length).put(hash);
    message.putInt(secret.length).put(secret);
    return ByteBuffer.wrap(copyOfMac().doFinal(message.array()));
  }

  private static byte kinds(Credentials credentials) {
    int user = credentials.user() == null ? 0 : 1;
    int stored = credentials.stored() == null ? 0 : 2;
    int network = credentials.network().isIpv6() ? 4 : 0;
    int password = credentials.password().isWellFormed() ? 8 : 0;
    return (byte) (user | stored | network | password);
  }

  private Mac copyOfMac() {
    try {
      return (Mac) keyed.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's HmacSHA256 can't be cloned", e);
    }
  }
}

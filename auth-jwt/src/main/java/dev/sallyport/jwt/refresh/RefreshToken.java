package dev.sallyport.jwt.refresh;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A refresh token: its family, its generation, a secret, the id of the key that made it, and that
 * key's MAC over all of these. A token that was not made here is therefore refused before the store
 * is asked. It is not trusted until {@link #isMadeBy} confirms it.
 */
final class RefreshToken {
  static final int FAMILY_BYTES = 12;
  static final int SECRET_BYTES = 32;
  private static final int TAG_BYTES = 32;
  private static final int FIXED_BYTES = FAMILY_BYTES + Long.BYTES + SECRET_BYTES + TAG_BYTES;

  /** Enough for the longest key id, whose characters take up to three bytes each. */
  private static final int MAX_LENGTH =
      (FIXED_BYTES + 3 * VerificationKey.MAX_KEY_ID_LENGTH) * 4 / 3 + 8;

  private static final String PREFIX = "sallyr_";
  private static final byte[] TAG = "sallyport refresh tag".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NEXT = "sallyport refresh next".getBytes(StandardCharsets.US_ASCII);

  private final byte[] family;
  private final long generation;
  private final byte[] secret;
  private final byte[] tag;
  private final String keyId;

  private RefreshToken(byte[] family, long generation, byte[] secret, byte[] tag, String keyId) {
    this.family = family;
    this.generation = generation;
    this.secret = secret;
    this.tag = tag;
    this.keyId = keyId;
  }

  /** Makes a token with this key, which must have an id. */
  static RefreshToken make(String familyId, long generation, byte[] secret, SigningKey key) {
    byte[] family = Base64Url.decode(familyId);
    if (family == null || family.length != FAMILY_BYTES) {
      throw new IllegalArgumentException("This is not the id of a family");
    }
    String keyId = key.keyId().orElseThrow();
    RefreshToken untagged = new RefreshToken(family, generation, secret, new byte[0], keyId);
    return new RefreshToken(family, generation, secret, untagged.tag(key), keyId);
  }

  /** Returns null for anything that does not have the form of a token. */
  static @Nullable RefreshToken parse(String text) {
    if (text.length() > MAX_LENGTH || !text.startsWith(PREFIX)) {
      return null;
    }
    byte[] bytes = Base64Url.decode(text.substring(PREFIX.length()));
    if (bytes == null || bytes.length <= FIXED_BYTES) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] family = take(buffer, FAMILY_BYTES);
    long generation = buffer.getLong();
    byte[] secret = take(buffer, SECRET_BYTES);
    byte[] tag = take(buffer, TAG_BYTES);
    byte[] keyId = take(buffer, buffer.remaining());
    return new RefreshToken(
        family, generation, secret, tag, new String(keyId, StandardCharsets.UTF_8));
  }

  private static byte[] take(ByteBuffer buffer, int length) {
    byte[] taken = new byte[length];
    buffer.get(taken);
    return taken;
  }

  String familyId() {
    return Base64Url.encode(family);
  }

  long generation() {
    return generation;
  }

  String keyId() {
    return keyId;
  }

  byte[] secret() {
    return secret.clone();
  }

  /** Whether it was made with this key. */
  boolean isMadeBy(SigningKey key) {
    return MessageDigest.isEqual(tag(key), tag);
  }

  private byte[] tag(SigningKey key) {
    byte[] id = keyId.getBytes(StandardCharsets.UTF_8);
    return mac(
        key,
        ByteBuffer.allocate(TAG.length + FAMILY_BYTES + Long.BYTES + SECRET_BYTES + id.length)
            .put(TAG)
            .put(family)
            .putLong(generation)
            .put(secret)
            .put(id)
            .array());
  }

  /**
   * The secret of the next generation: the same on every node, whichever key makes the next token.
   */
  byte[] nextSecret(SigningKey key) {
    return mac(
        key,
        ByteBuffer.allocate(NEXT.length + FAMILY_BYTES + Long.BYTES + SECRET_BYTES)
            .put(NEXT)
            .put(family)
            .putLong(generation + 1)
            .put(secret)
            .array());
  }

  private static byte[] mac(SigningKey key, byte[] message) {
    return Arrays.copyOf(key.sign(message), TAG_BYTES);
  }

  /** The form that the client holds. */
  String text() {
    byte[] id = keyId.getBytes(StandardCharsets.UTF_8);
    return PREFIX
        + Base64Url.encode(
            ByteBuffer.allocate(FIXED_BYTES + id.length)
                .put(family)
                .putLong(generation)
                .put(secret)
                .put(tag)
                .put(id)
                .array());
  }

  @Override
  public String toString() {
    return "RefreshToken[hidden]";
  }
}

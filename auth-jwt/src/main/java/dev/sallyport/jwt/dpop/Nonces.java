package dev.sallyport.jwt.dpop;

import dev.sallyport.jwt.json.Base64Url;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nonces that nobody has to store: the time at which one was issued, and a MAC over it by a key
 * that all nodes have.
 */
final class Nonces {
  private static final byte[] LABEL = "sallyport dpop nonce".getBytes(StandardCharsets.US_ASCII);
  private static final int TAG_BYTES = 16;
  private static final int FIXED_BYTES = Long.BYTES + TAG_BYTES;

  private final SigningKeySet keys;
  private final Duration lifetime;

  Nonces(SigningKeySet keys, Duration lifetime) {
    this.keys = keys;
    this.lifetime = lifetime;
  }

  String issue(Instant now) {
    SigningKey key = keys.current();
    long second = now.getEpochSecond();
    byte[] keyId = key.keyId().orElseThrow().getBytes(StandardCharsets.UTF_8);
    return Base64Url.encode(
        ByteBuffer.allocate(FIXED_BYTES + keyId.length)
            .putLong(second)
            .put(tag(key, second, keyId))
            .put(keyId)
            .array());
  }

  /** The time from which on it can't be used; null if that is now, or it is not one of ours. */
  @Nullable Instant end(String nonce, Instant now) {
    byte[] bytes = Base64Url.decode(nonce);
    if (bytes == null || bytes.length <= FIXED_BYTES) {
      return null;
    }
    long second = ByteBuffer.wrap(bytes).getLong();
    byte[] tag = Arrays.copyOfRange(bytes, Long.BYTES, FIXED_BYTES);
    byte[] keyId = Arrays.copyOfRange(bytes, FIXED_BYTES, bytes.length);
    SigningKey key = keys.secret(new String(keyId, StandardCharsets.UTF_8), now).orElse(null);
    if (key == null || !MessageDigest.isEqual(tag(key, second, keyId), tag)) {
      return null;
    }
    Instant issued = Instant.ofEpochSecond(second);
    Instant end = issued.plus(lifetime);
    return now.isBefore(end) && !issued.isAfter(now.plus(DpopProofs.AHEAD)) ? end : null;
  }

  private static byte[] tag(SigningKey key, long second, byte[] keyId) {
    byte[] message =
        ByteBuffer.allocate(LABEL.length + Long.BYTES + keyId.length)
            .put(LABEL)
            .putLong(second)
            .put(keyId)
            .array();
    return Arrays.copyOf(key.sign(message), TAG_BYTES);
  }
}

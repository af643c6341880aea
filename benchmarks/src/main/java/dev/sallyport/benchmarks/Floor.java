package dev.sallyport.benchmarks;

import dev.sallyport.store.User;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The least that finding the user of a hashed secret takes: its SHA-256 by a reused digest, two map
 * look-ups and one clock reading. For one thread.
 */
final class Floor {
  private final Clock clock = Clock.systemUTC();
  private final MessageDigest digest;
  private final Map<ByteBuffer, String> records = new ConcurrentHashMap<>();
  private final Map<String, User> users = new ConcurrentHashMap<>();

  Floor() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  void add(String secret, User user) {
    records.put(hash(secret), user.id());
    users.put(user.id(), user);
  }

  /** The secret comes as bytes, as a server has it: a new string for each request. */
  User find(byte[] secret) {
    String userId = records.get(hash(new String(secret, StandardCharsets.ISO_8859_1)));
    return clock.instant().isAfter(Instant.EPOCH) ? users.get(userId) : null;
  }

  private ByteBuffer hash(String secret) {
    return ByteBuffer.wrap(digest.digest(secret.getBytes(StandardCharsets.ISO_8859_1)));
  }
}

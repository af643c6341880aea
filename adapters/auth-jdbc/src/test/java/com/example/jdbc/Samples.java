package com.example.jdbc;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Records and users of which no two are the same. */
final class Samples {
  static final Instant NOW = Instant.parse("2100-01-01T00:00:00.123Z");

  private static final AtomicInteger MADE = new AtomicInteger();

  private Samples() {}

  static SecretDigest key(String secret) {
    return SecretDigest.of("the secret of " + secret);
  }

  static TokenRecord.Builder session(String userId) {
    return session(userId, NOW);
  }

  static TokenRecord.Builder session(String userId, Instant created) {
    String id = "sample" + MADE.incrementAndGet();
    return TokenRecord.builder(TokenKind.SESSION, key(id), id, userId, created)
        .expiresAt(created.plusSeconds(3600));
  }

  static User user(String id) {
    return User.builder(id, "name of " + id).passwordHash("$2a$04$hash-of-" + id).build();
  }
}

package com.example.redis;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Records of which no two are the same. */
final class Samples {
  /** The server's clock, since it is what makes values leave; one time for all records. */
  @SuppressWarnings("TimeInStaticInitializer")
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static final AtomicInteger MADE = new AtomicInteger();

  private Samples() {}

  static TokenRecord.Builder record(TokenKind kind, String userId) {
    String id = "sample" + MADE.incrementAndGet();
    return TokenRecord.builder(kind, SecretDigest.of("secret of " + id), id, userId, NOW);
  }

  /** A session of an hour. */
  static TokenRecord session(String userId) {
    return record(TokenKind.SESSION, userId).expiresAt(NOW.plusSeconds(3600)).build();
  }

  static Optional<ThrottleStore.Entry> count(String value) {
    return Optional.of(new ThrottleStore.Entry(value, NOW, NOW.plusSeconds(3600)));
  }
}

package dev.sallyport.credential;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Notes when records of one kind are used. Bookkeeping: an outage of it denies nobody. */
final class Uses {
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final TokenKind kind;
  private final TokenStore tokens;
  private final AuthEnvironment environment;

  /** When a write last failed. Threads may overwrite each other: any recent time is good enough. */
  private volatile @Nullable Instant failedAt;

  Uses(TokenKind kind, TokenStore tokens, AuthEnvironment environment) {
    this.kind = kind;
    this.tokens = tokens;
    this.environment = environment;
  }

  /** False if the record has been ended meanwhile. */
  boolean note(TokenRecord record, Instant now) {
    if (!record.isUseDue(now) || isPausing(now)) {
      return true;
    }
    try {
      return touch(record, now);
    } catch (StoreUnavailableException e) {
      failedAt = now;
      environment.reportOutage(kind.text() + "_use", e);
      return true;
    }
  }

  private boolean isPausing(Instant now) {
    Instant failed = failedAt;
    return failed != null && !now.isBefore(failed) && now.isBefore(failed.plus(PAUSE));
  }

  private boolean touch(TokenRecord record, Instant now) {
    Instant idleEnd =
        record
            .idleExpiresAt()
            .map(end -> now.plus(Duration.between(record.lastSeenAt(), end)))
            .orElse(null);
    return tokens.touch(record, now, idleEnd);
  }
}

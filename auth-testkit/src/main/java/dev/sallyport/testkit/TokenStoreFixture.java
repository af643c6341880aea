package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** A store under test, and new records for it; one for each test. */
final class TokenStoreFixture {
  /** Far ahead, so that a store whose database has its own clock drops nothing. */
  static final Instant NOW = Instant.parse("2100-01-01T00:00:00.123Z");

  static final Duration HOUR = Duration.ofHours(1);

  static final Set<TokenKind> SESSIONS = Set.of(TokenKind.SESSION);

  /**
   * For the races: how many threads do the same at once, how often two do, how many records a user
   * may have.
   */
  static final int THREADS = 50;

  static final int ROUNDS = 1000;
  static final int LIMIT = 5;

  private final AtomicInteger made = new AtomicInteger();

  final TokenStore store;

  TokenStoreFixture(TokenStore store) {
    this.store = store;
  }

  static SecretDigest key(String secret) {
    return SecretDigest.of("the secret of " + secret);
  }

  /** A record with a new key and a new id that never expires. */
  TokenRecord.Builder record(TokenKind kind, String userId) {
    String id = "id" + made.incrementAndGet();
    return TokenRecord.builder(kind, key(id), id, userId, NOW);
  }

  TokenRecord sessionMadeAt(String userId, int seconds) {
    TokenRecord made = session(userId).build();
    TokenRecord record =
        TokenRecord.builder(made.kind(), made.key(), made.id(), userId, NOW.plusSeconds(seconds))
            .build();
    insert(record);
    return record;
  }

  TokenRecord.Builder session(String userId) {
    return record(TokenKind.SESSION, userId);
  }

  /** A record with every field set. */
  TokenRecord.Builder full(TokenKind kind, String userId) {
    return record(kind, userId)
        .label("Laptop \uD83E\uDD8A 100% 'quoted' \u00E9")
        .scopes(Set.of("read", "write"))
        .authenticatedAt(NOW.minusMillis(5001))
        .lastSeenAt(NOW.plusMillis(17))
        .idleExpiresAt(NOW.plus(HOUR))
        .expiresAt(NOW.plus(HOUR.multipliedBy(8)))
        .epoch(7)
        .client("Mozilla/5.0 (X11; Linux)")
        .attributes(Map.of("sallyport.binding", "abc", "\u00FC.\uD83E\uDD8A", "", "'", "a\nb"))
        .rotation(rotated(3, "first"));
  }

  static TokenRecord.Rotation rotated(long generation, String secret) {
    return new TokenRecord.Rotation(generation, key(secret), "k1", NOW.minusMillis(1));
  }

  TokenRecord inserted(TokenRecord.Builder builder) {
    TokenRecord record = builder.build();
    insert(record);
    return record;
  }

  void insert(TokenRecord record) {
    assertThat(store.insert(record, TokenLimit.NONE, NOW)).isEqualTo(done());
  }

  static Insertion done(String... removed) {
    return new Insertion.Done(List.of(removed));
  }

  TokenRecord found(TokenRecord record, Instant now) {
    return store
        .find(record.kind(), record.key(), now)
        .orElseThrow(() -> new AssertionError("There is no " + record + " at " + now));
  }

  TokenRecord found(TokenRecord record) {
    return found(record, NOW);
  }

  boolean isThere(TokenRecord record, Instant now) {
    boolean found = store.find(record.kind(), record.key(), now).isPresent();
    if (record.kind() != TokenKind.RESET) {
      assertThat(ids(store.list(record.userId(), Set.of(record.kind()), now)).contains(record.id()))
          .as("whether the list has what is found: %s", record)
          .isEqualTo(found);
    }
    return found;
  }

  boolean isThere(TokenRecord record) {
    return isThere(record, NOW);
  }

  static List<String> ids(List<TokenRecord> records) {
    return records.stream().map(TokenRecord::id).toList();
  }

  /** Records have no equals of their own, so each part is compared. */
  static void assertSame(TokenRecord actual, TokenRecord expected) {
    assertThat(actual.key()).as("the key of %s", expected).isEqualTo(expected.key());
    assertThat(actual.id()).as("the id of %s", expected).isEqualTo(expected.id());
    assertThat(actual.kind()).as("the kind of %s", expected).isEqualTo(expected.kind());
    assertThat(actual.userId()).as("the user of %s", expected).isEqualTo(expected.userId());
    assertThat(actual.label()).as("the label of %s", expected).isEqualTo(expected.label());
    assertThat(actual.scopes()).as("the scopes of %s", expected).isEqualTo(expected.scopes());
    assertThat(actual.createdAt())
        .as("when it was made of %s", expected)
        .isEqualTo(expected.createdAt());
    assertThat(actual.authenticatedAt())
        .as("when the user authenticated of %s", expected)
        .isEqualTo(expected.authenticatedAt());
    assertThat(actual.lastSeenAt())
        .as("the last use of %s", expected)
        .isEqualTo(expected.lastSeenAt());
    assertThat(actual.idleExpiresAt())
        .as("the idle end of %s", expected)
        .isEqualTo(expected.idleExpiresAt());
    assertThat(actual.expiresAt())
        .as("the absolute end of %s", expected)
        .isEqualTo(expected.expiresAt());
    assertThat(actual.epoch()).as("the epoch of %s", expected).isEqualTo(expected.epoch());
    assertThat(actual.client()).as("the client of %s", expected).isEqualTo(expected.client());
    assertThat(actual.attributes())
        .as("the attributes of %s", expected)
        .isEqualTo(expected.attributes());
    assertThat(actual.version()).as("the version of %s", expected).isEqualTo(expected.version());
    assertThat(actual.rotation()).as("the rotation of %s", expected).isEqualTo(expected.rotation());
  }
}

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
import org.junit.jupiter.api.BeforeEach;

/** What the tests of {@link TokenStoreContract} share. */
abstract class TokenStoreFixture {
  /** Far ahead, so that a store whose database has a clock of its own drops nothing by it. */
  static final Instant NOW = Instant.parse("2100-01-01T00:00:00.123Z");

  static final Duration HOUR = Duration.ofHours(1);

  /** What people have sent to break stores. */
  static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "'",
          "'; DROP TABLE tokens; --",
          "%",
          "_",
          "*",
          "?",
          "\\",
          "\"",
          "a\0b",
          "a\r\nb",
          "{a}",
          "[a-z]",
          "../..",
          "a:b",
          "null",
          "\uFDFA",
          "\uD83E\uDD8A",
          "x".repeat(10_000));

  private final AtomicInteger made = new AtomicInteger();

  /** The store of this test. */
  TokenStore store;

  abstract TokenStore store();

  @BeforeEach
  void makeStore() {
    store = store();
  }

  static SecretDigest key(String secret) {
    return SecretDigest.of("the secret of " + secret);
  }

  /** A record with a new key and a new id that never expires. */
  TokenRecord.Builder record(TokenKind kind, String userId) {
    String id = "id" + made.incrementAndGet();
    return TokenRecord.builder(kind, key(id), id, userId, NOW);
  }

  TokenRecord.Builder session(String userId) {
    return record(TokenKind.SESSION, userId);
  }

  /** A record with all that one can have. */
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
        .rotation(rotation(3, "first"));
  }

  static TokenRecord.Rotation rotation(long generation, String secret) {
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
    return store.find(record.kind(), record.key(), now).orElseThrow();
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

  /** Records have no equals of their own: each part is compared. */
  static void assertSame(TokenRecord actual, TokenRecord expected) {
    assertThat(actual.key()).isEqualTo(expected.key());
    assertThat(actual.id()).isEqualTo(expected.id());
    assertThat(actual.kind()).isEqualTo(expected.kind());
    assertThat(actual.userId()).isEqualTo(expected.userId());
    assertThat(actual.label()).isEqualTo(expected.label());
    assertThat(actual.scopes()).isEqualTo(expected.scopes());
    assertThat(actual.createdAt()).isEqualTo(expected.createdAt());
    assertThat(actual.authenticatedAt()).isEqualTo(expected.authenticatedAt());
    assertThat(actual.lastSeenAt()).isEqualTo(expected.lastSeenAt());
    assertThat(actual.idleExpiresAt()).isEqualTo(expected.idleExpiresAt());
    assertThat(actual.expiresAt()).isEqualTo(expected.expiresAt());
    assertThat(actual.epoch()).isEqualTo(expected.epoch());
    assertThat(actual.client()).isEqualTo(expected.client());
    assertThat(actual.attributes()).isEqualTo(expected.attributes());
    assertThat(actual.version()).isEqualTo(expected.version());
    assertThat(actual.rotation()).isEqualTo(expected.rotation());
  }
}

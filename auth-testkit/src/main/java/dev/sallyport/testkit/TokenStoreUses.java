package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link TokenStoreContract} for noting that a record was used. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreUses {
  TokenStore store();

  @Test
  @DisplayName("SE-3 a use sets the two times, raises no version and changes nothing else")
  default void touch() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord record = given.inserted(given.full(TokenKind.SESSION, "alice"));
    Instant seen = NOW.plus(HOUR).minusMillis(1);
    Instant end = seen.plus(HOUR);
    assertThat(store.touch(record, seen, end)).isTrue();
    assertSame(given.found(record), record.toBuilder().lastSeenAt(seen).idleExpiresAt(end).build());
    assertThat(given.isThere(record, end.minusMillis(1))).isTrue();
    assertThat(given.isThere(record, end)).isFalse();
    assertThat(store.replace(record, record, NOW)).as("the version is still the same").isTrue();
  }

  @Test
  @DisplayName("SE-3 a use counts whatever version of the record the user's request has found")
  default void touchByAnyVersion() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord old = given.inserted(given.session("alice"));
    assertThat(store.replace(old, old.toBuilder().label("new").build(), NOW)).isTrue();
    Instant seen = NOW.plusMillis(5);
    assertThat(store.touch(old, seen, null)).as("a use by an older version").isTrue();
    assertThat(given.found(old).lastSeenAt()).isEqualTo(seen);
    assertThat(given.found(old).label()).isEqualTo("new");
  }

  @Test
  @DisplayName("SE-3 an earlier use changes nothing; a use without an end leaves the end")
  default void touchGoesForward() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord record = given.inserted(given.full(TokenKind.SESSION, "alice"));
    Instant earlier = NOW.minusMillis(1);
    assertThat(store.touch(record, earlier, NOW)).isTrue();
    assertThat(given.isThere(record)).as("it lives on after an earlier use").isTrue();
    assertSame(given.found(record), record);
    Instant later = NOW.plusMillis(500);
    assertThat(store.touch(record, later, null)).isTrue();
    assertSame(given.found(record), record.toBuilder().lastSeenAt(later).build());
    assertThat(store.touch(record, earlier, NOW.plus(HOUR).plusMillis(1))).isTrue();
    assertThat(given.found(record).lastSeenAt())
        .as("the last use, after an earlier one")
        .isEqualTo(later);
    assertThat(given.found(record).idleExpiresAt()).contains(NOW.plus(HOUR).plusMillis(1));
  }

  @Test
  @DisplayName("SE-3 a use never moves the absolute end, nor gives an idle end to what has none")
  default void touchKeepsTheEnd() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord none = given.inserted(given.session("alice").expiresAt(NOW.plus(HOUR)));
    assertThat(store.touch(none, NOW, NOW.plusMillis(1))).isTrue();
    assertThat(given.found(none).idleExpiresAt()).isEmpty();
    TokenRecord both = given.inserted(given.full(TokenKind.SESSION, "alice"));
    Instant far = NOW.plus(HOUR.multipliedBy(99));
    assertThat(store.touch(both, NOW, far)).isTrue();
    assertThat(given.found(both).expiresAt()).isEqualTo(both.expiresAt());
    assertThat(given.isThere(both, NOW.plus(HOUR.multipliedBy(8)).minusMillis(1))).isTrue();
    assertThat(given.isThere(both, NOW.plus(HOUR.multipliedBy(8)))).isFalse();
    assertThat(store.touch(given.session("alice").build(), NOW, far)).isFalse();
    assertThat(store.list("alice", TokenKind.all(), NOW)).hasSize(2);
  }
}

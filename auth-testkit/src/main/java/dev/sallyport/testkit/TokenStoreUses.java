package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link TokenStoreContract} asks of the notes that a record was used. */
abstract class TokenStoreUses extends TokenStoreFixture {
  @Test
  @DisplayName("SE-3 a use sets the two times, raises no version and changes nothing else")
  void touch() {
    TokenRecord record = inserted(full(TokenKind.SESSION, "alice"));
    Instant seen = NOW.plus(HOUR).minusMillis(1);
    Instant end = seen.plus(HOUR);
    assertThat(store.touch(TokenKind.SESSION, record.key(), seen, end)).isTrue();
    assertSame(found(record), record.toBuilder().lastSeenAt(seen).idleExpiresAt(end).build());
    assertThat(isThere(record, end.minusMillis(1))).isTrue();
    assertThat(isThere(record, end)).isFalse();
    assertThat(store.replace(record, record, NOW)).as("the version is still the same").isTrue();
  }

  @Test
  @DisplayName("SE-3 an earlier use changes nothing; a use without an end leaves the end")
  void touchGoesForward() {
    TokenRecord record = inserted(full(TokenKind.SESSION, "alice"));
    Instant earlier = NOW.minusMillis(1);
    assertThat(store.touch(TokenKind.SESSION, record.key(), earlier, NOW)).isTrue();
    assertThat(isThere(record)).as("it lives on after an earlier use").isTrue();
    assertSame(found(record), record);
    Instant later = NOW.plusMillis(500);
    assertThat(store.touch(TokenKind.SESSION, record.key(), later, null)).isTrue();
    assertSame(found(record), record.toBuilder().lastSeenAt(later).build());
    assertThat(store.touch(TokenKind.SESSION, record.key(), earlier, NOW.plus(HOUR).plusMillis(1)))
        .isTrue();
    assertThat(found(record).lastSeenAt())
        .as("the last use, after an earlier one")
        .isEqualTo(later);
    assertThat(found(record).idleExpiresAt()).contains(NOW.plus(HOUR).plusMillis(1));
  }

  @Test
  @DisplayName("SE-3 a use never moves the absolute end, nor gives an idle end to what has none")
  void touchKeepsTheEnd() {
    TokenRecord none = inserted(session("alice").expiresAt(NOW.plus(HOUR)));
    assertThat(store.touch(TokenKind.SESSION, none.key(), NOW, NOW.plusMillis(1))).isTrue();
    assertThat(found(none).idleExpiresAt()).isEmpty();
    TokenRecord both = inserted(full(TokenKind.SESSION, "alice"));
    Instant far = NOW.plus(HOUR.multipliedBy(99));
    assertThat(store.touch(TokenKind.SESSION, both.key(), NOW, far)).isTrue();
    assertThat(found(both).expiresAt()).isEqualTo(both.expiresAt());
    assertThat(isThere(both, NOW.plus(HOUR.multipliedBy(8)).minusMillis(1))).isTrue();
    assertThat(isThere(both, NOW.plus(HOUR.multipliedBy(8)))).isFalse();
    assertThat(store.touch(TokenKind.SESSION, key("nothing"), NOW, far)).isFalse();
    assertThat(store.find(TokenKind.SESSION, key("nothing"), NOW)).isEmpty();
  }
}

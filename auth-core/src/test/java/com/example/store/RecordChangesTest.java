package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What records become and which of them leave, for whoever writes a store. */
class RecordChangesTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.123Z");
  private static final Instant END = NOW.plusSeconds(60);

  private static TokenRecord.Builder session(String id, int madeAt) {
    SecretDigest key = SecretDigest.of("secret of " + id);
    return TokenRecord.builder(TokenKind.SESSION, key, id, "alice", NOW.plusSeconds(madeAt));
  }

  private static TokenRecord record(String id, int madeAt, long epoch) {
    return session(id, madeAt).epoch(epoch).build();
  }

  private static void assertSame(TokenRecord actual, TokenRecord expected) {
    assertThat(actual).usingRecursiveComparison().isEqualTo(expected);
  }

  @Test
  @DisplayName("SE-3 a use moves the last use and the idle end forward, and nothing else")
  void touched() {
    TokenRecord record =
        session("a", 0).idleExpiresAt(END).expiresAt(END.plusSeconds(9)).version(4).build();
    Instant seen = NOW.plusSeconds(5);
    Instant later = END.plusSeconds(5);
    assertSame(
        record.touched(seen, later),
        record.toBuilder().lastSeenAt(seen).idleExpiresAt(later).build());
    assertSame(record.touched(seen, null), record.toBuilder().lastSeenAt(seen).build());
    assertSame(record.touched(NOW.minusMillis(1), END.minusMillis(1)), record);
    TokenRecord lasting = record("b", 0, 0);
    assertThat(lasting.touched(seen, END).idleExpiresAt()).isEmpty();
  }

  @Test
  @DisplayName("ST-2, SE-3 a replacement is the next version, and keeps the later use and idle end")
  void replacedBy() {
    TokenRecord record = session("a", 0).idleExpiresAt(END).version(4).epoch(1).build();
    TokenRecord next = record.toBuilder().label("new").epoch(2).version(99).build();
    assertSame(record.replacedBy(next), next.toBuilder().version(5).build());
    TokenRecord used = record.touched(NOW.plusSeconds(5), END.plusSeconds(5));
    assertSame(
        used.replacedBy(next),
        next.toBuilder()
            .lastSeenAt(NOW.plusSeconds(5))
            .idleExpiresAt(END.plusSeconds(5))
            .version(5)
            .build());
    assertSame(record.replacedBy(used), used.toBuilder().version(5).build());
  }

  @Test
  @DisplayName("ST-2 key, public id, kind and user make a record, and no replacement changes them")
  void identity() {
    TokenRecord is = record("a", 0, 0);
    assertThat(is.hasSameIdentity(is.toBuilder().label("new").version(9).epoch(9).build()))
        .isTrue();
    SecretDigest key = SecretDigest.of("another");
    for (TokenRecord other :
        List.of(
            TokenRecord.builder(is.kind(), key, is.id(), "alice", NOW).build(),
            TokenRecord.builder(is.kind(), is.key(), "b", "alice", NOW).build(),
            TokenRecord.builder(TokenKind.TOKEN, is.key(), is.id(), "alice", NOW).build(),
            TokenRecord.builder(is.kind(), is.key(), is.id(), "bob", NOW).build())) {
      assertThat(is.hasSameIdentity(other)).isFalse();
      assertThatIllegalArgumentException().isThrownBy(() -> is.replacedBy(other));
    }
  }

  @Test
  @DisplayName("SE-6 so many of the oldest leave that one more fits; below the limit nobody does")
  void leaving() {
    List<TokenRecord> held = List.of(record("2nd", 2, 0), record("1st", 1, 0), record("3rd", 3, 0));
    TokenRecord next = record("next", 4, 0);
    assertThat(new TokenLimit(4, WhenFull.REMOVE_OLDEST).leaving(next, held, NOW))
        .contains(List.of());
    assertThat(new TokenLimit(3, WhenFull.REMOVE_OLDEST).leaving(next, held, NOW))
        .contains(List.of(held.get(1)));
    assertThat(new TokenLimit(1, WhenFull.REMOVE_OLDEST).leaving(next, held, NOW))
        .contains(List.of(held.get(1), held.get(0), held.get(2)));
    assertThat(new TokenLimit(4, WhenFull.REFUSE_NEW).leaving(next, held, NOW)).contains(List.of());
    assertThat(new TokenLimit(3, WhenFull.REFUSE_NEW).leaving(next, held, NOW)).isEmpty();
    assertThat(TokenLimit.NONE.leaving(next, held, NOW)).contains(List.of());
  }

  @Test
  @DisplayName("SE-6, AC-2 neither the expired, nor another kind, nor an ended epoch counts")
  void doNotCount() {
    TokenRecord counts = session("c", 3).epoch(2).expiresAt(END).build();
    TokenRecord token =
        TokenRecord.builder(TokenKind.TOKEN, SecretDigest.of("t"), "t", "alice", NOW).build();
    List<TokenRecord> held =
        List.of(
            session("a", 1).epoch(2).expiresAt(END.minusMillis(1)).build(),
            record("b", 2, 1),
            token,
            counts);
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST).countingFrom(2);
    TokenRecord next = record("next", 4, 2);
    assertThat(one.leaving(next, held, END.minusMillis(1))).contains(List.of(counts));
    assertThat(one.leaving(next, held, END)).contains(List.of());
  }

  @Test
  @DisplayName("SE-6, AC-2 where one who would have to leave is of a higher epoch, nobody does")
  void higherEpoch() {
    List<TokenRecord> held = List.of(record("a", 1, 1), record("b", 2, 3), record("c", 3, 1));
    TokenRecord next = record("next", 4, 2);
    assertThat(new TokenLimit(3, WhenFull.REMOVE_OLDEST).leaving(next, held, NOW))
        .contains(List.of(held.get(0)));
    assertThat(new TokenLimit(2, WhenFull.REMOVE_OLDEST).leaving(next, held, NOW)).isEmpty();
  }
}

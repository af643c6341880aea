package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.store.TokenStore.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What {@link TokenStoreContract} asks of lists and limits. */
abstract class TokenStoreLists extends TokenStoreRemovals {
  private static final Set<TokenKind> SESSIONS = Set.of(TokenKind.SESSION);

  abstract boolean prunes();

  abstract boolean keeps(String id);

  private TokenRecord sessionMadeAt(String user, int seconds) {
    TokenRecord made = session(user).build();
    TokenRecord record =
        TokenRecord.builder(made.kind(), made.key(), made.id(), user, NOW.plusSeconds(seconds))
            .build();
    insert(record);
    return record;
  }

  @Test
  @DisplayName("SE-7 a user's records of the kinds that are asked for, oldest first")
  void lists() {
    TokenRecord third = sessionMadeAt("alice", 3);
    TokenRecord first = sessionMadeAt("alice", -1);
    TokenRecord second = sessionMadeAt("alice", 2);
    TokenRecord token = inserted(record(TokenKind.TOKEN, "alice"));
    TokenRecord family = inserted(record(TokenKind.FAMILY, "alice"));
    sessionMadeAt("bob", 0);
    assertThat(ids(store.list("alice", SESSIONS, NOW)))
        .containsExactly(first.id(), second.id(), third.id());
    assertThat(ids(store.list("alice", Set.of(TokenKind.TOKEN, TokenKind.FAMILY), NOW)))
        .containsExactlyInAnyOrder(token.id(), family.id());
    assertThat(store.list("alice", TokenKind.all(), NOW)).hasSize(5);
    assertThat(store.list("alice", Set.of(), NOW)).isEmpty();
    assertThat(store.list("ALICE", TokenKind.all(), NOW)).isEmpty();
    assertThat(store.list("nobody", TokenKind.all(), NOW)).isEmpty();
  }

  @Test
  @DisplayName("SE-7 of more than 1,000 records the newest are listed, oldest first")
  void longList() {
    for (int i = 0; i < TokenStore.MAX_LISTED + 2; i++) {
      sessionMadeAt("alice", i);
    }
    List<TokenRecord> listed = store.list("alice", SESSIONS, NOW);
    assertThat(listed).hasSize(TokenStore.MAX_LISTED);
    assertThat(listed.get(0).createdAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(listed.get(TokenStore.MAX_LISTED - 1).createdAt())
        .isEqualTo(NOW.plusSeconds(TokenStore.MAX_LISTED + 1));
  }

  @Test
  @DisplayName("ST-1 reset codes stand in no list, even where they are asked for")
  void resets() {
    TokenRecord reset = inserted(record(TokenKind.RESET, "alice"));
    TokenRecord session = inserted(session("alice"));
    assertThat(store.list("alice", Set.of(TokenKind.RESET), NOW))
        .as("the list of reset codes")
        .isEmpty();
    assertThat(ids(store.list("alice", TokenKind.all(), NOW))).containsExactly(session.id());
    assertThat(store.remove(TokenKind.RESET, reset.key())).isTrue();
    assertThat(isThere(reset)).isFalse();
  }

  @Test
  @DisplayName("SE-6 where one more is refused, nothing changes")
  void refusesNew() {
    TokenLimit two = new TokenLimit(2, WhenFull.REFUSE_NEW);
    assertThat(store.insert(session("alice").build(), two, NOW)).isEqualTo(done());
    assertThat(store.insert(session("alice").build(), two, NOW)).isEqualTo(done());
    TokenRecord third = session("alice").build();
    assertThat(store.insert(third, two, NOW)).isEqualTo(new Insertion.Full());
    assertThat(isThere(third)).isFalse();
    assertThat(store.list("alice", SESSIONS, NOW)).hasSize(2);
    store.remove("alice", SESSIONS, store.list("alice", SESSIONS, NOW).get(0).id());
    assertThat(store.insert(third, two, NOW)).isEqualTo(done());
    assertThat(isThere(third)).isTrue();
  }

  @Test
  @DisplayName(
      "SE-6 the oldest by when it was made makes room; several do where the limit has sunk")
  void removesOldest() {
    TokenRecord young = sessionMadeAt("alice", -1);
    TokenRecord old = sessionMadeAt("alice", -3);
    TokenRecord middle = sessionMadeAt("alice", -2);
    TokenRecord next = session("alice").build();
    assertThat(store.insert(next, new TokenLimit(3, WhenFull.REMOVE_OLDEST), NOW))
        .isEqualTo(done(old.id()));
    assertThat(isThere(old)).isFalse();
    TokenRecord last = sessionMadeAt("bob", -9);
    TokenRecord only = session("alice").build();
    assertThat(store.insert(only, new TokenLimit(1, WhenFull.REMOVE_OLDEST), NOW))
        .isEqualTo(done(middle.id(), young.id(), next.id()));
    assertThat(ids(store.list("alice", SESSIONS, NOW))).containsExactly(only.id());
    assertThat(isThere(last)).isTrue();
  }

  @Test
  @DisplayName("SE-6, AC-2 a record that an epoch has ended neither counts nor makes room")
  void limitCountsFrom() {
    TokenRecord dead = inserted(session("alice").epoch(1));
    TokenRecord live = inserted(session("alice").epoch(2));
    TokenRecord third = session("alice").epoch(2).build();
    TokenRecord fourth = session("alice").epoch(2).build();
    TokenLimit two = new TokenLimit(2, WhenFull.REFUSE_NEW);
    assertThat(store.insert(third, two, NOW)).isEqualTo(new Insertion.Full());
    assertThat(store.insert(third, two.countingFrom(2), NOW)).isEqualTo(done());
    assertThat(store.insert(fourth, two.countingFrom(2), NOW)).isEqualTo(new Insertion.Full());
    TokenLimit newest = new TokenLimit(1, WhenFull.REMOVE_OLDEST).countingFrom(2);
    Insertion.Done ended = (Insertion.Done) store.insert(fourth, newest, NOW);
    assertThat(ended.removed()).containsExactlyInAnyOrder(live.id(), third.id());
    assertThat(isThere(dead)).isTrue();
  }

  @Test
  @DisplayName("SE-6, AC-2 what a raised epoch has ended on its way takes no live record's place")
  void deadOnArrival() {
    TokenRecord live = inserted(session("alice").epoch(2));
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    for (TokenLimit limit : List.of(one, one.countingFrom(1))) {
      assertThat(store.insert(session("alice").epoch(1).build(), limit, NOW))
          .isEqualTo(new Insertion.Full());
      assertThat(isThere(live)).isTrue();
    }
    assertThat(store.insert(session("alice").epoch(2).build(), one, NOW))
        .isEqualTo(done(live.id()));
  }

  @Test
  @DisplayName("SE-6 a limit is for each kind and user, and what has expired does not count")
  void limitsAreApart() {
    Instant end = NOW.plus(HOUR);
    for (WhenFull whenFull : WhenFull.values()) {
      TokenLimit one = new TokenLimit(1, whenFull);
      String user = "user of " + whenFull;
      for (TokenKind kind : TokenKind.values()) {
        TokenRecord first = record(kind, user).expiresAt(end).build();
        assertThat(store.insert(first, one, NOW)).isEqualTo(done());
        assertThat(store.insert(record(kind, "other " + user).build(), one, NOW)).isEqualTo(done());
        assertThat(isThere(first)).isTrue();
      }
      assertThat(store.insert(session(user).build(), one, end)).isEqualTo(done());
      assertThat(store.list(user, SESSIONS, end)).hasSize(1);
    }
  }

  @Test
  @DisplayName("ST-7 pruning removes what has expired by then, in batches, and nothing else")
  void prunesInBatches() {
    Instant end = NOW.plus(HOUR);
    List<TokenRecord> expired = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      TokenKind kind = List.copyOf(TokenKind.all()).get(i % 4);
      Instant itsEnd = end.minusSeconds(i);
      expired.add(
          inserted(
              i % 2 == 0
                  ? record(kind, "alice").expiresAt(itsEnd)
                  : record(kind, "alice").idleExpiresAt(itsEnd).expiresAt(end.plus(HOUR))));
    }
    List<TokenRecord> live =
        List.of(
            inserted(session("alice")),
            inserted(session("alice").expiresAt(end.plusMillis(1))),
            inserted(session("bob").idleExpiresAt(end.plusMillis(1))));
    assertThat(store.prune(NOW, 10)).isZero();
    int pruned = 0;
    int batch;
    do {
      batch = store.prune(end, 10);
      assertThat(batch).isBetween(0, 10);
      pruned += batch;
    } while (batch == 10);
    assertThat(pruned).isEqualTo(prunes() ? expired.size() : 0);
    assertThat(store.prune(end, 10)).isZero();
    assertThat(expired).noneMatch(record -> isThere(record, end));
    assertThat(live).allMatch(record -> isThere(record, end));
    if (prunes()) {
      assertThat(expired).as("they are gone for good").noneMatch(this::isThere);
    }
  }

  @TestFactory
  @DisplayName("ST-1 hostile ids are data")
  Stream<DynamicTest> hostileIds() {
    return HostileTexts.ALL.stream()
        .map(
            id ->
                DynamicTest.dynamicTest(
                    "id " + HostileTexts.ALL.indexOf(id), () -> isJustData(id)));
  }

  private void isJustData(String text) {
    TokenRecord bystander = inserted(session("alice").label(text));
    assertThat(store.list(text, TokenKind.all(), NOW)).isEmpty();
    assertThat(store.remove("alice", TokenKind.all(), text)).isFalse();
    assertThat(store.remove(text, TokenKind.all(), bystander.id())).isFalse();
    assertThat(store.removeAll(text, Selection.of(TokenKind.all()))).isZero();
    Selection excepted = Selection.of(TokenKind.all()).except(text).labelled("no such label");
    assertThat(store.removeAll("alice", excepted)).isZero();

    TokenRecord hostile =
        TokenRecord.builder(TokenKind.SESSION, key(text), text, text, NOW).build();
    if (keeps(text)) {
      insert(hostile);
      assertSame(found(hostile), hostile);
      assertThat(ids(store.list(text, TokenKind.all(), NOW))).containsExactly(text);
      assertThat(store.remove(text, SESSIONS, text)).isTrue();
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.insert(hostile, TokenLimit.NONE, NOW));
    }
    assertThat(isThere(hostile)).isFalse();
    assertSame(found(bystander), bystander);
  }
}

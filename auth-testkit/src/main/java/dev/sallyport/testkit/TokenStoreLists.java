package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
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

/** What {@link TokenStoreContract} asks of lists, limits and removals. */
abstract class TokenStoreLists extends TokenStoreFixture {
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
  @DisplayName("ST-1 reset codes stand in no list, even where they are asked for")
  void resets() {
    TokenRecord reset = inserted(record(TokenKind.RESET, "alice"));
    TokenRecord session = inserted(session("alice"));
    assertThat(store.list("alice", Set.of(TokenKind.RESET), NOW)).isEmpty();
    assertThat(ids(store.list("alice", TokenKind.all(), NOW))).containsExactly(session.id());
    assertThat(store.remove(TokenKind.RESET, reset.key())).isTrue();
    assertThat(isThere(reset)).isFalse();
  }

  @Test
  @DisplayName("SE-7 a record is removed once, by its key or by its user and id")
  void removes() {
    TokenRecord one = inserted(session("alice"));
    TokenRecord two = inserted(session("alice"));
    TokenRecord stays = inserted(session("alice"));
    assertThat(store.remove(TokenKind.SESSION, one.key())).isTrue();
    assertThat(store.remove(TokenKind.SESSION, one.key())).isFalse();
    assertThat(store.remove("alice", SESSIONS, one.id())).isFalse();
    assertThat(store.remove("alice", TokenKind.all(), two.id())).isTrue();
    assertThat(store.remove("alice", TokenKind.all(), two.id())).isFalse();
    assertThat(store.remove(TokenKind.SESSION, two.key())).isFalse();
    assertThat(isThere(one)).isFalse();
    assertThat(isThere(two)).isFalse();
    assertThat(isThere(stays)).isTrue();
  }

  @Test
  @DisplayName("SE-7 nobody removes what is another user's by knowing its id")
  void removesOwn() {
    TokenRecord alices = inserted(session("alice"));
    for (String other : List.of("bob", "Alice", "", "alice ", "%", "*", "alic_")) {
      assertThat(store.remove(other, TokenKind.all(), alices.id())).isFalse();
      assertThat(store.removeAll(other, Selection.of(TokenKind.all()))).isZero();
    }
    assertThat(store.remove("alice", Set.of(), alices.id())).isFalse();
    assertSame(found(alices), alices);
  }

  @Test
  @DisplayName("SE-7 each condition of a removal counts alone")
  void removesByOneCondition() {
    List<TokenRecord> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sessions.add(inserted(session("alice").label(i == 0 ? "web" : "app " + i).epoch(i)));
    }
    TokenRecord token = inserted(record(TokenKind.TOKEN, "alice").epoch(9).label("x"));
    TokenRecord bobs = inserted(session("bob").label("web"));
    Selection all = Selection.of(SESSIONS);
    assertThat(store.removeAll("alice", all.labelled("we"))).isEqualTo(1);
    assertThat(isThere(sessions.get(0))).isFalse();
    assertThat(store.removeAll("alice", all.issuedBefore(2))).isEqualTo(1);
    assertThat(isThere(sessions.get(1))).isFalse();
    assertThat(store.removeAll("alice", all.except(sessions.get(2).id()))).isZero();
    assertThat(isThere(sessions.get(2))).isTrue();
    assertThat(store.removeAll("alice", all)).isEqualTo(1);
    assertThat(store.removeAll("alice", all)).isZero();
    assertThat(isThere(sessions.get(2))).isFalse();
    assertThat(isThere(token)).isTrue();
    assertThat(isThere(bobs)).isTrue();
  }

  @Test
  @DisplayName("SE-7 all others end, and the one that is excepted lives")
  void removesOthers() {
    TokenRecord mine = inserted(session("alice"));
    List<TokenRecord> others =
        List.of(
            inserted(session("alice")),
            inserted(record(TokenKind.FAMILY, "alice")),
            inserted(record(TokenKind.RESET, "alice")));
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).except(mine.id())))
        .isEqualTo(3);
    assertThat(others).noneMatch(this::isThere);
    assertThat(isThere(mine)).isTrue();
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).except(null))).isEqualTo(1);
    assertThat(isThere(mine)).isFalse();
  }

  @Test
  @DisplayName("SE-7 conditions together all hold")
  void removesByAllConditions() {
    TokenRecord goes = inserted(session("alice").label("a1").epoch(4));
    List<TokenRecord> stay =
        List.of(
            inserted(session("alice").label("a2").epoch(4)),
            inserted(session("alice").label("b").epoch(4)),
            inserted(session("alice").label("a3").epoch(5)),
            inserted(record(TokenKind.TOKEN, "alice").label("a4").epoch(4)),
            inserted(session("bob").label("a5").epoch(4)));
    Selection which = new Selection(SESSIONS, stay.get(0).id(), "a", 5);
    assertThat(store.removeAll("alice", which)).isEqualTo(1);
    assertThat(isThere(goes)).isFalse();
    assertThat(stay).allMatch(this::isThere);
  }

  @Test
  @DisplayName("SE-7 how a label begins is compared exactly; % and _ are characters")
  void labels() {
    List<TokenRecord> stay = new ArrayList<>();
    for (String label : List.of("", "a", "A%_", "abc", "b a%_", "a\\%_")) {
      stay.add(inserted(session("alice").label(label)));
    }
    TokenRecord goes = inserted(session("alice").label("a%_ and more"));
    Selection sessions = Selection.of(SESSIONS);
    assertThat(store.removeAll("alice", sessions.labelled("a%_"))).isEqualTo(1);
    assertThat(isThere(goes)).isFalse();
    assertThat(stay).allMatch(this::isThere);
    assertThat(store.removeAll("alice", sessions.labelled("a\\"))).isEqualTo(1);
    assertThat(store.removeAll("alice", sessions.labelled("*"))).isZero();
    assertThat(store.removeAll("alice", sessions.labelled("'"))).isZero();
  }

  @Test
  @DisplayName("ST-1 an epoch ends what was issued under a lower one")
  void epochs() {
    List<TokenRecord> records = new ArrayList<>();
    for (long epoch = 0; epoch < 5; epoch++) {
      records.add(inserted(session("alice").epoch(epoch)));
    }
    TokenRecord bobs = inserted(session("bob").epoch(0));
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).issuedBefore(0))).isZero();
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).issuedBefore(3)))
        .isEqualTo(3);
    assertThat(records.stream().filter(this::isThere).map(TokenRecord::epoch))
        .containsExactly(3L, 4L);
    assertThat(isThere(bobs)).isTrue();
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
    return HOSTILE.stream()
        .map(id -> DynamicTest.dynamicTest("id " + HOSTILE.indexOf(id), () -> isJustData(id)));
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

package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.SESSIONS;
import static dev.sallyport.testkit.TokenStoreFixture.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link TokenStoreContract} for removals. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreRemovals {
  TokenStore store();

  @Test
  @DisplayName("SE-7 a record is removed once, by its key or by its user and id")
  default void removes() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord one = given.inserted(given.session("alice"));
    TokenRecord two = given.inserted(given.session("alice"));
    TokenRecord stays = given.inserted(given.session("alice"));
    assertThat(store.remove(one, NOW)).isTrue();
    assertThat(store.remove(one, NOW)).isFalse();
    assertThat(store.remove("alice", SESSIONS, one.id(), NOW)).isFalse();
    assertThat(store.remove("alice", TokenKind.all(), two.id(), NOW)).isTrue();
    assertThat(store.remove("alice", TokenKind.all(), two.id(), NOW)).isFalse();
    assertThat(store.remove(two, NOW)).isFalse();
    assertThat(given.isThere(one)).isFalse();
    assertThat(given.isThere(two)).isFalse();
    assertThat(given.isThere(stays)).isTrue();
  }

  @Test
  @DisplayName("SE-7 a record is removed by any version of it that was found")
  default void removesByAnyVersion() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord old = given.inserted(given.session("alice"));
    assertThat(store.replace(old, old.toBuilder().label("new").build(), NOW)).isTrue();
    assertThat(store.remove(old, NOW)).as("a removal by an older version").isTrue();
    assertThat(given.isThere(old)).isFalse();
  }

  @Test
  @DisplayName("ST-7 a millisecond before its end a record can be removed, at its end it is gone")
  default void removesNothingExpired() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    Instant end = NOW.plus(HOUR);
    List<TokenRecord> expiring = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      expiring.add(given.inserted(given.session("alice").idleExpiresAt(end)));
    }
    TokenRecord live = given.inserted(given.session("alice"));
    Instant before = end.minusMillis(1);
    assertThat(store.remove(expiring.get(0), before)).isTrue();
    assertThat(store.remove("alice", SESSIONS, expiring.get(1).id(), before)).isTrue();
    assertThat(store.remove(expiring.get(2), end)).as("a removal of an expired record").isFalse();
    assertThat(store.remove("alice", SESSIONS, expiring.get(3).id(), end))
        .as("a removal of an expired record by its id")
        .isFalse();
    assertThat(store.removeAll("alice", Selection.of(SESSIONS), end))
        .as("how many were removed where one lives and the rest have expired")
        .isEqualTo(1);
    assertThat(given.isThere(live, end)).isFalse();
  }

  @Test
  @DisplayName("SE-7 nobody removes what is another user's by knowing its id")
  default void removesOwn() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord alices = given.inserted(given.session("alice"));
    for (String other : List.of("bob", "Alice", "", "alice ", "%", "*", "alic_")) {
      assertThat(store.remove(other, TokenKind.all(), alices.id(), NOW))
          .as("a removal of alice's record by '%s'", other)
          .isFalse();
      assertThat(store.removeAll(other, Selection.of(TokenKind.all()), NOW))
          .as("how many of alice's records were removed by '%s'", other)
          .isZero();
    }
    assertThat(store.remove("alice", Set.of(), alices.id(), NOW)).isFalse();
    assertSame(given.found(alices), alices);
  }

  @Test
  @DisplayName("SE-7 each condition of a removal counts alone")
  default void removesByOneCondition() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    List<TokenRecord> sessions = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      sessions.add(
          given.inserted(given.session("alice").label(i == 0 ? "web" : "app " + i).epoch(i)));
    }
    TokenRecord token = given.inserted(given.record(TokenKind.TOKEN, "alice").epoch(9).label("x"));
    TokenRecord bobs = given.inserted(given.session("bob").label("web"));
    Selection all = Selection.of(SESSIONS);
    assertThat(store.removeAll("alice", all.labelled("we"), NOW)).isEqualTo(1);
    assertThat(given.isThere(sessions.get(0))).isFalse();
    assertThat(store.removeAll("alice", all.issuedBefore(2), NOW)).isEqualTo(1);
    assertThat(given.isThere(sessions.get(1))).isFalse();
    assertThat(store.removeAll("alice", all.except(sessions.get(2).id()), NOW)).isZero();
    assertThat(given.isThere(sessions.get(2))).isTrue();
    assertThat(store.removeAll("alice", all, NOW)).isEqualTo(1);
    assertThat(store.removeAll("alice", all, NOW)).isZero();
    assertThat(given.isThere(sessions.get(2))).isFalse();
    assertThat(given.isThere(token)).isTrue();
    assertThat(given.isThere(bobs)).isTrue();
  }

  @Test
  @DisplayName("SE-7 all others end, and the one that is excepted lives")
  default void removesOthers() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord mine = given.inserted(given.session("alice"));
    List<TokenRecord> others =
        List.of(
            given.inserted(given.session("alice")),
            given.inserted(given.record(TokenKind.FAMILY, "alice")),
            given.inserted(given.record(TokenKind.RESET, "alice")));
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).except(mine.id()), NOW))
        .isEqualTo(3);
    assertThat(others).noneMatch(given::isThere);
    assertThat(given.isThere(mine)).isTrue();
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).except(null), NOW))
        .isEqualTo(1);
    assertThat(given.isThere(mine)).isFalse();
  }

  @Test
  @DisplayName("SE-7 conditions together all hold")
  default void removesByAllConditions() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord goes = given.inserted(given.session("alice").label("a1").epoch(4));
    List<TokenRecord> stay =
        List.of(
            given.inserted(given.session("alice").label("a2").epoch(4)),
            given.inserted(given.session("alice").label("b").epoch(4)),
            given.inserted(given.session("alice").label("a3").epoch(5)),
            given.inserted(given.record(TokenKind.TOKEN, "alice").label("a4").epoch(4)),
            given.inserted(given.session("bob").label("a5").epoch(4)));
    Selection which = new Selection(SESSIONS, stay.get(0).id(), "a", 5);
    assertThat(store.removeAll("alice", which, NOW)).isEqualTo(1);
    assertThat(given.isThere(goes)).isFalse();
    assertThat(stay).allMatch(given::isThere);
  }

  @Test
  @DisplayName("SE-7 how a label begins is compared exactly; % and _ are characters")
  default void labels() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    List<TokenRecord> stay = new ArrayList<>();
    for (String label : List.of("", "a", "A%_", "abc", "b a%_", "a\\%_")) {
      stay.add(given.inserted(given.session("alice").label(label)));
    }
    TokenRecord goes = given.inserted(given.session("alice").label("a%_ and more"));
    Selection sessions = Selection.of(SESSIONS);
    assertThat(store.removeAll("alice", sessions.labelled("a%_"), NOW))
        .as("how many labels begin with a%_")
        .isEqualTo(1);
    assertThat(given.isThere(goes)).isFalse();
    assertThat(stay).allMatch(given::isThere);
    assertThat(store.removeAll("alice", sessions.labelled("a\\"), NOW))
        .as("how many labels begin with a backslash after an a")
        .isEqualTo(1);
    for (String none : List.of("*", "'", "%", "_")) {
      assertThat(store.removeAll("alice", sessions.labelled(none), NOW))
          .as("how many labels begin with %s", none)
          .isZero();
    }
  }

  @Test
  @DisplayName("ST-1 an epoch ends what was issued under a lower one")
  default void epochs() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    List<TokenRecord> records = new ArrayList<>();
    for (long epoch = 0; epoch < 5; epoch++) {
      records.add(given.inserted(given.session("alice").epoch(epoch)));
    }
    TokenRecord bobs = given.inserted(given.session("bob").epoch(0));
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).issuedBefore(0), NOW))
        .isZero();
    assertThat(store.removeAll("alice", Selection.of(TokenKind.all()).issuedBefore(3), NOW))
        .isEqualTo(3);
    assertThat(records.stream().filter(given::isThere).map(TokenRecord::epoch))
        .containsExactly(3L, 4L);
    assertThat(given.isThere(bobs)).isTrue();
  }
}

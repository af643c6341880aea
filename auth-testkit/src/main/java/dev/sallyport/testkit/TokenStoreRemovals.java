package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore.Selection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What {@link TokenStoreContract} asks of removals. */
abstract class TokenStoreRemovals extends TokenStoreUses {
  private static final Set<TokenKind> SESSIONS = Set.of(TokenKind.SESSION);

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
      assertThat(store.remove(other, TokenKind.all(), alices.id()))
          .as("a removal of alice's record by '%s'", other)
          .isFalse();
      assertThat(store.removeAll(other, Selection.of(TokenKind.all())))
          .as("how many of alice's records were removed by '%s'", other)
          .isZero();
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
    assertThat(store.removeAll("alice", sessions.labelled("a%_")))
        .as("how many labels begin with a%_")
        .isEqualTo(1);
    assertThat(isThere(goes)).isFalse();
    assertThat(stay).allMatch(this::isThere);
    assertThat(store.removeAll("alice", sessions.labelled("a\\")))
        .as("how many labels begin with a backslash after an a")
        .isEqualTo(1);
    for (String none : List.of("*", "'", "%", "_")) {
      assertThat(store.removeAll("alice", sessions.labelled(none)))
          .as("how many labels begin with %s", none)
          .isZero();
    }
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
}

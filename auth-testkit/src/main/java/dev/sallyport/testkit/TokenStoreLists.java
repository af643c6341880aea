package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.SESSIONS;
import static dev.sallyport.testkit.TokenStoreFixture.assertSame;
import static dev.sallyport.testkit.TokenStoreFixture.ids;
import static dev.sallyport.testkit.TokenStoreFixture.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
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

/** Tests of {@link TokenStoreContract} for lists, pruning and hostile ids. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreLists {
  TokenStore store();

  boolean prunes();

  boolean keeps(String id);

  @Test
  @DisplayName("SE-7 a user's records of the kinds that are asked for, oldest first")
  default void lists() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord third = given.sessionMadeAt("alice", 3);
    TokenRecord first = given.sessionMadeAt("alice", -1);
    TokenRecord second = given.sessionMadeAt("alice", 2);
    TokenRecord token = given.inserted(given.record(TokenKind.TOKEN, "alice"));
    TokenRecord family = given.inserted(given.record(TokenKind.FAMILY, "alice"));
    given.sessionMadeAt("bob", 0);
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
  default void longList() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    for (int i = 0; i < TokenStore.MAX_LISTED + 2; i++) {
      given.sessionMadeAt("alice", i);
    }
    List<TokenRecord> listed = store.list("alice", SESSIONS, NOW);
    assertThat(listed).hasSize(TokenStore.MAX_LISTED);
    assertThat(listed.get(0).createdAt()).isEqualTo(NOW.plusSeconds(2));
    assertThat(listed.get(TokenStore.MAX_LISTED - 1).createdAt())
        .isEqualTo(NOW.plusSeconds(TokenStore.MAX_LISTED + 1));
  }

  @Test
  @DisplayName("ST-1 reset codes stand in no list, even where they are asked for")
  default void resets() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord reset = given.inserted(given.record(TokenKind.RESET, "alice"));
    TokenRecord session = given.inserted(given.session("alice"));
    assertThat(store.list("alice", Set.of(TokenKind.RESET), NOW))
        .as("the list of reset codes")
        .isEmpty();
    assertThat(ids(store.list("alice", TokenKind.all(), NOW))).containsExactly(session.id());
    assertThat(store.remove(reset, NOW)).isTrue();
    assertThat(given.isThere(reset)).isFalse();
  }

  @Test
  @DisplayName("ST-7 pruning removes what has expired by then, in batches, and nothing else")
  default void prunesInBatches() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    Instant end = NOW.plus(HOUR);
    List<TokenRecord> expired = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      TokenKind kind = List.copyOf(TokenKind.all()).get(i % 4);
      Instant itsEnd = end.minusSeconds(i);
      expired.add(
          given.inserted(
              i % 2 == 0
                  ? given.record(kind, "alice").expiresAt(itsEnd)
                  : given.record(kind, "alice").idleExpiresAt(itsEnd).expiresAt(end.plus(HOUR))));
    }
    List<TokenRecord> live =
        List.of(
            given.inserted(given.session("alice")),
            given.inserted(given.session("alice").expiresAt(end.plusMillis(1))),
            given.inserted(given.session("bob").idleExpiresAt(end.plusMillis(1))));
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
    assertThat(expired).noneMatch(record -> given.isThere(record, end));
    assertThat(live).allMatch(record -> given.isThere(record, end));
    if (prunes()) {
      assertThat(expired).as("they are gone for good").noneMatch(given::isThere);
    }
  }

  @TestFactory
  @DisplayName("ST-1 hostile ids are data")
  default Stream<DynamicTest> hostileIds() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    return HostileTexts.ALL.stream()
        .map(
            id ->
                DynamicTest.dynamicTest(
                    "id " + HostileTexts.ALL.indexOf(id), () -> isJustData(given, id)));
  }

  private void isJustData(TokenStoreFixture given, String text) {
    TokenStore store = given.store;
    TokenRecord bystander = given.inserted(given.session("alice").label(text));
    assertThat(store.list(text, TokenKind.all(), NOW)).isEmpty();
    assertThat(store.remove("alice", TokenKind.all(), text, NOW)).isFalse();
    assertThat(store.remove(text, TokenKind.all(), bystander.id(), NOW)).isFalse();
    assertThat(store.removeAll(text, Selection.of(TokenKind.all()), NOW)).isZero();
    Selection excepted = Selection.of(TokenKind.all()).except(text).labelled("no such label");
    assertThat(store.removeAll("alice", excepted, NOW)).isZero();

    TokenRecord hostile =
        TokenRecord.builder(TokenKind.SESSION, key(text), text, text, NOW).build();
    if (keeps(text)) {
      given.insert(hostile);
      assertSame(given.found(hostile), hostile);
      assertThat(ids(store.list(text, TokenKind.all(), NOW))).containsExactly(text);
      assertThat(store.remove(text, SESSIONS, text, NOW)).isTrue();
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> store.insert(hostile, TokenLimit.NONE, NOW));
    }
    assertThat(given.isThere(hostile)).isFalse();
    assertSame(given.found(bystander), bystander);
  }
}

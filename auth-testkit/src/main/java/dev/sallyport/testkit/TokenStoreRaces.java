package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.LIMIT;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.ROUNDS;
import static dev.sallyport.testkit.TokenStoreFixture.SESSIONS;
import static dev.sallyport.testkit.TokenStoreFixture.THREADS;
import static dev.sallyport.testkit.TokenStoreFixture.done;
import static dev.sallyport.testkit.TokenStoreFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.store.TokenStore.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests of {@link TokenStoreContract} for many concurrent calls. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreRaces {
  TokenStore store();

  /** Two users, two kinds: four limits that are reached at once. */
  private static TokenRecord oneOfFour(TokenStoreFixture given, int number) {
    TokenKind kind = number % 2 == 0 ? TokenKind.SESSION : TokenKind.TOKEN;
    return given.record(kind, number % 4 < 2 ? "alice" : "bob").build();
  }

  @RepeatedTest(20)
  @DisplayName("SE-6, ST-2 of 50 insertions at once exactly as many as may be are made")
  default void refusesExactly() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenLimit limit = new TokenLimit(LIMIT, WhenFull.REFUSE_NEW);
    List<TokenRecord> records =
        IntStream.range(0, THREADS).mapToObj(i -> oneOfFour(given, i)).toList();
    List<Insertion> ends = Race.of(THREADS, i -> store.insert(records.get(i), limit, NOW));
    assertThat(Collections.frequency(ends, done())).isEqualTo(4 * LIMIT);
    assertThat(Collections.frequency(ends, new Insertion.Full())).isEqualTo(THREADS - 4 * LIMIT);
    for (int i = 0; i < THREADS; i++) {
      assertThat(given.isThere(records.get(i))).isEqualTo(ends.get(i).equals(done()));
    }
    assertLists(given, LIMIT);
  }

  @RepeatedTest(20)
  @DisplayName("SE-6, ST-2 of 50 insertions at once each makes room for itself, once")
  default void removesExactly() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenLimit limit = new TokenLimit(LIMIT, WhenFull.REMOVE_OLDEST);
    List<TokenRecord> records =
        IntStream.range(0, THREADS).mapToObj(i -> oneOfFour(given, i)).toList();
    List<Insertion> ends = Race.of(THREADS, i -> store.insert(records.get(i), limit, NOW));
    List<String> removed = new ArrayList<>();
    ends.forEach(end -> removed.addAll(((Insertion.Done) end).removed()));
    assertThat(removed).doesNotHaveDuplicates().hasSize(THREADS - 4 * LIMIT);
    for (TokenRecord record : records) {
      assertThat(given.isThere(record)).isNotEqualTo(removed.contains(record.id()));
    }
    assertLists(given, LIMIT);
  }

  private static void assertLists(TokenStoreFixture given, int size) {
    TokenStore store = given.store;
    for (String user : List.of("alice", "bob")) {
      assertThat(store.list(user, SESSIONS, NOW)).hasSize(size);
      assertThat(store.list(user, Set.of(TokenKind.TOKEN), NOW)).hasSize(size);
    }
  }

  @RepeatedTest(20)
  @DisplayName("ST-2, JW-7 of 50 replacements of one version exactly one is made")
  default void replaceRace() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord before = given.inserted(given.session("alice"));
    List<Boolean> replaced =
        Race.of(
            THREADS,
            i -> store.replace(before, before.toBuilder().label("label " + i).build(), NOW));
    assertThat(replaced).containsOnlyOnce(true);
    assertThat(given.found(before).label()).isEqualTo("label " + replaced.indexOf(true));
    assertThat(given.found(before).version()).isEqualTo(before.version() + 1);
  }

  @RepeatedTest(5)
  @DisplayName("ST-2 who reads again after a lost replacement loses none of the others'")
  default void counts() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord start = given.inserted(given.session("alice").attributes(Map.of("count", "0")));
    Race.of(
        THREADS,
        i -> {
          boolean done = false;
          while (!done) {
            TokenRecord read = given.found(start);
            int count = Integer.parseInt(read.attributes().getOrDefault("count", "")) + 1;
            Map<String, String> next = Map.of("count", Integer.toString(count));
            store.touch(start, NOW.plusMillis(i), null);
            done = store.replace(read, read.toBuilder().attributes(next).build(), NOW);
          }
          return done;
        });
    assertThat(given.found(start).attributes())
        .isEqualTo(Map.of("count", Integer.toString(THREADS)));
    assertThat(given.found(start).version()).isEqualTo(start.version() + THREADS);
  }

  @RepeatedTest(20)
  @DisplayName("SE-2, ST-2 of 50 removals of one record exactly one is told that it was the one")
  default void removeRace() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord byKey = given.inserted(given.session("alice"));
    assertThat(Race.of(THREADS, i -> store.remove(byKey, NOW))).containsOnlyOnce(true);
    TokenRecord byId = given.inserted(given.session("alice"));
    assertThat(Race.of(THREADS, i -> store.remove("alice", SESSIONS, byId.id(), NOW)))
        .containsOnlyOnce(true);
    TokenRecord byAll = given.inserted(given.session("alice"));
    Selection all = Selection.of(TokenKind.all());
    List<Boolean> mixed =
        Race.of(
            THREADS,
            i ->
                i % 3 == 0
                    ? store.remove(byAll, NOW)
                    : i % 3 == 1
                        ? store.remove("alice", SESSIONS, byAll.id(), NOW)
                        : store.removeAll("alice", all, NOW) == 1);
    assertThat(mixed).containsOnlyOnce(true);
    assertThat(store.list("alice", TokenKind.all(), NOW)).isEmpty();
  }

  @Test
  @DisplayName("SE-7, ST-2 a use that races a removal never brings the record back, 1,000 times")
  default void touchNeverResurrects() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    for (int round = 0; round < ROUNDS; round++) {
      TokenRecord record = given.inserted(given.session("alice").idleExpiresAt(NOW.plus(HOUR)));
      Instant seen = NOW.plusMillis(round + 1L);
      int way = round % 3;
      List<Boolean> ends =
          Race.of(
              2,
              i ->
                  i == 0 ? remove(given, record, way) : store.touch(record, seen, seen.plus(HOUR)));
      assertThat(ends.get(0)).as("a use does not get in the way of a removal").isTrue();
      assertThat(given.isThere(record)).isFalse();
      assertThat(store.touch(record, seen, null)).isFalse();
    }
  }

  @Test
  @DisplayName("SE-7, ST-2 a replacement that races a removal never brings it back, 1,000 times")
  default void replaceNeverResurrects() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    for (int round = 0; round < ROUNDS; round++) {
      TokenRecord record = given.inserted(given.session("alice"));
      TokenRecord next = record.toBuilder().label("next").build();
      int way = round % 3;
      List<Boolean> ends =
          Race.of(2, i -> i == 0 ? remove(given, record, way) : store.replace(record, next, NOW));
      assertThat(ends.get(0)).as("a replacement does not get in the way of a removal").isTrue();
      assertThat(given.isThere(record)).isFalse();
      assertThat(store.replace(next, next, NOW)).isFalse();
    }
  }

  private static boolean remove(TokenStoreFixture given, TokenRecord record, int way) {
    TokenStore store = given.store;
    return switch (way) {
      case 0 -> store.remove(record, NOW);
      case 1 -> store.remove(record.userId(), SESSIONS, record.id(), NOW);
      default -> store.removeAll(record.userId(), Selection.of(SESSIONS), NOW) == 1;
    };
  }

  @RepeatedTest(20)
  @DisplayName("SE-3 of 50 uses at once the latest stands")
  default void touchRace() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord record = given.inserted(given.session("alice").idleExpiresAt(NOW.plus(HOUR)));
    assertThat(
            Race.of(
                THREADS,
                i -> {
                  Instant seen = NOW.plusMillis((i * 37) % THREADS);
                  return store.touch(record, seen, seen.plus(HOUR));
                }))
        .containsOnly(true);
    assertThat(given.found(record).lastSeenAt()).isEqualTo(NOW.plusMillis(THREADS - 1));
    assertThat(given.found(record).idleExpiresAt())
        .contains(NOW.plus(HOUR).plusMillis(THREADS - 1));
  }

  @Test
  @DisplayName("SE-7, ST-2 an insertion that races the end of all is whole or ended, 1,000 times")
  default void insertAgainstRemoveAll() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    Selection all = Selection.of(TokenKind.all());
    Set<String> leftOver = new HashSet<>();
    int ended = 0;
    for (int round = 0; round < ROUNDS; round++) {
      TokenRecord record = given.session("alice").build();
      List<Integer> ends =
          Race.of(
              2,
              i ->
                  i == 0
                      ? store.removeAll("alice", all, NOW)
                      : store.insert(record, TokenLimit.NONE, NOW).equals(done()) ? 1 : 0);
      assertThat(ends.get(1)).isEqualTo(1);
      ended += ends.get(0);
      leftOver.clear();
      if (given.isThere(record)) {
        leftOver.add(record.id());
      }
      assertThat(ids(store.list("alice", SESSIONS, NOW))).containsExactlyElementsOf(leftOver);
    }
    ended += store.removeAll("alice", all, NOW);
    assertThat(ended).as("each was ended once").isEqualTo(ROUNDS);
    assertThat(store.list("alice", SESSIONS, NOW)).isEmpty();
  }
}

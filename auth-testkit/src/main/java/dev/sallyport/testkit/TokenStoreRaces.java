package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.store.TokenStore.Selection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What {@link TokenStoreContract} asks where many do the same at once. */
abstract class TokenStoreRaces extends TokenStoreLists {
  private static final int THREADS = 50;
  private static final int ROUNDS = 1000;
  private static final int LIMIT = 5;
  private static final Set<TokenKind> SESSIONS = Set.of(TokenKind.SESSION);

  private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stopThreads() throws InterruptedException {
    pool.shutdownNow();
    assertThat(pool.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
  }

  private <T> List<T> race(int threads, IntFunction<T> work) {
    return Race.of(
        pool, IntStream.range(0, threads).<Callable<T>>mapToObj(i -> () -> work.apply(i)).toList());
  }

  /** Two users, two kinds: four limits that are reached at once. */
  private TokenRecord oneOfFour(int number) {
    TokenKind kind = number % 2 == 0 ? TokenKind.SESSION : TokenKind.TOKEN;
    return record(kind, number % 4 < 2 ? "alice" : "bob").build();
  }

  @RepeatedTest(20)
  @DisplayName("SE-6, ST-2 of 50 insertions at once exactly as many as may be are made")
  void refusesExactly() {
    TokenLimit limit = new TokenLimit(LIMIT, WhenFull.REFUSE_NEW);
    List<TokenRecord> records = IntStream.range(0, THREADS).mapToObj(this::oneOfFour).toList();
    List<Insertion> ends = race(THREADS, i -> store.insert(records.get(i), limit, NOW));
    assertThat(Collections.frequency(ends, done())).isEqualTo(4 * LIMIT);
    assertThat(Collections.frequency(ends, new Insertion.Full())).isEqualTo(THREADS - 4 * LIMIT);
    for (int i = 0; i < THREADS; i++) {
      assertThat(isThere(records.get(i))).isEqualTo(ends.get(i).equals(done()));
    }
    assertLists(LIMIT);
  }

  @RepeatedTest(20)
  @DisplayName("SE-6, ST-2 of 50 insertions at once each makes room for itself, once")
  void removesExactly() {
    TokenLimit limit = new TokenLimit(LIMIT, WhenFull.REMOVE_OLDEST);
    List<TokenRecord> records = IntStream.range(0, THREADS).mapToObj(this::oneOfFour).toList();
    List<Insertion> ends = race(THREADS, i -> store.insert(records.get(i), limit, NOW));
    List<String> removed = new ArrayList<>();
    ends.forEach(end -> removed.addAll(((Insertion.Done) end).removed()));
    assertThat(removed).doesNotHaveDuplicates().hasSize(THREADS - 4 * LIMIT);
    for (TokenRecord record : records) {
      assertThat(isThere(record)).isNotEqualTo(removed.contains(record.id()));
    }
    assertLists(LIMIT);
  }

  private void assertLists(int size) {
    for (String user : List.of("alice", "bob")) {
      assertThat(store.list(user, SESSIONS, NOW)).hasSize(size);
      assertThat(store.list(user, Set.of(TokenKind.TOKEN), NOW)).hasSize(size);
    }
  }

  @RepeatedTest(20)
  @DisplayName("ST-2, JW-7 of 50 replacements of one version exactly one is made")
  void replaceRace() {
    TokenRecord before = inserted(session("alice"));
    List<Boolean> replaced =
        race(
            THREADS,
            i -> store.replace(before, before.toBuilder().label("label " + i).build(), NOW));
    assertThat(replaced).containsOnlyOnce(true);
    assertThat(found(before).label()).isEqualTo("label " + replaced.indexOf(true));
    assertThat(found(before).version()).isEqualTo(before.version() + 1);
  }

  @RepeatedTest(5)
  @DisplayName("ST-2 who reads again after a lost replacement loses none of the others'")
  void counts() {
    TokenRecord start = inserted(session("alice").attributes(Map.of("count", "0")));
    race(
        THREADS,
        i -> {
          boolean done = false;
          while (!done) {
            TokenRecord read = found(start);
            int count = Integer.parseInt(read.attributes().getOrDefault("count", "")) + 1;
            Map<String, String> next = Map.of("count", Integer.toString(count));
            store.touch(TokenKind.SESSION, start.key(), NOW.plusMillis(i), null);
            done = store.replace(read, read.toBuilder().attributes(next).build(), NOW);
          }
          return done;
        });
    assertThat(found(start).attributes()).isEqualTo(Map.of("count", Integer.toString(THREADS)));
    assertThat(found(start).version()).isEqualTo(start.version() + THREADS);
  }

  @RepeatedTest(20)
  @DisplayName("SE-2, ST-2 of 50 removals of one record exactly one is told that it was the one")
  void removeRace() {
    TokenRecord byKey = inserted(session("alice"));
    assertThat(race(THREADS, i -> store.remove(TokenKind.SESSION, byKey.key())))
        .containsOnlyOnce(true);
    TokenRecord byId = inserted(session("alice"));
    assertThat(race(THREADS, i -> store.remove("alice", SESSIONS, byId.id())))
        .containsOnlyOnce(true);
    TokenRecord byAll = inserted(session("alice"));
    Selection all = Selection.of(TokenKind.all());
    List<Boolean> mixed =
        race(
            THREADS,
            i ->
                i % 3 == 0
                    ? store.remove(TokenKind.SESSION, byAll.key())
                    : i % 3 == 1
                        ? store.remove("alice", SESSIONS, byAll.id())
                        : store.removeAll("alice", all) == 1);
    assertThat(mixed).containsOnlyOnce(true);
    assertThat(store.list("alice", TokenKind.all(), NOW)).isEmpty();
  }

  @Test
  @DisplayName("SE-7, ST-2 a use that races a removal never brings the record back, 1,000 times")
  void touchNeverResurrects() {
    for (int round = 0; round < ROUNDS; round++) {
      TokenRecord record = inserted(session("alice").idleExpiresAt(NOW.plus(HOUR)));
      Instant seen = NOW.plusMillis(round + 1L);
      int way = round % 3;
      List<Boolean> ends =
          race(
              2,
              i ->
                  i == 0
                      ? remove(record, way)
                      : store.touch(record.kind(), record.key(), seen, seen.plus(HOUR)));
      assertThat(ends.get(0)).as("a use does not get in the way of a removal").isTrue();
      assertThat(isThere(record)).isFalse();
      assertThat(store.touch(record.kind(), record.key(), seen, null)).isFalse();
    }
  }

  @Test
  @DisplayName("SE-7, ST-2 a replacement that races a removal never brings it back, 1,000 times")
  void replaceNeverResurrects() {
    for (int round = 0; round < ROUNDS; round++) {
      TokenRecord record = inserted(session("alice"));
      TokenRecord next = record.toBuilder().label("next").build();
      int way = round % 3;
      List<Boolean> ends =
          race(2, i -> i == 0 ? remove(record, way) : store.replace(record, next, NOW));
      assertThat(ends.get(0)).as("a replacement does not get in the way of a removal").isTrue();
      assertThat(isThere(record)).isFalse();
      assertThat(store.replace(next, next, NOW)).isFalse();
    }
  }

  private boolean remove(TokenRecord record, int way) {
    return switch (way) {
      case 0 -> store.remove(record.kind(), record.key());
      case 1 -> store.remove(record.userId(), SESSIONS, record.id());
      default -> store.removeAll(record.userId(), Selection.of(SESSIONS)) == 1;
    };
  }

  @RepeatedTest(20)
  @DisplayName("SE-3 of 50 uses at once the latest stands")
  void touchRace() {
    TokenRecord record = inserted(session("alice").idleExpiresAt(NOW.plus(HOUR)));
    assertThat(
            race(
                THREADS,
                i -> {
                  Instant seen = NOW.plusMillis((i * 37) % THREADS);
                  return store.touch(record.kind(), record.key(), seen, seen.plus(HOUR));
                }))
        .containsOnly(true);
    assertThat(found(record).lastSeenAt()).isEqualTo(NOW.plusMillis(THREADS - 1));
    assertThat(found(record).idleExpiresAt()).contains(NOW.plus(HOUR).plusMillis(THREADS - 1));
  }

  @Test
  @DisplayName("SE-7, ST-2 an insertion that races the end of all is whole or ended, 1,000 times")
  void insertAgainstRemoveAll() {
    Selection all = Selection.of(TokenKind.all());
    Set<String> leftOver = new HashSet<>();
    int ended = 0;
    for (int round = 0; round < ROUNDS; round++) {
      TokenRecord record = session("alice").build();
      List<Integer> ends =
          race(
              2,
              i ->
                  i == 0
                      ? store.removeAll("alice", all)
                      : store.insert(record, TokenLimit.NONE, NOW).equals(done()) ? 1 : 0);
      assertThat(ends.get(1)).isEqualTo(1);
      ended += ends.get(0);
      leftOver.clear();
      if (isThere(record)) {
        leftOver.add(record.id());
      }
      assertThat(ids(store.list("alice", SESSIONS, NOW))).containsExactlyElementsOf(leftOver);
    }
    ended += store.removeAll("alice", all);
    assertThat(ended).as("each was ended once").isEqualTo(ROUNDS);
    assertThat(store.list("alice", SESSIONS, NOW)).isEmpty();
  }
}

package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.SESSIONS;
import static dev.sallyport.testkit.TokenStoreFixture.done;
import static dev.sallyport.testkit.TokenStoreFixture.ids;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link TokenStoreContract} for limits. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreLimits {
  TokenStore store();

  @Test
  @DisplayName("SE-6 where one more is refused, nothing changes")
  default void refusesNew() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenLimit two = new TokenLimit(2, WhenFull.REFUSE_NEW);
    assertThat(store.insert(given.session("alice").build(), two, NOW)).isEqualTo(done());
    assertThat(store.insert(given.session("alice").build(), two, NOW)).isEqualTo(done());
    TokenRecord third = given.session("alice").build();
    assertThat(store.insert(third, two, NOW)).isEqualTo(new Insertion.Full());
    assertThat(given.isThere(third)).isFalse();
    assertThat(store.list("alice", SESSIONS, NOW)).hasSize(2);
    store.remove("alice", SESSIONS, store.list("alice", SESSIONS, NOW).get(0).id(), NOW);
    assertThat(store.insert(third, two, NOW)).isEqualTo(done());
    assertThat(given.isThere(third)).isTrue();
  }

  @Test
  @DisplayName(
      "SE-6 the oldest by when it was made makes room; several do where the limit has sunk")
  default void removesOldest() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord young = given.sessionMadeAt("alice", -1);
    TokenRecord old = given.sessionMadeAt("alice", -3);
    TokenRecord middle = given.sessionMadeAt("alice", -2);
    TokenRecord next = given.session("alice").build();
    assertThat(store.insert(next, new TokenLimit(3, WhenFull.REMOVE_OLDEST), NOW))
        .isEqualTo(done(old.id()));
    assertThat(given.isThere(old)).isFalse();
    TokenRecord last = given.sessionMadeAt("bob", -9);
    TokenRecord only = given.session("alice").build();
    assertThat(store.insert(only, new TokenLimit(1, WhenFull.REMOVE_OLDEST), NOW))
        .isEqualTo(done(middle.id(), young.id(), next.id()));
    assertThat(ids(store.list("alice", SESSIONS, NOW))).containsExactly(only.id());
    assertThat(given.isThere(last)).isTrue();
  }

  @Test
  @DisplayName("SE-6, AC-2 a record that an epoch has ended neither counts nor makes room")
  default void limitCountsFrom() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord dead = given.inserted(given.session("alice").epoch(1));
    TokenRecord live = given.inserted(given.session("alice").epoch(2));
    TokenRecord third = given.session("alice").epoch(2).build();
    TokenRecord fourth = given.session("alice").epoch(2).build();
    TokenLimit two = new TokenLimit(2, WhenFull.REFUSE_NEW);
    assertThat(store.insert(third, two, NOW)).isEqualTo(new Insertion.Full());
    assertThat(store.insert(third, two.countingFrom(2), NOW)).isEqualTo(done());
    assertThat(store.insert(fourth, two.countingFrom(2), NOW)).isEqualTo(new Insertion.Full());
    TokenLimit newest = new TokenLimit(1, WhenFull.REMOVE_OLDEST).countingFrom(2);
    Insertion.Done ended = (Insertion.Done) store.insert(fourth, newest, NOW);
    assertThat(ended.removed()).containsExactlyInAnyOrder(live.id(), third.id());
    assertThat(given.isThere(dead)).isTrue();
  }

  @Test
  @DisplayName("SE-6, AC-2 what a raised epoch has ended on its way takes no live record's place")
  default void deadOnArrival() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord live = given.inserted(given.session("alice").epoch(2));
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    for (TokenLimit limit : List.of(one, one.countingFrom(1))) {
      assertThat(store.insert(given.session("alice").epoch(1).build(), limit, NOW))
          .isEqualTo(new Insertion.Full());
      assertThat(given.isThere(live)).isTrue();
    }
    assertThat(store.insert(given.session("alice").epoch(2).build(), one, NOW))
        .isEqualTo(done(live.id()));
  }

  @Test
  @DisplayName("SE-6 a limit is for each kind and user, and what has expired does not count")
  default void limitsAreApart() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    Instant end = NOW.plus(HOUR);
    for (WhenFull whenFull : WhenFull.values()) {
      TokenLimit one = new TokenLimit(1, whenFull);
      String user = "user of " + whenFull;
      for (TokenKind kind : TokenKind.values()) {
        TokenRecord first = given.record(kind, user).expiresAt(end).build();
        assertThat(store.insert(first, one, NOW)).isEqualTo(done());
        assertThat(store.insert(given.record(kind, "other " + user).build(), one, NOW))
            .isEqualTo(done());
        assertThat(given.isThere(first)).isTrue();
      }
      assertThat(store.insert(given.session(user).build(), one, end)).isEqualTo(done());
      assertThat(store.list(user, SESSIONS, end)).hasSize(1);
    }
  }

  @Test
  @DisplayName("SE-6, AC-2 in any mix of epochs, ends and limits the same are let in and leave")
  default void mixedEpochs() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenStore model = TokenStore.inMemory();
    Dice dice = new Dice(20_260_301);
    for (int round = 0; round < 500; round++) {
      Instant now = NOW.plusSeconds(round);
      TokenRecord record = anyRecord(given, dice, round, now);
      TokenLimit limit =
          new TokenLimit(
              1 + dice.roll(4),
              dice.roll(4) == 0 ? WhenFull.REFUSE_NEW : WhenFull.REMOVE_OLDEST,
              dice.roll(2) == 0 ? Long.MIN_VALUE : dice.roll(4));
      assertThat(store.insert(record, limit, now))
          .as("insertion %s, of epoch %s under %s", round, record.epoch(), limit)
          .isEqualTo(model.insert(record, limit, now));
      assertThat(ids(store.list(record.userId(), Set.of(record.kind()), now)))
          .as("the list after insertion %s", round)
          .isEqualTo(ids(model.list(record.userId(), Set.of(record.kind()), now)));
    }
  }

  /** No two are created at the same time, since it is not defined which of them would be older. */
  private static TokenRecord anyRecord(TokenStoreFixture given, Dice dice, int round, Instant now) {
    TokenKind kind = dice.roll(2) == 0 ? TokenKind.SESSION : TokenKind.TOKEN;
    String user = dice.roll(3) == 0 ? "bob" : "alice";
    TokenRecord made = given.record(kind, user).build();
    Instant createdAt = now.minusSeconds(dice.roll(5)).plusMillis(round);
    return TokenRecord.builder(kind, made.key(), made.id(), user, createdAt)
        .epoch(dice.roll(5))
        .expiresAt(dice.roll(2) == 0 ? null : now.plusSeconds(1 + dice.roll(30)))
        .build();
  }
}

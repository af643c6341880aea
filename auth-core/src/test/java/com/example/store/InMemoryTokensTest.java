package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.TokenStoreContract;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class InMemoryTokensTest implements TokenStoreContract {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant END = START.plusSeconds(60);

  @Override
  public TokenStore store() {
    return TokenStore.inMemory();
  }

  private static TokenRecord.Builder session(int number, String user) {
    SecretDigest key = SecretDigest.of("number " + number);
    return TokenRecord.builder(TokenKind.SESSION, key, "id" + number, user, START);
  }

  private static TokenRecord ending(int number) {
    return session(number, "user" + number).expiresAt(END).build();
  }

  private static TokenRecord lasting(int number) {
    return session(number, "user" + number).build();
  }

  private static void insert(TokenStore store, TokenRecord record, Instant now) {
    assertThat(store.insert(record, TokenLimit.NONE, now)).isEqualTo(new Insertion.Done(List.of()));
  }

  @Test
  @DisplayName("ST-3 where it is full of live records, a new one is refused and none is lost")
  void bounded() {
    TokenStore store = TokenStore.inMemory(3);
    for (int i = 0; i < 3; i++) {
      insert(store, ending(i), START);
    }
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> insert(store, lasting(3), END.minusMillis(1)))
        .withMessage("The token store in memory is full: 3 records");
    assertThat(store.find(TokenKind.SESSION, lasting(3).key(), START)).isEmpty();
    assertThat(store.list("user3", TokenKind.all(), START)).isEmpty();
    for (int i = 0; i < 3; i++) {
      assertThat(store.find(TokenKind.SESSION, ending(i).key(), START)).isPresent();
    }
    insert(store, lasting(3), END);
    assertThat(store).hasToString("InMemoryTokens[1 records]");
    assertThatIllegalArgumentException().isThrownBy(() -> TokenStore.inMemory(0));
  }

  @Test
  @DisplayName("ST-3 what leaves makes room: removed, or pushed out by the user's own limit")
  void roomAgain() {
    TokenStore store = TokenStore.inMemory(2);
    insert(store, session(1, "alice").build(), START);
    insert(store, session(2, "bob").build(), START);
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    assertThat(store.insert(session(3, "alice").build(), one, START))
        .isEqualTo(new Insertion.Done(List.of("id1")));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> store.insert(session(4, "carol").build(), one, START));
    assertThat(store.removeAll("bob", Selection.of(TokenKind.all()), START)).isEqualTo(1);
    insert(store, session(4, "carol").build(), START);
    assertThat(store).hasToString("InMemoryTokens[2 records]");
  }

  @Test
  @DisplayName("SE-6, TK-1 users who fill the store keep nobody out; who holds few loses nothing")
  void crowdedOut() {
    TokenStore store = TokenStore.inMemory(1000);
    insert(store, session(0, "victim").build(), START);
    for (int i = 1; i < 1000; i++) {
      insert(store, record(TokenKind.TOKEN, i, "mallory" + i % 10), START.plusMillis(i));
    }
    List<Insertion> logins =
        Race.of(50, i -> store.insert(lasting(2000 + i), TokenLimit.NONE, START));
    assertThat(logins).hasOnlyElementsOfType(Insertion.Done.class);
    assertThat(store.find(TokenKind.SESSION, session(0, "victim").build().key(), START))
        .isPresent();
    for (int i = 0; i < 50; i++) {
      assertThat(store.find(TokenKind.SESSION, lasting(2000 + i).key(), START)).isPresent();
    }
    for (int i = 0; i < 2000; i++) { // those who hold the most go on in vain
      TokenRecord more = record(TokenKind.TOKEN, 3000 + i, "mallory" + i % 10);
      try {
        store.insert(more, TokenLimit.NONE, START.plusMillis(3000 + i));
      } catch (StoreUnavailableException e) {
        assertThat(e).hasMessageContaining("full");
      }
    }
    assertThat(store.find(TokenKind.SESSION, session(0, "victim").build().key(), START))
        .isPresent();
    insert(store, session(9000, "newcomer").build(), START);
    assertThat(store.list("mallory1", TokenKind.all(), START)).hasSizeGreaterThan(60);
  }

  private static TokenRecord record(TokenKind kind, int number, String user) {
    SecretDigest key = SecretDigest.of("number " + number);
    return TokenRecord.builder(kind, key, "id" + number, user, START.plusMillis(number)).build();
  }

  @Test
  @DisplayName("ST-3 the user's own limit is told before the store's")
  void limitFirst() {
    TokenStore store = TokenStore.inMemory(1);
    insert(store, session(1, "alice").build(), START);
    TokenLimit one = new TokenLimit(1, WhenFull.REFUSE_NEW);
    assertThat(store.insert(session(2, "alice").build(), one, START))
        .isEqualTo(new Insertion.Full());
  }

  @RepeatedTest(20)
  @DisplayName("ST-3 of 50 insertions at once into a store full of expired records none is refused")
  void roomForMany() {
    TokenStore store = TokenStore.inMemory(50);
    for (int i = 0; i < 50; i++) {
      insert(store, ending(i), START);
    }
    Race.of(50, i -> store.insert(lasting(100 + i), TokenLimit.NONE, END));
    assertThat(store).hasToString("InMemoryTokens[50 records]");
  }

  @Test
  @DisplayName("ST-3 expired records leave by themselves as others come, whoever's they are")
  void leave() {
    TokenStore store = TokenStore.inMemory();
    for (int i = 0; i < 1000; i++) {
      insert(store, i % 2 == 0 ? ending(i) : session(i, "alice").idleExpiresAt(END).build(), START);
    }
    for (int i = 1000; i < 1500; i++) {
      insert(store, lasting(i), END);
    }
    assertThat(store).hasToString("InMemoryTokens[500 records]");
    assertThat(store.list("alice", TokenKind.all(), START)).isEmpty();
  }

  @Test
  @DisplayName("ST-3 a flow of short-lived records never grows the store without bound")
  void steady() {
    TokenStore store = TokenStore.inMemory();
    for (int i = 0; i < 50_000; i++) {
      Instant now = START.plusMillis(i);
      insert(store, session(i, "user" + i).expiresAt(now.plusMillis(100)).build(), now);
    }
    String size = store.toString().replaceAll("\\D", "");
    assertThat(Integer.parseInt(size)).isBetween(100, 200);
  }

  @Test
  @Timeout(60)
  @DisplayName("ST-3 a use that was acknowledged is not lost to an expiry, 50,000 times")
  void touchAgainstExpiry() {
    TokenStore store = TokenStore.inMemory();
    TokenRecord record = session(1, "alice").idleExpiresAt(END).build();
    AtomicInteger arrived = new AtomicInteger();
    AtomicInteger used = new AtomicInteger();
    AtomicInteger pruned = new AtomicInteger();
    Race.of(
        2,
        i -> {
          for (int round = 0; round < 50_000; round++) {
            if (i == 0) {
              store.remove(record, START);
              insert(store, record, START);
            }
            meet(arrived, 4 * round + 2);
            if (i == 0) {
              Instant seen = END.minusMillis(1);
              used.set(store.touch(record, seen, END.plusMillis(9)) ? 1 : 0);
            } else {
              pruned.set(store.prune(END, 1));
            }
            meet(arrived, 4 * round + 4);
            assertThat(used.get() + pruned.get()).as("whoever came first").isEqualTo(1);
          }
          return true;
        });
  }

  /** Closer than a barrier, whose threads take a while to wake up. */
  private static void meet(AtomicInteger arrived, int all) {
    arrived.incrementAndGet();
    while (arrived.get() < all && !Thread.currentThread().isInterrupted()) {
      Thread.onSpinWait();
    }
  }

  @Test
  @Timeout(20)
  @DisplayName("ST-3 a user with tens of thousands of sessions costs others nothing")
  void manyOfOne() {
    TokenStore store = TokenStore.inMemory();
    int many = 40_000;
    for (int i = 0; i < many; i++) {
      insert(store, session(i, "alice").expiresAt(END).build(), START);
    }
    assertThat(store.list("alice", TokenKind.all(), START)).hasSize(TokenStore.MAX_LISTED);
    assertThat(store.prune(END, 100)).isEqualTo(100);
    insert(store, lasting(many), END);
    assertThat(store.list("alice", TokenKind.all(), START)).isEmpty();
  }

  @Test
  @DisplayName("ST-2 a snapshot that is another record's replaces, touches and removes nothing")
  void forgedSnapshot() {
    TokenStore store = store();
    TokenRecord alices = session(1, "alice").build();
    insert(store, alices, START);
    TokenRecord bobs = session(1, "bob").build();
    assertThat(store.replace(bobs, bobs, START)).isFalse();
    assertThat(store.touch(bobs, START, END)).isFalse();
    assertThat(store.remove(bobs, START)).isFalse();
    assertThat(store.remove(alices, START)).isTrue();
  }

  @Test
  @DisplayName("ST-3 it starts no thread")
  void noThread() {
    Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    TokenStore store = TokenStore.inMemory(100);
    for (int i = 0; i < 1000; i++) {
      insert(store, ending(i), START.plusSeconds(60L * i));
    }
    store.prune(END, 10);
    assertThat(before).containsAll(Thread.getAllStackTraces().keySet());
  }

  @Test
  @DisplayName("PW-6 no toString shows a key, a digest or an attribute")
  void hides() {
    TokenStore store = TokenStore.inMemory();
    TokenRecord.Rotation rotation =
        new TokenRecord.Rotation(1, SecretDigest.of("current"), "k1", START);
    TokenRecord record =
        session(1, "alice").attributes(Map.of("a", "kept")).rotation(rotation).build();
    insert(store, record, START);
    assertThat(store).hasToString("InMemoryTokens[1 records]");
    assertThat(record).hasToString("TokenRecord[SESSION id1 of alice]");
    assertThat(rotation.toString()).contains("hidden").doesNotContain(rotation.digest().text());
    assertThat(record.key()).hasToString("SecretDigest[hidden]");
    assertThat(new TokenStore.Owned(record, null).toString()).doesNotContain(record.key().text());
  }
}

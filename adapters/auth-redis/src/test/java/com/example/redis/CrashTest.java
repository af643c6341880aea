package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.record;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;

/** What is left by a node that dies between two writes. */
class CrashTest {
  private UnifiedJedis jedis;
  private TokenStore survivor;

  @BeforeEach
  void empties() {
    jedis = Servers.SINGLE.emptied();
    survivor = Servers.patient(jedis).tokens();
  }

  private static TokenStore dyingBefore(int write) {
    Relayed client = new Relayed(Servers.single().address());
    RedisStores stores = Servers.patient(client);
    client.dyingBefore(write);
    return stores.tokens();
  }

  /** What is found is listed, and what is listed is found. */
  private void assertSeen(TokenRecord record, boolean there) {
    assertThat(survivor.find(record.kind(), record.key(), NOW).isPresent()).isEqualTo(there);
    assertThat(survivor.list(record.userId(), TokenKind.all(), NOW)).hasSize(there ? 1 : 0);
    assertThat(survivor.removeAll(record.userId(), Selection.of(TokenKind.all()), NOW))
        .isEqualTo(there ? 1 : 0);
    assertThat(survivor.find(record.kind(), record.key(), NOW)).isEmpty();
  }

  private List<String> immortal() {
    List<String> immortal = new ArrayList<>();
    for (String key : jedis.keys("*")) {
      if (jedis.pttl(key) < 0) {
        immortal.add(key);
      }
    }
    return immortal;
  }

  @ParameterizedTest(name = "write {0}")
  @ValueSource(ints = {0, 1})
  @DisplayName("ST-3 A record that was half added is nowhere, and can be added again")
  void insert(int write) {
    TokenRecord record = record(TokenKind.TOKEN, "alice").build(); // it never ends
    assertThatThrownBy(
            () -> dyingBefore(write).insert(record, TokenLimit.standard(WhenFull.REFUSE_NEW), NOW))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(immortal()).isEmpty();
    assertSeen(record, false);
    survivor.insert(record, TokenLimit.NONE, NOW);
    assertSeen(record, true);
  }

  @Test
  @DisplayName(
      "ST-5 A store that writes the pointer last fails here: its record is seen and unseen")
  void pointerLast() {
    Relayed client = new Relayed(Servers.single().address()).pointingLast();
    TokenStore wrong = Servers.patient(client).tokens();
    TokenRecord complete = session("alice");
    wrong.insert(complete, TokenLimit.NONE, NOW);
    assertSeen(complete, true);
    TokenRecord record = session("alice");
    client.dyingBefore(1);
    assertThatThrownBy(() -> wrong.insert(record, TokenLimit.NONE, NOW))
        .isInstanceOf(StoreUnavailableException.class);
    assertThatThrownBy(() -> assertSeen(record, false)).isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> assertSeen(record, true)).isInstanceOf(AssertionError.class);
  }

  @Test
  @DisplayName("ST-3 Who dies after a removal has removed; the rest leaves by itself")
  void remove() {
    TokenRecord record = record(TokenKind.TOKEN, "alice").build();
    survivor.insert(record, TokenLimit.NONE, NOW);
    assertThat(dyingBefore(1).remove(record, NOW)).isTrue();
    assertThat(jedis.keys("sallyport:p:*")).as("the pointer that is left").hasSize(1);
    assertThat(immortal()).isEmpty();
    assertSeen(record, false);
  }

  @Test
  @DisplayName("SE-7 A use or replacement that comes after a removal leaves nothing behind")
  void lateUse() {
    TokenRecord record = record(TokenKind.TOKEN, "alice").build();
    survivor.insert(record, TokenLimit.NONE, NOW);
    survivor.remove(record, NOW);
    assertThat(survivor.touch(record, NOW.plusSeconds(90), null)).isFalse();
    TokenRecord longer = record.toBuilder().lastSeenAt(NOW.plusSeconds(90)).build();
    assertThat(survivor.replace(record, longer, NOW)).isFalse();
    assertThat(jedis.keys("sallyport:[pu]:*")).isEmpty();
  }

  @Test
  @DisplayName("ST-3 Who dies before room is made complete leaves nobody who is over the limit")
  void makesRoom() {
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    TokenRecord first = session("alice");
    TokenRecord second = session("alice");
    survivor.insert(first, one, NOW);
    dyingBefore(2).insert(second, one, NOW);
    assertThat(survivor.find(TokenKind.SESSION, first.key(), NOW)).isEmpty();
    assertThat(immortal()).isEmpty();
    assertSeen(second, true);
  }

  @Test
  @DisplayName("ST-7 All that is stored leaves by itself, and what is used stays")
  void leaves() {
    Duration hour = Duration.ofHours(1);
    TokenRecord idle = record(TokenKind.TOKEN, "alice").idleExpiresAt(NOW.plusSeconds(60)).build();
    survivor.insert(idle, TokenLimit.NONE, NOW);
    survivor.insert(record(TokenKind.TOKEN, "bob").build(), TokenLimit.NONE, NOW);
    assertThat(immortal()).isEmpty();
    assertThat(shortest()).isBetween(1L, 60_000L);

    assertThat(survivor.touch(idle, NOW, NOW.plus(hour))).isTrue();
    assertThat(shortest()).as("after a use").isBetween(3_000_000L, hour.toMillis());

    TokenRecord found = survivor.find(TokenKind.TOKEN, idle.key(), NOW).orElseThrow();
    TokenRecord longer =
        found.toBuilder().idleExpiresAt(null).expiresAt(NOW.plus(hour.multipliedBy(5))).build();
    assertThat(survivor.replace(found, longer, NOW)).isTrue();
    assertThat(shortest()).as("after a replacement").isGreaterThan(4 * 3_600_000L);
  }

  /** Without the answers to calls, which are to leave soon. */
  private long shortest() {
    return jedis.keys("sallyport:[pu]:*").stream().mapToLong(jedis::pttl).min().orElseThrow();
  }
}

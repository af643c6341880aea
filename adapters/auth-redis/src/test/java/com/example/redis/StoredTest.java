package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.count;
import static com.example.redis.Samples.record;
import static com.example.redis.Samples.session;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.redis.server.RedisCluster;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.UnifiedJedis;

/** What stands in the server. */
class StoredTest {
  private static final String FIREFOX =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  private UnifiedJedis jedis;
  private TokenStore tokens;

  @BeforeEach
  void empties() {
    jedis = Servers.SINGLE.emptied();
    tokens = Servers.patient(jedis).tokens();
  }

  private TokenRecord inserted(TokenRecord record) {
    tokens.insert(record, TokenLimit.NONE, NOW);
    return record;
  }

  private Optional<TokenRecord> found(TokenRecord record) {
    return tokens.find(record.kind(), record.key(), NOW);
  }

  private byte[] hash() {
    return jedis.keys("sallyport:u:*").iterator().next().getBytes(US_ASCII);
  }

  private byte[] stored(TokenRecord record) {
    return jedis.hget(hash(), record.key().text().getBytes(US_ASCII));
  }

  private void store(TokenRecord record, byte[] bytes) {
    jedis.hset(hash(), record.key().text().getBytes(US_ASCII), bytes);
  }

  @Test
  @DisplayName("ST-3 A record with fields of a later version is read, used and ended by this one")
  void laterFields() {
    TokenRecord record = inserted(session("alice").toBuilder().label("mine").build());
    byte[] now = stored(record);
    byte[] later = Arrays.copyOf(now, now.length + 9);
    store(record, later);
    assertThat(found(record).orElseThrow().label()).isEqualTo("mine");
    assertThat(tokens.touch(record, NOW.plusMillis(5), null)).isTrue();
    assertThat(stored(record)).as("a use leaves what it does not know").hasSize(later.length);
    assertThat(tokens.list("alice", TokenKind.all(), NOW)).hasSize(1);
    assertThat(tokens.remove(record, NOW)).isTrue();
  }

  @Test
  @DisplayName("ST-6 A record of an unknown format, or a damaged one, is an outage, not unknown")
  void unreadable() {
    TokenRecord record = inserted(session("alice").toBuilder().label("private label").build());
    byte[] whole = stored(record);
    byte[] other = whole.clone();
    other[0] = '2';
    store(record, other);
    assertThatThrownBy(() -> found(record))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("format");
    assertThat(tokens.remove("alice", TokenKind.all(), record.id(), NOW))
        .as("it can be ended all the same")
        .isTrue();
    inserted(record);
    for (int length = 0; length < whole.length; length++) {
      store(record, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> found(record))
          .as("the first %s bytes", length)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageNotContaining("private")
          .hasNoCause();
    }
    store(record, whole);
    assertThat(found(record)).isPresent();
  }

  @Test
  @DisplayName("ST-1 Every text is kept, with NUL and halves of pairs; what is too long is refused")
  void texts() {
    String odd = "\0\uD800\uDC00\uDFFF \uD83E\uDD8A\uFFFF";
    TokenRecord full =
        inserted(
            TokenRecord.builder(TokenKind.FAMILY, SecretDigest.of("odd"), odd, odd, NOW)
                .label(odd)
                .client(odd)
                .scopes(Set.of(odd, "", "a"))
                .attributes(Map.of(odd, odd, "", ""))
                .rotation(new TokenRecord.Rotation(1, SecretDigest.of("2"), odd, NOW))
                .build());
    TokenRecord read = found(full).orElseThrow();
    assertThat(List.of(read.id(), read.userId(), read.label(), read.client())).containsOnly(odd);
    assertThat(read.scopes()).isEqualTo(full.scopes());
    assertThat(read.attributes()).isEqualTo(full.attributes());
    assertThat(read.rotation()).isEqualTo(full.rotation());
    assertThat(tokens.list("\0?\uDC00\uDFFF \uD83E\uDD8A\uFFFF", TokenKind.all(), NOW)).isEmpty();
    assertThat(tokens.remove(odd, TokenKind.all(), odd, NOW)).isTrue();

    String longest = "\uFFFF".repeat(16_000);
    TokenRecord large = inserted(session(longest).toBuilder().label("l").build());
    assertThat(found(large).orElseThrow().userId()).isEqualTo(longest);
    for (TokenRecord refused :
        List.of(
            session(longest + "a"),
            session("alice").toBuilder().label(longest + "a").build(),
            session("alice").toBuilder().attributes(many(5_000)).build())) {
      assertThatIllegalArgumentException().isThrownBy(() -> inserted(refused));
      assertThat(found(refused)).isEmpty();
    }
    assertThat(tokens.list(longest + "a", TokenKind.all(), NOW)).isEmpty();
    assertThat(tokens.touch(session(longest + "a"), NOW, null)).isFalse();
    assertThat(tokens.remove(session(longest + "a"), NOW)).isFalse();
  }

  private static Map<String, String> many(int number) {
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < number; i++) {
      many.put("name " + i, "value " + i);
    }
    return many;
  }

  @Test
  @DisplayName("ST-3 A session takes at most 600 bytes, all keys counted")
  void size() {
    int users = 100;
    for (int i = 0; i < users; i++) {
      inserted(
          TokenRecord.builder(
                  TokenKind.SESSION,
                  SecretDigest.of("secret " + i),
                  "0123456789abcdefABCDEF",
                  "%08d-93b5-4d71-9d2b-6f7a0c1c2d3e".formatted(i),
                  NOW)
              .idleExpiresAt(NOW.plusSeconds(1800))
              .expiresAt(NOW.plusSeconds(28_800))
              .client(FIREFOX)
              .build());
    }
    long pointers = bytes("sallyport:p:*");
    long hashes = bytes("sallyport:u:*");
    assertThat((pointers + hashes) / users)
        .as("%s bytes of pointers and %s of hashes", pointers / users, hashes / users)
        .isBetween(100L, 600L);
  }

  private long bytes(String pattern) {
    return jedis.keys(pattern).stream().mapToLong(key -> jedis.memoryUsage(key)).sum();
  }

  @Test
  @DisplayName("ST-7 A new record takes expired ones of its user away, with their pointers")
  void takesExpiredAway() {
    TokenRecord old = record(TokenKind.SESSION, "alice").expiresAt(NOW.minusSeconds(5)).build();
    TokenRecord seemsOld =
        record(TokenKind.SESSION, "alice").expiresAt(NOW.plusSeconds(600)).build();
    TokenStore store = Servers.patient(jedis).tokens();
    store.insert(old, TokenLimit.NONE, NOW.minusSeconds(60));
    store.insert(seemsOld, TokenLimit.NONE, NOW);
    store.insert(session("alice"), TokenLimit.NONE, NOW.plusSeconds(601));
    assertThat(jedis.hlen(hash())).as("what has ended by both clocks is gone").isEqualTo(2);
    assertThat(found(seemsOld)).as("the caller's clock alone takes nothing away").isPresent();
    assertThat(jedis.keys("sallyport:p:*")).hasSize(2);
  }

  @Test
  @DisplayName("ST-7 A server whose clock is ahead or behind ends nothing early and nothing late")
  void clocks() {
    RedisStores stores = Servers.patient(jedis);
    for (long skew : List.of(-7_200L, 7_200L)) {
      Instant now = NOW.plusSeconds(skew);
      TokenRecord record =
          TokenRecord.builder(
                  TokenKind.TOKEN, SecretDigest.of("skew " + skew), "s" + skew, "bob", now)
              .expiresAt(now.plusSeconds(60))
              .build();
      stores.tokens().insert(record, TokenLimit.NONE, now);
      stores
          .counts()
          .replace(
              "a:" + skew,
              Optional.empty(),
              Optional.of(new ThrottleStore.Entry("1", now, now.plusSeconds(60))),
              now);
      Instant last = now.plusSeconds(60).minusMillis(1);
      assertThat(stores.tokens().find(TokenKind.TOKEN, record.key(), last)).isPresent();
      assertThat(stores.counts().find("a:" + skew, last)).contains("1");
      Instant end = now.plusSeconds(60);
      assertThat(stores.tokens().find(TokenKind.TOKEN, record.key(), end)).isEmpty();
      assertThat(stores.counts().find("a:" + skew, end)).isEmpty();
    }
  }

  @Test
  @DisplayName("ST-8 The server drops by itself what has ended, to the millisecond of its clock")
  void drops() {
    TokenStore store = Servers.patient(jedis).tokens();
    Instant soon = Instant.now().plusMillis(300);
    store.insert(
        record(TokenKind.TOKEN, "carol").expiresAt(soon).build(),
        TokenLimit.NONE,
        soon.minusMillis(300));
    Servers.patient(jedis)
        .counts()
        .replace(
            "a:1",
            Optional.empty(),
            Optional.of(new ThrottleStore.Entry("1", soon, soon)),
            soon.minusMillis(300));
    RedisCluster.await(() -> jedis.keys("sallyport:[ptu]:*").isEmpty());
    assertThat(Instant.now()).isAfterOrEqualTo(soon);
  }

  @Test
  @DisplayName("ST-6 A count that is damaged is an outage, not absent")
  void damagedCount() {
    ThrottleStore counts = Servers.patient(jedis).counts();
    counts.replace("a:1", Optional.empty(), count("1"), NOW);
    jedis.set(jedis.keys("sallyport:t:*").iterator().next(), "0123");
    assertThatThrownBy(() -> counts.find("a:1", NOW)).isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  @DisplayName("ST-3, TH-6 Keys tell neither users nor names that were tried")
  void keys() {
    inserted(session("alice"));
    Servers.patient(jedis).counts().replace("pw:alice", Optional.empty(), count("1"), NOW);
    assertThat(jedis.keys("*"))
        .allMatch(key -> key.matches("sallyport:(p:|[ut]:\\{|c:\\{)[\\w-]{27,43}.*"))
        .noneMatch(key -> key.contains("alice"));
  }
}

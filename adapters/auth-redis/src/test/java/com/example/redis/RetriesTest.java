package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.count;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.store.TokenStore.Selection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A client that gets no answer sends again what the server has done. */
class RetriesTest {
  private TokenStore tokens;
  private ThrottleStore counts;

  @BeforeEach
  void sendsAllThreeTimes() {
    Servers.SINGLE.emptied();
    RedisStores stores = Servers.patient(new Relayed(Servers.single().address()).sending(3));
    tokens = stores.tokens();
    counts = stores.counts();
  }

  @Test
  @DisplayName("ST-8 What is sent again is added once, and is neither taken nor full")
  void insert() {
    TokenLimit one = new TokenLimit(1, WhenFull.REFUSE_NEW);
    TokenRecord first = session("alice");
    assertThat(tokens.insert(first, one, NOW)).isEqualTo(new Insertion.Done(List.of()));
    assertThat(tokens.insert(session("alice"), one, NOW)).isEqualTo(new Insertion.Full());
    TokenRecord second = session("alice");
    assertThat(tokens.insert(second, new TokenLimit(1, WhenFull.REMOVE_OLDEST), NOW))
        .as("who made room is told")
        .isEqualTo(new Insertion.Done(List.of(first.id())));
    assertThatIllegalArgumentException()
        .as("another call with the same record")
        .isThrownBy(() -> tokens.insert(second, TokenLimit.NONE, NOW));
  }

  @Test
  @DisplayName("ST-8 A replacement that is sent again is made once, and was made")
  void replace() {
    TokenRecord record = session("alice");
    tokens.insert(record, TokenLimit.NONE, NOW);
    assertThat(tokens.replace(record, record.toBuilder().label("new").build(), NOW)).isTrue();
    TokenRecord found = tokens.find(TokenKind.SESSION, record.key(), NOW).orElseThrow();
    assertThat(found.version()).isEqualTo(1);
    assertThat(tokens.replace(record, record, NOW)).as("another call").isFalse();
    assertThat(tokens.touch(found, NOW, null)).isTrue();
  }

  @Test
  @DisplayName("ST-8 A removal that is sent again has removed what it removed")
  void remove() {
    TokenRecord one = session("alice");
    TokenRecord two = session("alice");
    TokenRecord three = session("alice");
    List.of(one, two, three).forEach(record -> tokens.insert(record, TokenLimit.NONE, NOW));
    assertThat(tokens.remove(one, NOW)).isTrue();
    assertThat(tokens.remove(one, NOW)).as("another call").isFalse();
    assertThat(tokens.remove("alice", TokenKind.all(), two.id(), NOW)).isTrue();
    assertThat(tokens.removeAll("alice", Selection.of(TokenKind.all()), NOW)).isEqualTo(1);
    assertThat(tokens.removeAll("alice", Selection.of(TokenKind.all()), NOW)).isZero();
  }

  @Test
  @DisplayName("ST-8, TH-1 A count that is sent again is counted once, and was counted")
  void counts() {
    assertThat(counts.replace("a:1", Optional.empty(), count("1"), NOW)).isTrue();
    assertThat(counts.replace("a:1", Optional.of("1"), count("2"), NOW)).isTrue();
    assertThat(counts.replace("a:1", Optional.of("1"), count("2"), NOW)).isFalse();
    assertThat(counts.replace("a:1", Optional.of("2"), Optional.empty(), NOW)).isTrue();
    assertThat(counts.find("a:1", NOW)).isEmpty();
  }
}

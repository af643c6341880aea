package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenRecord.Rotation;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.testkit.Secrets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenRecordTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.999999999Z");
  private static final Instant CUT = Instant.parse("2026-03-01T12:00:00.999Z");
  private static final SecretDigest KEY = SecretDigest.of("key");
  private static final Rotation ROTATION = new Rotation(3, SecretDigest.of("current"), "k1", NOW);

  private static TokenRecord.Builder builder() {
    return TokenRecord.builder(TokenKind.FAMILY, KEY, "id", "alice", NOW);
  }

  @Test
  @DisplayName("ST-1 a new record is unrestricted, never expires, and is of epoch and version 0")
  void defaults() {
    TokenRecord bare = builder().build();
    assertThat(bare.key()).isEqualTo(KEY);
    assertThat(bare.id()).isEqualTo("id");
    assertThat(bare.kind()).isEqualTo(TokenKind.FAMILY);
    assertThat(bare.userId()).isEqualTo("alice");
    assertThat(bare.label() + bare.client()).isEmpty();
    assertThat(bare.scopes()).isEmpty();
    assertThat(List.of(bare.createdAt(), bare.authenticatedAt(), bare.lastSeenAt()))
        .as("times in whole milliseconds")
        .containsOnly(CUT);
    assertThat(bare.idleExpiresAt()).isEmpty();
    assertThat(bare.expiresAt()).isEmpty();
    assertThat(bare.endsAt()).isEmpty();
    assertThat(bare.isLive(Instant.parse("9999-12-31T23:59:59Z"))).isTrue();
    assertThat(bare.epoch() + bare.version()).isZero();
    assertThat(bare.attributes()).isEmpty();
    assertThat(bare.rotation()).isEmpty();
  }

  @Test
  @DisplayName("ST-1 toBuilder keeps all; a new key keeps all but the version")
  void copies() {
    TokenRecord record =
        builder()
            .label("label")
            .scopes(Set.of("a"))
            .authenticatedAt(NOW.minusSeconds(1))
            .lastSeenAt(NOW.plusSeconds(1))
            .idleExpiresAt(NOW.plusSeconds(2))
            .expiresAt(NOW.plusSeconds(3))
            .epoch(4)
            .client("client")
            .attributes(Map.of("a", "b"))
            .version(5)
            .rotation(ROTATION)
            .build();
    SecretDigest other = SecretDigest.of("other");
    TokenRecord moved = record.toBuilder(other, "new").build();
    assertThat(record.toBuilder().build()).usingRecursiveComparison().isEqualTo(record);
    assertThat(moved.key()).isEqualTo(other);
    assertThat(moved.id()).isEqualTo("new");
    assertThat(moved.version()).isZero();
    assertThat(moved)
        .usingRecursiveComparison()
        .ignoringFields("key", "id", "version")
        .isEqualTo(record);
  }

  @Test
  @DisplayName("SE-3 a record ends by the earlier of its two limits, at that very millisecond")
  void ends() {
    Instant early = CUT.plusMillis(10);
    Instant late = CUT.plusMillis(20);
    for (TokenRecord record :
        List.of(
            builder().idleExpiresAt(early).expiresAt(late).build(),
            builder().idleExpiresAt(late).expiresAt(early).build(),
            builder().idleExpiresAt(early).build(),
            builder().expiresAt(early).build())) {
      assertThat(record.endsAt()).contains(early);
      assertThat(record.isLive(early.minusNanos(1))).isTrue();
      assertThat(record.isLive(early)).isFalse();
    }
  }

  @Test
  @DisplayName("CH-10 a record does not change with what it was made from")
  void copiesIn() {
    Set<String> scopes = new HashSet<>(Set.of("a"));
    Map<String, String> attributes = new HashMap<>(Map.of("a", "b"));
    TokenRecord record = builder().scopes(scopes).attributes(attributes).build();
    scopes.add("admin");
    attributes.put("c", "d");
    assertThat(record.scopes()).contains(Set.of("a"));
    assertThat(record.attributes()).isEqualTo(Map.of("a", "b")).isUnmodifiable();
    Set<TokenKind> kinds = EnumSet.of(TokenKind.SESSION);
    Selection selection = Selection.of(kinds);
    kinds.add(TokenKind.TOKEN);
    assertThat(selection.kinds()).containsExactly(TokenKind.SESSION);
    List<String> removed = new ArrayList<>(List.of("1"));
    TokenStore.Insertion.Done done = new TokenStore.Insertion.Done(removed);
    removed.add("2");
    assertThat(done.removed()).containsExactly("1");
    TokenKind.all().clear();
    assertThat(TokenKind.all()).containsExactly(TokenKind.values());
  }

  @Test
  @DisplayName("ST-1 a client is clipped to 64 characters, and never within one")
  void clips() {
    String fox = "\uD83E\uDD8A";
    assertThat(builder().client("c".repeat(64)).build().client()).hasSize(64);
    assertThat(builder().client("c".repeat(65)).build().client()).isEqualTo("c".repeat(64));
    assertThat(builder().client("c".repeat(63) + fox).build().client()).isEqualTo("c".repeat(63));
    assertThat(builder().client("c".repeat(62) + fox + "d").build().client())
        .isEqualTo("c".repeat(62) + fox);
  }

  @Test
  @DisplayName("SE-6 a limit allows one at least")
  void limits() {
    assertThat(new TokenLimit(1, WhenFull.REFUSE_NEW).max()).isEqualTo(1);
    for (int max : new int[] {0, -1, Integer.MIN_VALUE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new TokenLimit(max, WhenFull.REFUSE_NEW))
          .withMessageContaining("not " + max);
    }
    assertThatNullPointerException().isThrownBy(() -> new TokenLimit(1, null));
  }

  @Test
  @DisplayName("CH-6 null is refused where it is given")
  void nulls() {
    assertThatNullPointerException()
        .isThrownBy(() -> TokenRecord.builder(null, KEY, "id", "alice", NOW));
    assertThatNullPointerException()
        .isThrownBy(() -> TokenRecord.builder(TokenKind.TOKEN, null, "id", "alice", NOW));
    assertThatNullPointerException()
        .isThrownBy(() -> TokenRecord.builder(TokenKind.TOKEN, KEY, null, "alice", NOW));
    assertThatNullPointerException()
        .isThrownBy(() -> TokenRecord.builder(TokenKind.TOKEN, KEY, "id", null, NOW));
    assertThatNullPointerException().isThrownBy(() -> builder().label(null));
    assertThatNullPointerException().isThrownBy(() -> new Rotation(1, null, "k", NOW));
    assertThatNullPointerException().isThrownBy(() -> new Rotation(1, KEY, null, NOW));
    assertThatNullPointerException().isThrownBy(() -> new TokenStore.Owned(null, null));
  }

  @Test
  @DisplayName("SE-1, row 17 a dump of a record holds nothing that could be presented")
  void dump() {
    String secret = "p0Zl7xUQe3Tt9rVwYb2NcA5dGh8JkLmQsXzIoEuRyTf";
    String current = "QeTuOaDgJlZcBmWrYiPsFhKxVn1357902468abcdefg";
    TokenRecord record =
        TokenRecord.builder(TokenKind.FAMILY, SecretDigest.of(secret), "id", "alice", NOW)
            .rotation(new Rotation(1, SecretDigest.of(current), "k1", NOW))
            .build();
    TokenStore store = TokenStore.inMemory();
    store.insert(record, TokenLimit.NONE, NOW);
    TokenRecord kept = store.list("alice", TokenKind.all(), NOW).get(0);
    String dump =
        String.join(
            "\n",
            kept.key().text(),
            kept.id(),
            kept.userId(),
            kept.label(),
            kept.scopes().toString(),
            kept.client(),
            kept.attributes().toString(),
            kept.rotation().orElseThrow().digest().text(),
            kept.rotation().toString(),
            kept.toString(),
            store.toString());
    for (String hidden : List.of(secret, current)) {
      assertThat(Secrets.contains(dump, hidden)).isFalse();
      assertThat(store.find(TokenKind.FAMILY, SecretDigest.of(hidden), NOW).isPresent())
          .isEqualTo(hidden.equals(secret));
    }
    for (String stolen : dump.split("\n", -1)) {
      assertThat(store.find(TokenKind.FAMILY, SecretDigest.of(stolen), NOW)).isEmpty();
    }
  }
}

package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.SESSIONS;
import static dev.sallyport.testkit.TokenStoreFixture.assertSame;
import static dev.sallyport.testkit.TokenStoreFixture.done;
import static dev.sallyport.testkit.TokenStoreFixture.key;
import static dev.sallyport.testkit.TokenStoreFixture.rotated;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link TokenStoreContract} for replacements, and for the numbers in them. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreReplacements {
  TokenStore store();

  @Test
  @DisplayName("JW-7 the state of a family is kept, and changes with a replacement")
  default void rotation() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord family =
        given.inserted(given.record(TokenKind.FAMILY, "alice").rotation(rotated(1, "one")));
    assertThat(given.found(family).rotation()).contains(rotated(1, "one"));
    TokenRecord next = family.toBuilder().rotation(rotated(2, "two")).build();
    assertThat(store.replace(family, next, NOW)).isTrue();
    assertThat(given.found(family).rotation()).contains(rotated(2, "two"));
  }

  @Test
  @DisplayName("ST-2 a replacement of the version that was read is made, and raises it by one")
  default void replace() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord before = given.inserted(given.full(TokenKind.TOKEN, "alice"));
    TokenRecord next =
        before.toBuilder()
            .label("new")
            .scopes(null)
            .authenticatedAt(NOW.plusMillis(1))
            .lastSeenAt(NOW.plusMillis(18))
            .idleExpiresAt(null)
            .expiresAt(NOW.plusMillis(3))
            .epoch(8)
            .client("curl")
            .attributes(Map.of())
            .rotation(null)
            .version(99)
            .build();
    assertThat(store.replace(before, next, NOW)).isTrue();
    assertSame(given.found(before), next.toBuilder().version(before.version() + 1).build());
  }

  @Test
  @DisplayName("ST-2, SE-3 a replacement does not undo a use that was noted after it was read")
  default void replaceKeepsUse() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord before = given.inserted(given.session("alice").idleExpiresAt(NOW.plus(HOUR)));
    Instant seen = NOW.plusMillis(7);
    store.touch(before, seen, seen.plus(HOUR));
    TokenRecord next = before.toBuilder().label("new").build();
    assertThat(store.replace(before, next, NOW)).isTrue();
    assertSame(
        given.found(before),
        next.toBuilder().lastSeenAt(seen).idleExpiresAt(seen.plus(HOUR)).version(1).build());
  }

  @Test
  @DisplayName("ST-1 the lowest number there is can be an epoch")
  default void lowestEpoch() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord before = given.inserted(given.session("alice"));
    TokenRecord next = before.toBuilder().epoch(Long.MIN_VALUE).build();
    assertThat(store.replace(before, next, NOW)).isTrue();
    assertThat(given.found(before).epoch()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  @DisplayName("ST-1 numbers that a double can't hold are kept, compared and counted")
  default void largeNumbers() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    long large = (1L << 53) + 1;
    TokenRecord family =
        given.inserted(
            given
                .record(TokenKind.FAMILY, "alice")
                .epoch(large)
                .version(large)
                .rotation(rotated(large, "one")));
    assertSame(given.found(family), family);
    TokenRecord before = family.toBuilder().version(large - 1).build();
    assertThat(store.replace(before, before, NOW)).as("a replacement of version 2^53").isFalse();
    TokenRecord next = family.toBuilder().epoch(-large).rotation(rotated(large + 2, "2")).build();
    assertThat(store.replace(family, next, NOW)).isTrue();
    assertSame(given.found(family), next.toBuilder().version(large + 1).build());

    TokenRecord ended = given.inserted(given.session("alice").epoch(large - 1));
    TokenRecord live = given.inserted(given.session("alice").epoch(large));
    TokenLimit two = new TokenLimit(2, WhenFull.REFUSE_NEW).countingFrom(large);
    assertThat(store.insert(given.session("alice").epoch(large).build(), two, NOW))
        .isEqualTo(done());
    assertThat(store.removeAll("alice", Selection.of(SESSIONS).issuedBefore(large), NOW))
        .as("how many epochs are lower than 2^53 + 1")
        .isEqualTo(1);
    assertThat(given.isThere(ended)).isFalse();
    assertThat(given.isThere(live)).isTrue();
  }

  @Test
  @DisplayName("ST-2 of an older version, or of what is gone, nothing is replaced")
  default void staleReplacement() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord old = given.inserted(given.session("alice"));
    assertThat(store.replace(old, old.toBuilder().label("1").build(), NOW)).isTrue();
    assertThat(store.replace(old, old.toBuilder().label("2").build(), NOW))
        .as("a replacement of an older version")
        .isFalse();
    assertThat(given.found(old).label()).isEqualTo("1");
    TokenRecord last = given.found(old);
    store.remove(old, NOW);
    assertThat(store.replace(last, last, NOW)).as("a replacement of what is gone").isFalse();
    TokenRecord never = given.session("alice").build();
    assertThat(store.replace(never, never, NOW)).isFalse();
    assertThat(store.list("alice", TokenKind.all(), NOW)).isEmpty();
  }

  @Test
  @DisplayName("ST-2 a replacement keeps key, id, kind and user")
  default void identity() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord is = given.inserted(given.session("alice"));
    for (TokenRecord other :
        List.of(
            TokenRecord.builder(is.kind(), key("other"), is.id(), "alice", NOW).build(),
            TokenRecord.builder(is.kind(), is.key(), "other", "alice", NOW).build(),
            TokenRecord.builder(TokenKind.TOKEN, is.key(), is.id(), "alice", NOW).build(),
            TokenRecord.builder(is.kind(), is.key(), is.id(), "bob", NOW).build())) {
      assertThatIllegalArgumentException().isThrownBy(() -> store.replace(is, other, NOW));
    }
    assertSame(given.found(is), is);
    assertThat(store.find(TokenKind.SESSION, key("other"), NOW)).isEmpty();
    assertThat(store.list("bob", TokenKind.all(), NOW)).isEmpty();
  }
}

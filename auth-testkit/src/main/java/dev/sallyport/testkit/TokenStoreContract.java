package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Owned;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every {@link TokenStore} promises, as tests to extend. Their time is far ahead of the clock,
 * so that a database that drops expired records by its own clock keeps them all.
 *
 * <pre>{@code
 * class MyTokensTest extends TokenStoreContract {
 *   protected TokenStore store() { return new MyTokens(emptyDatabase()); }
 * }
 * }</pre>
 */
public abstract class TokenStoreContract extends TokenStoreRaces {
  /** For subclasses. */
  protected TokenStoreContract() {}

  /**
   * A new store without records. It is called once for each test.
   *
   * @return the store
   */
  @Override
  protected abstract TokenStore store();

  /**
   * Whether {@link TokenStore#prune} is what removes expired records.
   *
   * @return false for a store that drops them by itself, so that there is nothing to prune
   */
  @Override
  protected boolean prunes() {
    return true;
  }

  /**
   * Whether the store can keep a record with such a user id or public id.
   *
   * @param id an id that nobody in their right mind gives out
   * @return false if an insertion is refused by {@link IllegalArgumentException}; whoever asks for
   *     such an id must be told that there is none all the same
   */
  @Override
  protected boolean keeps(String id) {
    return true;
  }

  @Test
  @DisplayName("ST-1 a record is found by its key, with all that it has")
  void finds() {
    for (TokenKind kind : TokenKind.values()) {
      TokenRecord bare = inserted(record(kind, "alice"));
      TokenRecord full = inserted(full(kind, "alice"));
      assertSame(found(bare), bare);
      assertSame(found(full), full);
    }
    assertThat(store.find(TokenKind.SESSION, key("nothing"), NOW)).isEmpty();
    for (TokenRecord listed : store.list("alice", TokenKind.all(), NOW)) {
      assertSame(listed, found(listed));
    }
  }

  @Test
  @DisplayName("ST-1 no scopes and no restriction are two things")
  void scopes() {
    TokenRecord free = inserted(session("alice").scopes(null));
    TokenRecord none = inserted(session("alice").scopes(Set.of()));
    TokenRecord odd = inserted(session("alice").scopes(Set.of("a b", "a,b", "'", "")));
    assertThat(found(free).scopes()).isEmpty();
    assertThat(found(none).scopes()).contains(Set.of());
    assertThat(found(odd).scopes()).contains(Set.of("a b", "a,b", "'", ""));
  }

  @Test
  @DisplayName("ST-1 a client of 64 characters is kept, a longer one clipped between characters")
  void client() {
    String fox = "\uD83E\uDD8A";
    TokenRecord exact = inserted(session("alice").client(fox.repeat(32)));
    TokenRecord cut = inserted(session("alice").client("a" + fox.repeat(40)));
    assertThat(found(exact).client()).isEqualTo(fox.repeat(32));
    assertThat(found(cut).client()).isEqualTo("a" + fox.repeat(31));
  }

  @Test
  @DisplayName("JW-7 the state of a family is kept, and changes with a replacement")
  void rotation() {
    TokenRecord family = inserted(record(TokenKind.FAMILY, "alice").rotation(rotation(1, "one")));
    assertThat(found(family).rotation()).contains(rotation(1, "one"));
    TokenRecord next = family.toBuilder().rotation(rotation(2, "two")).build();
    assertThat(store.replace(family, next, NOW)).isTrue();
    assertThat(found(family).rotation()).contains(rotation(2, "two"));
  }

  @Test
  @DisplayName("ST-2 a key stands once; a second record of it changes nothing")
  void sameKey() {
    TokenRecord first = inserted(session("alice").label("first"));
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    for (String user : List.of("alice", "bob")) {
      for (TokenKind kind : TokenKind.values()) {
        TokenRecord second = TokenRecord.builder(kind, first.key(), "other", user, NOW).build();
        assertThatIllegalArgumentException()
            .as("a second record of one key")
            .isThrownBy(() -> store.insert(second, one, NOW));
      }
    }
    assertSame(found(first), first);
    assertThat(isThere(first)).isTrue();
    assertThat(store.list("bob", TokenKind.all(), NOW)).isEmpty();
  }

  @TestFactory
  @DisplayName("ST-7, SE-3 a millisecond before its end a record is live, at its end it is not")
  Stream<DynamicTest> expiry() {
    Instant end = NOW.plus(HOUR);
    Map<String, TokenRecord.Builder> records =
        Map.of(
            "idle", session("alice").idleExpiresAt(end),
            "absolute", session("alice").expiresAt(end),
            "idle before absolute", session("alice").idleExpiresAt(end).expiresAt(end.plus(HOUR)),
            "absolute before idle", session("alice").idleExpiresAt(end.plus(HOUR)).expiresAt(end));
    return records.entrySet().stream()
        .map(
            entry -> DynamicTest.dynamicTest(entry.getKey(), () -> expires(entry.getValue(), end)));
  }

  private void expires(TokenRecord.Builder builder, Instant end) {
    TokenRecord record = inserted(builder);
    CredentialStore users = CredentialStore.inMemory();
    Instant before = end.minusMillis(1);
    assertThat(isThere(record, before)).as("a millisecond before the end").isTrue();
    assertThat(store.find(record.kind(), record.key(), before, users)).isPresent();
    assertThat(store.touch(record.kind(), record.key(), before, null)).isTrue();
    assertThat(store.replace(record, record, before)).isTrue();

    assertThat(store.find(record.kind(), record.key(), end)).as("an expired record").isEmpty();
    assertThat(store.list(record.userId(), Set.of(record.kind()), end))
        .as("the list, with an expired record")
        .isEmpty();
    assertThat(store.find(record.kind(), record.key(), end, users))
        .as("an expired record, with its user")
        .isEmpty();
    assertThat(store.touch(record.kind(), record.key(), end, end.plus(HOUR)))
        .as("a use of an expired record")
        .isFalse();
    TokenRecord next = found(record, before);
    assertThat(store.replace(next, next.toBuilder().expiresAt(null).build(), end))
        .as("a replacement of an expired record")
        .isFalse();
    assertThat(isThere(record, end)).as("an expired record").isFalse();
  }

  @Test
  @DisplayName("ST-4 a record is found with its user: active, deactivated, or gone")
  void owned() {
    AccountStore users = CredentialStore.inMemory();
    users.insert(User.builder("1", "alice").epoch(4).build());
    users.insert(User.builder("2", "bob").active(false).build());
    for (String user : List.of("1", "2", "3")) {
      TokenRecord record = inserted(full(TokenKind.TOKEN, user));
      Owned owned = store.find(TokenKind.TOKEN, record.key(), NOW, users).orElseThrow();
      assertSame(owned.record(), record);
      assertThat(owned.user() == null).isEqualTo(user.equals("3"));
      if (owned.user() != null) {
        assertThat(owned.user().id()).isEqualTo(user);
        assertThat(owned.user().isActive()).isEqualTo(user.equals("1"));
        assertThat(owned.user().epoch()).isEqualTo(user.equals("1") ? 4 : 0);
      }
      assertThat(store.find(TokenKind.SESSION, record.key(), NOW, users)).isEmpty();
    }
  }

  @TestFactory
  @DisplayName("ST-1 a record of one kind is unknown under any other")
  Stream<DynamicTest> kinds() {
    return Stream.of(TokenKind.values())
        .flatMap(
            is ->
                Stream.of(TokenKind.values())
                    .filter(asked -> asked != is)
                    .map(
                        asked ->
                            DynamicTest.dynamicTest(
                                is + " as " + asked, () -> unknownAs(asked, is))));
  }

  private void unknownAs(TokenKind asked, TokenKind is) {
    TokenRecord record = inserted(full(is, "user of " + is + asked));
    String user = record.userId();
    TokenRecord posing =
        TokenRecord.builder(asked, record.key(), record.id(), user, NOW).label("posing").build();
    assertThat(store.find(asked, record.key(), NOW)).as("found as another kind").isEmpty();
    assertThat(store.find(asked, record.key(), NOW, CredentialStore.inMemory()))
        .as("found with its user as another kind")
        .isEmpty();
    assertThat(store.touch(asked, record.key(), NOW.plusMillis(99), NOW.plus(HOUR)))
        .as("used as another kind")
        .isFalse();
    assertThat(store.replace(posing, posing, NOW)).as("replaced as another kind").isFalse();
    assertThat(store.remove(asked, record.key())).as("removed as another kind").isFalse();
    assertThat(store.remove(user, Set.of(asked), record.id()))
        .as("removed by its id as another kind")
        .isFalse();
    assertThat(store.removeAll(user, Selection.of(Set.of(asked))))
        .as("removed among all of another kind")
        .isZero();
    assertThat(store.list(user, Set.of(asked), NOW)).as("listed as another kind").isEmpty();
    assertSame(found(record), record);
  }

  @Test
  @DisplayName("ST-2 a replacement of the version that was read is made, and raises it by one")
  void replace() {
    TokenRecord before = inserted(full(TokenKind.TOKEN, "alice"));
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
    assertSame(found(before), next.toBuilder().version(before.version() + 1).build());
  }

  @Test
  @DisplayName("ST-2, SE-3 a replacement does not undo a use that was noted after it was read")
  void replaceKeepsUse() {
    TokenRecord before = inserted(session("alice").idleExpiresAt(NOW.plus(HOUR)));
    Instant seen = NOW.plusMillis(7);
    store.touch(TokenKind.SESSION, before.key(), seen, seen.plus(HOUR));
    TokenRecord next = before.toBuilder().label("new").build();
    assertThat(store.replace(before, next, NOW)).isTrue();
    assertSame(
        found(before),
        next.toBuilder().lastSeenAt(seen).idleExpiresAt(seen.plus(HOUR)).version(1).build());
  }

  @Test
  @DisplayName("ST-1 the lowest number there is can be an epoch")
  void lowestEpoch() {
    TokenRecord before = inserted(session("alice"));
    TokenRecord next = before.toBuilder().epoch(Long.MIN_VALUE).build();
    assertThat(store.replace(before, next, NOW)).isTrue();
    assertThat(found(before).epoch()).isEqualTo(Long.MIN_VALUE);
  }

  @Test
  @DisplayName("ST-2 of an older version, or of what is gone, nothing is replaced")
  void staleReplacement() {
    TokenRecord old = inserted(session("alice"));
    assertThat(store.replace(old, old.toBuilder().label("1").build(), NOW)).isTrue();
    assertThat(store.replace(old, old.toBuilder().label("2").build(), NOW))
        .as("a replacement of an older version")
        .isFalse();
    assertThat(found(old).label()).isEqualTo("1");
    TokenRecord last = found(old);
    store.remove(TokenKind.SESSION, old.key());
    assertThat(store.replace(last, last, NOW)).as("a replacement of what is gone").isFalse();
    TokenRecord never = session("alice").build();
    assertThat(store.replace(never, never, NOW)).isFalse();
    assertThat(store.list("alice", TokenKind.all(), NOW)).isEmpty();
  }

  @Test
  @DisplayName("ST-2 a replacement keeps key, id, kind and user")
  void identity() {
    TokenRecord is = inserted(session("alice"));
    for (TokenRecord other :
        List.of(
            TokenRecord.builder(is.kind(), key("other"), is.id(), "alice", NOW).build(),
            TokenRecord.builder(is.kind(), is.key(), "other", "alice", NOW).build(),
            TokenRecord.builder(TokenKind.TOKEN, is.key(), is.id(), "alice", NOW).build(),
            TokenRecord.builder(is.kind(), is.key(), is.id(), "bob", NOW).build())) {
      assertThatIllegalArgumentException().isThrownBy(() -> store.replace(is, other, NOW));
    }
    assertSame(found(is), is);
    assertThat(store.find(TokenKind.SESSION, key("other"), NOW)).isEmpty();
    assertThat(store.list("bob", TokenKind.all(), NOW)).isEmpty();
  }
}

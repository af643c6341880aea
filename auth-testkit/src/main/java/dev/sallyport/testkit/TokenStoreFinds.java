package dev.sallyport.testkit;

import static dev.sallyport.testkit.TokenStoreFixture.HOUR;
import static dev.sallyport.testkit.TokenStoreFixture.NOW;
import static dev.sallyport.testkit.TokenStoreFixture.assertSame;
import static dev.sallyport.testkit.TokenStoreFixture.key;
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

/** Tests of {@link TokenStoreContract} for look-ups. */
@SuppressWarnings("doclint:missing") // display names say it
interface TokenStoreFinds {
  TokenStore store();

  @Test
  @DisplayName("ST-1 a record is found by its key, with all that it has")
  default void finds() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    for (TokenKind kind : TokenKind.values()) {
      TokenRecord bare = given.inserted(given.record(kind, "alice"));
      TokenRecord full = given.inserted(given.full(kind, "alice"));
      assertSame(given.found(bare), bare);
      assertSame(given.found(full), full);
    }
    assertThat(store.find(TokenKind.SESSION, key("nothing"), NOW)).isEmpty();
    for (TokenRecord listed : store.list("alice", TokenKind.all(), NOW)) {
      assertSame(listed, given.found(listed));
    }
  }

  @Test
  @DisplayName("ST-1 no scopes and no restriction are two things")
  default void scopes() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenRecord free = given.inserted(given.session("alice").scopes(null));
    TokenRecord none = given.inserted(given.session("alice").scopes(Set.of()));
    TokenRecord odd = given.inserted(given.session("alice").scopes(Set.of("a b", "a,b", "'", "")));
    assertThat(given.found(free).scopes()).isEmpty();
    assertThat(given.found(none).scopes()).contains(Set.of());
    assertThat(given.found(odd).scopes()).contains(Set.of("a b", "a,b", "'", ""));
  }

  @Test
  @DisplayName("ST-1 a client of 64 characters is kept, a longer one clipped between characters")
  default void client() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    String fox = "\uD83E\uDD8A";
    TokenRecord exact = given.inserted(given.session("alice").client(fox.repeat(32)));
    TokenRecord cut = given.inserted(given.session("alice").client("a" + fox.repeat(40)));
    assertThat(given.found(exact).client()).isEqualTo(fox.repeat(32));
    assertThat(given.found(cut).client()).isEqualTo("a" + fox.repeat(31));
  }

  @Test
  @DisplayName("ST-2 a key stands once; a second record of it changes nothing")
  default void sameKey() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    TokenRecord first = given.inserted(given.session("alice").label("first"));
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    for (String user : List.of("alice", "bob")) {
      for (TokenKind kind : TokenKind.values()) {
        TokenRecord second = TokenRecord.builder(kind, first.key(), "other", user, NOW).build();
        assertThatIllegalArgumentException()
            .as("a second record of one key")
            .isThrownBy(() -> store.insert(second, one, NOW));
      }
    }
    assertSame(given.found(first), first);
    assertThat(given.isThere(first)).isTrue();
    assertThat(store.list("bob", TokenKind.all(), NOW)).isEmpty();
  }

  @TestFactory
  @DisplayName("ST-7, SE-3 a millisecond before its end a record is live, at its end it is not")
  default Stream<DynamicTest> expiry() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    Instant end = NOW.plus(HOUR);
    Map<String, TokenRecord.Builder> records =
        Map.of(
            "idle", given.session("alice").idleExpiresAt(end),
            "absolute", given.session("alice").expiresAt(end),
            "idle before absolute",
                given.session("alice").idleExpiresAt(end).expiresAt(end.plus(HOUR)),
            "absolute before idle",
                given.session("alice").idleExpiresAt(end.plus(HOUR)).expiresAt(end));
    return records.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> expires(given, entry.getValue(), end)));
  }

  private static void expires(TokenStoreFixture given, TokenRecord.Builder builder, Instant end) {
    TokenStore store = given.store;
    TokenRecord record = given.inserted(builder);
    CredentialStore users = CredentialStore.inMemory();
    Instant before = end.minusMillis(1);
    assertThat(given.isThere(record, before)).as("a millisecond before the end").isTrue();
    assertThat(store.find(record.kind(), record.key(), before, users)).isPresent();
    assertThat(store.touch(record, before, null)).isTrue();
    assertThat(store.replace(record, record, before)).isTrue();

    assertThat(store.find(record.kind(), record.key(), end)).as("an expired record").isEmpty();
    assertThat(store.list(record.userId(), Set.of(record.kind()), end))
        .as("the list, with an expired record")
        .isEmpty();
    assertThat(store.find(record.kind(), record.key(), end, users))
        .as("an expired record, with its user")
        .isEmpty();
    assertThat(store.touch(record, end, end.plus(HOUR))).as("a use of an expired record").isFalse();
    TokenRecord next = given.found(record, before);
    assertThat(store.replace(next, next.toBuilder().expiresAt(null).build(), end))
        .as("a replacement of an expired record")
        .isFalse();
    assertThat(given.isThere(record, end)).as("an expired record").isFalse();
  }

  @Test
  @DisplayName("ST-4 a record is found with its user: active, deactivated, or gone")
  default void owned() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    TokenStore store = given.store;
    AccountStore users = CredentialStore.inMemory();
    users.insert(User.builder("1", "alice").epoch(4).build());
    users.insert(User.builder("2", "bob").active(false).build());
    for (String user : List.of("1", "2", "3")) {
      TokenRecord record = given.inserted(given.full(TokenKind.TOKEN, user));
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
  default Stream<DynamicTest> kinds() {
    TokenStoreFixture given = new TokenStoreFixture(store());
    return Stream.of(TokenKind.values())
        .flatMap(
            is ->
                Stream.of(TokenKind.values())
                    .filter(asked -> asked != is)
                    .map(
                        asked ->
                            DynamicTest.dynamicTest(
                                is + " as " + asked, () -> unknownAs(given, asked, is))));
  }

  private static void unknownAs(TokenStoreFixture given, TokenKind asked, TokenKind is) {
    TokenStore store = given.store;
    TokenRecord record = given.inserted(given.full(is, "user of " + is + asked));
    String user = record.userId();
    TokenRecord posing =
        TokenRecord.builder(asked, record.key(), record.id(), user, NOW).label("posing").build();
    assertThat(store.find(asked, record.key(), NOW)).as("found as another kind").isEmpty();
    assertThat(store.find(asked, record.key(), NOW, CredentialStore.inMemory()))
        .as("found with its user as another kind")
        .isEmpty();
    assertThat(store.touch(posing, NOW.plusMillis(99), NOW.plus(HOUR)))
        .as("used as another kind")
        .isFalse();
    assertThat(store.replace(posing, posing, NOW)).as("replaced as another kind").isFalse();
    assertThat(store.remove(posing, NOW)).as("removed as another kind").isFalse();
    assertThat(store.remove(user, Set.of(asked), record.id(), NOW))
        .as("removed by its id as another kind")
        .isFalse();
    assertThat(store.removeAll(user, Selection.of(Set.of(asked)), NOW))
        .as("removed among all of another kind")
        .isZero();
    assertThat(store.list(user, Set.of(asked), NOW)).as("listed as another kind").isEmpty();
    assertSame(given.found(record), record);
  }
}

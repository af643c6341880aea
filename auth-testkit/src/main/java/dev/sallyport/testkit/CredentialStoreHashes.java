package dev.sallyport.testkit;

import static dev.sallyport.testkit.UserFixture.THREADS;
import static dev.sallyport.testkit.UserFixture.assertSame;
import static dev.sallyport.testkit.UserFixture.read;
import static dev.sallyport.testkit.UserFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Tests of {@link CredentialStoreContract} for replaced hashes. */
@SuppressWarnings("doclint:missing") // display names say it
interface CredentialStoreHashes {
  CredentialStore store(List<User> users);

  String id(int number);

  User asKept(User user);

  boolean replacesHashes();

  private void assertFound(CredentialStore store, User user) {
    UserFixture.assertFound(store, user, asKept(user));
  }

  @Test
  @DisplayName("PW-3, AC-2 a hash is replaced if it is the expected one, and nothing else changes")
  default void replaceHash() {
    User alice =
        user(id(1), "Alice").toBuilder()
            .roles(Set.of("reader"))
            .passwordHash("Hash")
            .epoch(4)
            .revocationEpoch(2)
            .build();
    User bob = user(id(2), "bob").toBuilder().passwordHash("Hash").build();
    CredentialStore store = store(List.of(alice, bob));
    User before = read(store, id(1));
    for (String other : List.of("", "hash", "HASH", "Hash ", "Has", "%", "hash of " + id(1))) {
      assertThat(store.replaceHash(id(1), other, "new"))
          .as("a replacement of '%s', where 'Hash' stands", other)
          .isFalse();
    }
    assertThat(store.replaceHash(id(3), "Hash", "new")).as("of an unknown user's").isFalse();
    assertFound(store, alice);
    assertThat(store.replaceHash(id(1), "Hash", "new"))
        .as("a replacement of the expected hash, by a store that says replacesHashes()")
        .isEqualTo(replacesHashes());
    if (!replacesHashes()) {
      assertFound(store, alice);
      return;
    }
    assertThat(before.passwordHash()).as("what was read before").contains("Hash");
    User after = read(store, id(1));
    User expected = asKept(alice).toBuilder().passwordHash("new").version(after.version()).build();
    assertSame(after, expected);
    assertSame(store.findByName("Alice").orElseThrow(), expected);
    assertFound(store, bob);
    assertThat(store.replaceHash(id(1), "Hash", "newer"))
        .as("a replacement of a hash that was replaced before")
        .isFalse();
    assertSame(read(store, id(1)), expected);
  }

  @Test
  @DisplayName("PW-3 a user without a password gets none by a replacement")
  default void replaceNoHash() {
    CredentialStore store = store(List.of(User.builder(id(1), "alice").build()));
    for (String expected : List.of("", "null", "x")) {
      assertThat(store.replaceHash(id(1), expected, "new"))
          .as("a replacement of '%s', where there is no hash", expected)
          .isFalse();
    }
    assertThat(read(store, id(1)).passwordHash()).as("the hash that nobody set").isEmpty();
  }

  @RepeatedTest(20)
  @DisplayName("PW-3, ST-2 of 50 replacements of one hash exactly one is made")
  default void replaceHashRace() {
    String hash = "hash of " + id(1);
    CredentialStore store = store(List.of(user(id(1), "alice")));
    List<Boolean> replaced = Race.of(THREADS, i -> store.replaceHash(id(1), hash, "new " + i));
    if (!replacesHashes()) {
      assertThat(replaced).as("which replacements were made").containsOnly(false);
      return;
    }
    assertThat(replaced).as("which replacements of one hash were made").containsOnlyOnce(true);
    assertThat(read(store, id(1)).passwordHash()).contains("new " + replaced.indexOf(true));
  }
}

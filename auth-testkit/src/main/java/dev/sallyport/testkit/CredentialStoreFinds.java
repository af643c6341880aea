package dev.sallyport.testkit;

import static dev.sallyport.testkit.UserFixture.read;
import static dev.sallyport.testkit.UserFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link CredentialStoreContract} for look-ups. */
@SuppressWarnings("doclint:missing") // display names say it
interface CredentialStoreFinds {
  CredentialStore store(List<User> users);

  String id(int number);

  User asKept(User user);

  boolean replacesHashes();

  boolean keeps(String id);

  private void assertFound(CredentialStore store, User user) {
    UserFixture.assertFound(store, user, asKept(user));
  }

  @Test
  @DisplayName("ST-1 a user is found by id and by name, with all that they have")
  default void finds() {
    User bare = User.builder(id(1), "Alice").build();
    User full =
        user(id(2), "J\u00FCrgen 100% 'quoted' \uD83E\uDD8A").toBuilder()
            .roles(Set.of("reader", "writer"))
            .epoch(7)
            .revocationEpoch(5)
            .version(3)
            .build();
    CredentialStore store = store(List.of(bare, full));
    assertFound(store, bare);
    assertFound(store, full);
    assertThat(store.findById(id(3))).as("a user of an unknown id").isEmpty();
    assertThat(store.findByName("carol")).as("a user of an unknown name").isEmpty();
  }

  @Test
  @DisplayName("ST-1 a deactivated user is found, and is not active")
  default void deactivated() {
    User bob = user(id(1), "bob").toBuilder().active(false).build();
    User alice = user(id(2), "alice");
    CredentialStore store = store(List.of(bob, alice));
    assertFound(store, bob);
    assertFound(store, alice);
  }

  @Test
  @DisplayName("ST-1 no password is no password, and no empty one")
  default void noPassword() {
    User user = User.builder(id(1), "alice").build();
    assertThat(read(store(List.of(user)), id(1)).passwordHash())
        .as("the hash of a user without a password")
        .isEmpty();
  }

  @Test
  @DisplayName("ST-1 roles are kept apart and exactly, however odd")
  default void oddRoles() {
    Set<String> odd =
        Set.of("", " ", "a b", "a,b", "a;b", "a\nb", "'", "\"", "[]", "admin", "Admin", "\u00E4");
    User user = user(id(1), "alice").toBuilder().roles(odd).build();
    User none = user(id(2), "bob");
    CredentialStore store = store(List.of(user, none));
    assertFound(store, user);
    assertFound(store, none);
  }

  @Test
  @DisplayName("ST-1, AC-2 epochs and versions of any size are kept")
  default void epochs() {
    User old =
        user(id(1), "alice").toBuilder()
            .epoch(Long.MAX_VALUE)
            .revocationEpoch(Long.MAX_VALUE - 1)
            .version(1L << 40)
            .build();
    assertFound(store(List.of(old)), old);
  }

  @Test
  @DisplayName("ST-1 the longest name and a long hash are kept")
  default void longest() {
    String name = "\uD83E\uDD8A".repeat(149);
    String hash = "$argon2id$v=19$m=19456,t=2,p=1$" + "a/+Z".repeat(50);
    User user = user(id(1), name + "x").toBuilder().passwordHash(hash).build();
    CredentialStore store = store(List.of(user));
    assertFound(store, user);
    assertThat(store.findByName(name)).as("a name that is shorter by one character").isEmpty();
    assertThat(store.findByName(name + "xy")).as("a name that is longer than any").isEmpty();
  }

  @Test
  @DisplayName("ST-1 hostile names that are valid are names like others")
  default void hostileNames() {
    List<String> names = HostileTexts.ALL.stream().filter(Username::isValid).toList();
    List<User> users =
        IntStream.range(0, names.size()).mapToObj(i -> user(id(i + 1), names.get(i))).toList();
    CredentialStore store = store(users);
    users.forEach(user -> assertFound(store, user));
  }

  @Test
  @DisplayName("ST-1 hostile ids that the store keeps are ids like others")
  default void hostileIds() {
    List<User> users = new ArrayList<>();
    for (String id : HostileTexts.ALL) {
      if (!id.isEmpty() && keeps(id)) {
        users.add(user(id, "user " + users.size()));
      }
    }
    CredentialStore store = store(users);
    users.forEach(user -> assertFound(store, user));
    for (User user : replacesHashes() ? users : List.<User>of()) {
      assertThat(store.replaceHash(user.id(), "hash of " + user.id(), "new '%"))
          .as("a replacement of the hash of the user of id %s", user.id())
          .isTrue();
      assertThat(read(store, user.id()).passwordHash()).contains("new '%");
    }
  }
}

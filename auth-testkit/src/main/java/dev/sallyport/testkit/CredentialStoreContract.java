package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/**
 * What every {@link CredentialStore} promises, as tests to extend. A host with a user table of its
 * own says how users get into it.
 *
 * <pre>{@code
 * class MyUsersTest extends CredentialStoreContract {
 *   protected CredentialStore store(List<User> users) {
 *     MyTable table = new MyTable(emptyDatabase());
 *     users.forEach(table::add);
 *     return new MyUsers(table);
 *   }
 * }
 * }</pre>
 */
public abstract class CredentialStoreContract extends CredentialStoreNames {
  /** For subclasses. */
  protected CredentialStoreContract() {}

  /**
   * A new store that holds these users and no others. It is called once for each test.
   *
   * @param users who is to be found; no two have the same id or the same name
   * @return the store
   */
  @Override
  protected abstract CredentialStore store(List<User> users);

  /**
   * The id of a user.
   *
   * @param number which of the users, from 1
   * @return an id that the store can keep, for each number another; a table whose ids are numbers
   *     gives the number
   */
  @Override
  protected String id(int number) {
    return "id-" + number;
  }

  /**
   * Whether the store can keep a user with such an id.
   *
   * @param id an id that nobody in their right mind gives out
   * @return false if it can't, so that no test puts such a user in; whoever asks for such an id
   *     must be told that there is none all the same
   */
  @Override
  protected boolean keeps(String id) {
    return true;
  }

  /**
   * What the store gives back of a user who was put in. By default all; a table without a column
   * for something says here what stands in its place.
   *
   * @param user the user as they were put in
   * @return the user as they are to be found, with the same id and name
   */
  protected User asKept(User user) {
    return user;
  }

  /**
   * Whether the store does {@link CredentialStore#replaceHash}.
   *
   * @return false for a store that always answers false
   */
  protected boolean replacesHashes() {
    return true;
  }

  static User user(String id, String name) {
    return User.builder(id, name).passwordHash("hash of " + id).build();
  }

  private void assertFound(CredentialStore store, User user) {
    assertSame(read(store, user.id()), asKept(user));
    assertThat(store.findByName(user.name()))
        .as("the user named %s, asked for by that name", user.name())
        .hasValueSatisfying(found -> assertSame(found, asKept(user)));
  }

  @Test
  @DisplayName("ST-1 a user is found by id and by name, with all that they have")
  void finds() {
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
  void deactivated() {
    User bob = user(id(1), "bob").toBuilder().active(false).build();
    User alice = user(id(2), "alice");
    CredentialStore store = store(List.of(bob, alice));
    assertFound(store, bob);
    assertFound(store, alice);
  }

  @Test
  @DisplayName("ST-1 no password is no password, and no empty one")
  void noPassword() {
    User user = User.builder(id(1), "alice").build();
    assertThat(read(store(List.of(user)), id(1)).passwordHash())
        .as("the hash of a user without a password")
        .isEmpty();
  }

  @Test
  @DisplayName("ST-1 roles are kept apart and exactly, however odd")
  void oddRoles() {
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
  void epochs() {
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
  void longest() {
    String name = "\uD83E\uDD8A".repeat(149);
    String hash = "$argon2id$v=19$m=19456,t=2,p=1$" + "a/+Z".repeat(50);
    User user = user(id(1), name + "x").toBuilder().passwordHash(hash).build();
    CredentialStore store = store(List.of(user));
    assertFound(store, user);
    assertThat(store.findByName(name)).as("a name that is shorter by one character").isEmpty();
    assertThat(store.findByName(name + "xy")).as("a name that is longer than any").isEmpty();
  }

  @Test
  @DisplayName("PW-3, AC-2 a hash is replaced if it is the expected one, and nothing else changes")
  void replaceHash() {
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
  void replaceNoHash() {
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
  void replaceHashRace() {
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

  @Test
  @DisplayName("ST-1 hostile names that are valid are names like others")
  void hostileNames() {
    List<String> names = HostileTexts.ALL.stream().filter(Username::isValid).toList();
    List<User> users =
        IntStream.range(0, names.size()).mapToObj(i -> user(id(i + 1), names.get(i))).toList();
    CredentialStore store = store(users);
    users.forEach(user -> assertFound(store, user));
  }

  @Test
  @DisplayName("ST-1 hostile ids that the store keeps are ids like others")
  void hostileIds() {
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

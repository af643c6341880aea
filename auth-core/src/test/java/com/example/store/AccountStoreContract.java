package com.example.store;

import static dev.sallyport.store.AccountStore.Change.DONE;
import static dev.sallyport.store.AccountStore.Change.NAME_TAKEN;
import static dev.sallyport.store.AccountStore.Change.STALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link AccountStore} promises. */
abstract class AccountStoreContract {
  private static final int THREADS = 50;

  /** An empty store. */
  abstract AccountStore store();

  private final AccountStore store = store();

  private static User user(String id, String name) {
    return User.builder(id, name).passwordHash("hash of " + id).build();
  }

  private User read(String id) {
    return store.findById(id).orElseThrow();
  }

  @Test
  @DisplayName("ST-1: a user is found by id, and by name in any spelling, with all that they have")
  void finds() {
    User alice =
        User.builder("1", "Alice").roles(Set.of("admin")).passwordHash("h").epoch(7).build();
    assertThat(store.insert(alice)).isEqualTo(DONE);
    for (User found :
        List.of(
            read("1"),
            store.findByName("Alice").orElseThrow(),
            store.findByName("aLICE").orElseThrow(),
            store.findByName("\uFF21lice").orElseThrow())) {
      assertThat(found.id()).isEqualTo("1");
      assertThat(found.name()).isEqualTo("Alice");
      assertThat(found.principal().roles()).containsExactly("admin");
      assertThat(found.passwordHash()).contains("h");
      assertThat(found.isActive()).isTrue();
      assertThat(found.epoch()).isEqualTo(7);
    }
  }

  @Test
  @DisplayName("ST-1: who is unknown is empty; names are not trimmed and ids not folded")
  void unknown() {
    store.insert(user("a", "alice"));
    assertThat(store.findById("A")).isEmpty();
    assertThat(store.findById("alice")).isEmpty();
    assertThat(store.findByName("a")).isEmpty();
    assertThat(store.findByName("alice ")).isEmpty();
    assertThat(store.findByName(" alice")).isEmpty();
    assertThat(store.findByName("")).isEmpty();
  }

  @Test
  @DisplayName("ST-1: a deactivated user is found all the same")
  void deactivated() {
    store.insert(user("1", "alice").toBuilder().active(false).build());
    assertThat(read("1").isActive()).isFalse();
    assertThat(store.findByName("alice").orElseThrow().isActive()).isFalse();
  }

  @Test
  @DisplayName("AC-3: a name is taken in another spelling too, and the first stands")
  void nameTaken() {
    store.insert(user("1", "stra\u00DFe"));
    assertThat(store.insert(user("2", "STRASSE"))).isEqualTo(NAME_TAKEN);
    assertThat(store.findById("2")).isEmpty();
    assertThat(store.findByName("strasse").orElseThrow().id()).isEqualTo("1");
  }

  @Test
  @DisplayName("ST-1: an id stands once; a second user of it is the caller's fault")
  void idTaken() {
    store.insert(user("1", "alice"));
    assertThatThrownBy(() -> store.insert(user("1", "bob")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1");
    assertThat(store.findByName("bob")).isEmpty();
    assertThat(read("1").name()).isEqualTo("alice");
  }

  @RepeatedTest(20)
  @DisplayName("AC-3, ST-2: 50 threads insert one name in many spellings, and one wins")
  void insertRace() {
    String[] spellings = {"alice", "Alice", "ALICE", "\uFF41lice"};
    List<Change> changes =
        Race.of(THREADS, i -> store.insert(user("id" + i, spellings[i % spellings.length])));
    assertThat(changes).containsOnlyOnce(DONE);
    assertThat(Collections.frequency(changes, NAME_TAKEN)).isEqualTo(THREADS - 1);
    int winner = changes.indexOf(DONE);
    assertThat(store.findByName("alice").orElseThrow().id()).isEqualTo("id" + winner);
    for (int i = 0; i < THREADS; i++) {
      assertThat(store.findById("id" + i).isPresent()).isEqualTo(i == winner);
    }
  }

  @Test
  @DisplayName(
      "ST-2: an update of the snapshot that was read is made, and raises the version by one")
  void update() {
    store.insert(user("1", "alice"));
    User before = read("1");
    User next = before.toBuilder().epoch(3).active(false).version(99).build();
    assertThat(store.update(before, next)).isEqualTo(DONE);
    assertThat(read("1").epoch()).isEqualTo(3);
    assertThat(read("1").isActive()).isFalse();
    assertThat(read("1").version()).isEqualTo(before.version() + 1);
    assertThat(store.findByName("alice").orElseThrow().epoch()).isEqualTo(3);
  }

  @Test
  @DisplayName("ST-2: an update of an older snapshot, or of a user who is gone, changes nothing")
  void staleUpdate() {
    store.insert(user("1", "alice"));
    User old = read("1");
    store.update(old, old.toBuilder().epoch(1).build());
    assertThat(store.update(old, old.toBuilder().epoch(9).build())).isEqualTo(STALE);
    assertThat(read("1").epoch()).isEqualTo(1);
    User nobody = user("2", "nobody");
    assertThat(store.update(nobody, nobody)).isEqualTo(STALE);
    assertThat(store.findById("2")).isEmpty();
    assertThat(store.findByName("nobody")).isEmpty();
  }

  @Test
  @DisplayName("ST-2: an update can't make another user of one")
  void updateOfAnotherId() {
    store.insert(user("1", "alice"));
    assertThatThrownBy(() -> store.update(read("1"), user("2", "alice")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.findById("2")).isEmpty();
  }

  @RepeatedTest(20)
  @DisplayName("ST-2: of 50 updates of one snapshot one is made, and the rest are told")
  void updateRace() {
    store.insert(user("1", "alice"));
    User before = read("1");
    List<Change> changes =
        Race.of(THREADS, i -> store.update(before, before.toBuilder().epoch(i + 1).build()));
    assertThat(changes).containsOnlyOnce(DONE);
    assertThat(Collections.frequency(changes, STALE)).isEqualTo(THREADS - 1);
    assertThat(read("1").epoch()).isEqualTo(changes.indexOf(DONE) + 1);
    assertThat(read("1").version()).isEqualTo(before.version() + 1);
  }

  @Test
  @DisplayName("AC-3: a new name frees the old one and takes the new one")
  void rename() {
    store.insert(user("1", "alice"));
    store.insert(user("2", "bob"));
    User alice = read("1");
    User renamed = User.builder("1", "Carol").build();
    assertThat(store.update(alice, User.builder("1", "BOB").build())).isEqualTo(NAME_TAKEN);
    assertThat(store.findByName("alice").orElseThrow().id()).isEqualTo("1");
    assertThat(store.findByName("bob").orElseThrow().id()).isEqualTo("2");
    assertThat(read("1").version()).isEqualTo(alice.version());

    assertThat(store.update(alice, renamed)).isEqualTo(DONE);
    assertThat(store.findByName("alice")).isEmpty();
    assertThat(store.findByName("carol").orElseThrow().id()).isEqualTo("1");
    assertThat(store.insert(user("3", "carol"))).isEqualTo(NAME_TAKEN);
    assertThat(store.insert(user("3", "alice"))).isEqualTo(DONE);
  }

  @Test
  @DisplayName("AC-3: a user can take another spelling of their own name")
  void respell() {
    store.insert(user("1", "alice"));
    assertThat(store.update(read("1"), User.builder("1", "ALICE").build())).isEqualTo(DONE);
    assertThat(store.findByName("alice").orElseThrow().name()).isEqualTo("ALICE");
  }

  @RepeatedTest(20)
  @DisplayName("AC-3, ST-2: of 50 users who take one name at once one gets it")
  void renameRace() {
    for (int i = 0; i < THREADS; i++) {
      store.insert(user("id" + i, "user" + i));
    }
    List<Change> changes =
        Race.of(THREADS, i -> store.update(read("id" + i), User.builder("id" + i, "star").build()));
    assertThat(changes).containsOnlyOnce(DONE);
    assertThat(Collections.frequency(changes, NAME_TAKEN)).isEqualTo(THREADS - 1);
    int winner = changes.indexOf(DONE);
    assertThat(store.findByName("star").orElseThrow().id()).isEqualTo("id" + winner);
    assertThat(store.findByName("user" + winner)).isEmpty();
  }

  @Test
  @DisplayName("AC-1, ST-2: the user that was read is removed, and the name is free again")
  void delete() {
    store.insert(user("1", "Alice"));
    store.insert(user("2", "bob"));
    User alice = read("1");
    assertThat(store.delete(alice)).isEqualTo(DONE);
    assertThat(store.findById("1")).isEmpty();
    assertThat(store.findByName("alice")).isEmpty();
    assertThat(read("2").name()).isEqualTo("bob");
    assertThat(store.delete(alice)).isEqualTo(STALE);
    assertThat(store.update(alice, alice)).isEqualTo(STALE);
    assertThat(store.replaceHash("1", "hash of 1", "new")).isFalse();
    assertThat(store.insert(user("3", "ALICE"))).isEqualTo(DONE);
    assertThat(store.findByName("alice").orElseThrow().id()).isEqualTo("3");
  }

  @Test
  @DisplayName("AC-1, ST-2: a user who has changed since they were read is not removed")
  void staleDelete() {
    store.insert(user("1", "alice"));
    User old = read("1");
    store.update(old, User.builder("1", "carol").build());
    assertThat(store.delete(old)).isEqualTo(STALE);
    assertThat(store.findByName("carol").orElseThrow().id()).isEqualTo("1");
    assertThat(store.delete(user("9", "carol"))).isEqualTo(STALE);
    assertThat(store.delete(read("1"))).isEqualTo(DONE);
    assertThat(store.findByName("carol")).isEmpty();
    assertThat(store.insert(user("1", "alice"))).isEqualTo(DONE);
  }

  @RepeatedTest(20)
  @DisplayName("AC-1, ST-2: of 50 changes and removals of one snapshot one is made")
  void deleteRace() {
    store.insert(user("1", "alice"));
    User before = read("1");
    List<Change> changes =
        Race.of(
            THREADS,
            i -> i % 2 == 0 ? store.delete(before) : store.update(before, user("1", "name" + i)));
    assertThat(changes).containsOnlyOnce(DONE);
    assertThat(Collections.frequency(changes, STALE)).isEqualTo(THREADS - 1);
    int winner = changes.indexOf(DONE);
    assertThat(store.findById("1").isPresent()).isEqualTo(winner % 2 == 1);
    assertThat(store.findByName("alice")).isEmpty();
    assertThat(store.findByName("name" + winner).isPresent()).isEqualTo(winner % 2 == 1);
  }

  @Test
  @DisplayName("PW-3, AC-2: a hash is replaced if it is the expected one; the epoch stays")
  void replaceHash() {
    store.insert(user("1", "alice").toBuilder().epoch(4).build());
    User before = read("1");
    assertThat(store.replaceHash("1", "another", "new")).isFalse();
    assertThat(store.replaceHash("2", "hash of 1", "new")).isFalse();
    assertThat(read("1").passwordHash()).contains("hash of 1");
    assertThat(store.replaceHash("1", "hash of 1", "new")).isTrue();
    assertThat(read("1").passwordHash()).contains("new");
    assertThat(store.findByName("alice").orElseThrow().passwordHash()).contains("new");
    assertThat(read("1").epoch()).isEqualTo(4);
    assertThat(read("1").version()).isEqualTo(before.version() + 1);
    assertThat(store.update(before, before)).as("an update by the older snapshot").isEqualTo(STALE);
  }

  @Test
  @DisplayName("PW-3: a user without a usable password gets none by replacing")
  void replaceNoHash() {
    store.insert(User.builder("1", "alice").build());
    assertThat(store.replaceHash("1", "", "new")).isFalse();
    assertThat(read("1").passwordHash()).isEmpty();
  }

  @RepeatedTest(20)
  @DisplayName("PW-3, ST-2: of 50 replacements of one hash one is made")
  void replaceHashRace() {
    store.insert(user("1", "alice"));
    List<Boolean> replaced = Race.of(THREADS, i -> store.replaceHash("1", "hash of 1", "new " + i));
    assertThat(replaced).containsOnlyOnce(true);
    assertThat(read("1").passwordHash()).contains("new " + replaced.indexOf(true));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'; DROP TABLE users; --",
        "%",
        "_",
        "*",
        "\\",
        "a\"b",
        "a\r\nb",
        "a\0b",
        "a:b",
        "$2a$12$",
        "../../etc/passwd",
        "{}",
        "\uFDFA",
        "\uD83E\uDD8A",
        "\u202Eevil"
      })
  @DisplayName("ST-1, row 104: hostile ids and names are data")
  void hostile(String text) {
    assertThat(store.findByName(text)).isEmpty();
    assertThat(store.findById(text)).isEmpty();
    store.insert(user("1", "alice"));
    assertThat(store.insert(user(text, text))).isEqualTo(DONE);
    assertThat(store.findById(text).orElseThrow().name()).isEqualTo(text);
    assertThat(store.findByName(text).orElseThrow().id()).isEqualTo(text);
    assertThat(store.findByName("alice").orElseThrow().id()).isEqualTo("1");
    assertThat(store.replaceHash(text, "hash of " + text, text)).isTrue();
    assertThat(store.findById(text).orElseThrow().passwordHash()).contains(text);
  }

  @Test
  @DisplayName(
      "ST-1, row 104: a name of 10,000 characters, or with a lone surrogate, is just unknown")
  void absurd() {
    assertThat(store.findByName("x".repeat(10_000))).isEmpty();
    assertThat(store.findByName("\uD800")).isEmpty();
    assertThat(store.findById("\uDC00")).isEmpty();
  }
}

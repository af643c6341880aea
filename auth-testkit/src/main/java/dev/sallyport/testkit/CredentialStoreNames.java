package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What {@link CredentialStoreContract} asks of names and ids: which are the same, which not. */
abstract class CredentialStoreNames {
  static final int THREADS = 50;

  /** How a name was given, and how it is asked for. */
  private static final List<List<String>> SPELLINGS =
      List.of(
          List.of("Alice", "alice", "ALICE", "aLICE", "\uFF21lice", "\u24B6lice"),
          List.of("stra\u00DFe", "STRASSE", "Strasse", "STRA\u1E9EE"),
          List.of("Jos\u00E9", "jose\u0301", "JOS\u00C9", "JOSE\u0301"),
          List.of("\uFB01sh", "fish", "FISH"),
          List.of("\u03A3\u03AF\u03C2", "\u03C3\u03AF\u03C3", "\u03A3\u038A\u03A3"),
          List.of("\u212Aelvin", "kelvin", "KELVIN"));

  /** Names that look like alice's, in the eyes of some database or other. */
  private static final List<String> NOT_ALICE =
      List.of(
          "alice ",
          " alice",
          "alice\t",
          "alice\0",
          "alice\u00A0",
          "alic",
          "alicee",
          "\u00E1lice",
          "alice\u0301",
          "al\u0131ce",
          "alic\u0435",
          "ali\u200Bce",
          "ali\u00ADce",
          "ali%",
          "_lice",
          "al*",
          "'alice'",
          "alice'--",
          "(?i)alice");

  /** Java can hold half a character; what drivers make of it differs, {@code ?} for one. */
  private static final List<String> HALVES = List.of("\uD83E", "\uDD8A", "a\uD83Eb");

  abstract CredentialStore store(List<User> users);

  abstract String id(int number);

  abstract boolean keeps(String id);

  static User read(CredentialStore store, String id) {
    return store
        .findById(id)
        .orElseThrow(() -> new AssertionError("There is no user of id " + id + ", but should be"));
  }

  /** Users have no equals of their own: each part is compared. */
  static void assertSame(User actual, User expected) {
    String whose = " of the user of id " + expected.id();
    assertThat(actual.id()).as("the id that was found").isEqualTo(expected.id());
    assertThat(actual.name()).as("the name" + whose).isEqualTo(expected.name());
    assertThat(actual.principal().roles())
        .as("the roles" + whose)
        .isEqualTo(expected.principal().roles());
    assertThat(actual.passwordHash()).as("the hash" + whose).isEqualTo(expected.passwordHash());
    assertThat(actual.isActive()).as("the state" + whose).isEqualTo(expected.isActive());
    assertThat(actual.epoch()).as("the epoch" + whose).isEqualTo(expected.epoch());
    assertThat(actual.revocationEpoch())
        .as("the revocation epoch" + whose)
        .isEqualTo(expected.revocationEpoch());
    assertThat(actual.version()).as("the version" + whose).isEqualTo(expected.version());
  }

  private CredentialStore withNames(List<String> names) {
    return store(
        names.stream()
            .map(name -> User.builder(id(names.indexOf(name) + 1), name).passwordHash("h").build())
            .toList());
  }

  @TestFactory
  @DisplayName("AC-3, ST-1 a name is found in each spelling that has the same key")
  Stream<DynamicTest> spellings() {
    CredentialStore store = withNames(SPELLINGS.stream().map(names -> names.get(0)).toList());
    return SPELLINGS.stream()
        .flatMap(names -> names.stream().map(asked -> spelling(store, names.get(0), asked)));
  }

  private static DynamicTest spelling(CredentialStore store, String name, String asked) {
    return DynamicTest.dynamicTest(
        name + " as " + asked,
        () ->
            assertThat(store.findByName(asked).map(User::name))
                .as("the user %s, asked for as %s", name, asked)
                .contains(name));
  }

  @TestFactory
  @DisplayName("AC-3, ST-1 a name of another key is unknown: none is trimmed, no accent dropped")
  Stream<DynamicTest> otherNames() {
    CredentialStore store = withNames(List.of("Alice"));
    return NOT_ALICE.stream()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    NOT_ALICE.indexOf(asked) + " " + asked,
                    () ->
                        assertThat(store.findByName(asked).map(User::name))
                            .as("who has the name '%s', where there is but Alice", asked)
                            .isEmpty()));
  }

  @TestFactory
  @DisplayName("ST-1 an id is compared exactly, and is no name")
  Stream<DynamicTest> otherIds() {
    String id = id(1);
    CredentialStore store = withNames(List.of("Alice"));
    return Stream.of(
            id + " ",
            " " + id,
            id + "\0",
            "0" + id,
            "+" + id,
            "-" + id,
            id + ".0",
            id + "0",
            id + "'--",
            "%",
            "Alice",
            id.toUpperCase(Locale.ROOT),
            id.toLowerCase(Locale.ROOT))
        .filter(asked -> !asked.equals(id))
        .distinct()
        .map(
            asked ->
                DynamicTest.dynamicTest(
                    "'" + asked + "'",
                    () ->
                        assertThat(store.findById(asked).map(User::id))
                            .as("who has the id '%s', where there is but '%s'", asked, id)
                            .isEmpty()));
  }

  @TestFactory
  @DisplayName("ST-1 hostile names and ids that nobody has are unknown, and are no error")
  Stream<DynamicTest> hostileStrangers() {
    List<String> names = List.of("Alice", "?", "ab", "x");
    CredentialStore store = withNames(names);
    List<String> hostile = Stream.concat(HostileTexts.ALL.stream(), HALVES.stream()).toList();
    return hostile.stream()
        .map(
            text ->
                DynamicTest.dynamicTest(
                    "text " + hostile.indexOf(text),
                    () -> {
                      if (!names.contains(Username.key(text))) {
                        assertThat(store.findByName(text).map(User::name))
                            .as("who has a hostile name that nobody has")
                            .isEmpty();
                      }
                      assertThat(store.findById(text).map(User::id))
                          .as("who has a hostile id that nobody has")
                          .isEmpty();
                      assertThat(store.replaceHash(text, "h", "new"))
                          .as("a replacement of the hash of nobody")
                          .isFalse();
                      assertThat(names)
                          .allSatisfy(
                              name ->
                                  assertThat(
                                          read(store, id(names.indexOf(name) + 1)).passwordHash())
                                      .as("the hash of %s", name)
                                      .contains("h"));
                    }));
  }
}

package dev.sallyport.testkit;

import static dev.sallyport.testkit.NameTexts.HALVES;
import static dev.sallyport.testkit.NameTexts.NOT_ALICE;
import static dev.sallyport.testkit.NameTexts.SPELLINGS;
import static dev.sallyport.testkit.UserFixture.read;
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

/** Tests of {@link CredentialStoreContract} for names and ids: which are equal, which are not. */
@SuppressWarnings("doclint:missing") // display names say it
interface CredentialStoreNames {
  CredentialStore store(List<User> users);

  String id(int number);

  private CredentialStore withNames(List<String> names) {
    return store(
        names.stream()
            .map(name -> User.builder(id(names.indexOf(name) + 1), name).passwordHash("h").build())
            .toList());
  }

  @TestFactory
  @DisplayName("AC-3, ST-1 a name is found in each spelling that has the same key")
  default Stream<DynamicTest> spellings() {
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
  default Stream<DynamicTest> otherNames() {
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
  default Stream<DynamicTest> otherIds() {
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
  default Stream<DynamicTest> hostileStrangers() {
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

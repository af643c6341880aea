package dev.sallyport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;

/** Users for the tests, and how they are compared. */
final class UserFixture {
  static final int THREADS = 50;

  private UserFixture() {}

  static User user(String id, String name) {
    return User.builder(id, name).passwordHash("hash of " + id).build();
  }

  static User read(CredentialStore store, String id) {
    return store
        .findById(id)
        .orElseThrow(() -> new AssertionError("There is no user of id " + id + ", but should be"));
  }

  /** Users have no equals of their own, so each part is compared. */
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

  static void assertFound(CredentialStore store, User user, User asKept) {
    assertSame(read(store, user.id()), asKept);
    assertThat(store.findByName(user.name()))
        .as("the user named %s, asked for by that name", user.name())
        .hasValueSatisfying(found -> assertSame(found, asKept));
  }
}

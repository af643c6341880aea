package com.example.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Principal;
import dev.sallyport.store.User;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class UserTest {
  private static final String HASH = "$2b$12$k42ZFHFWqBp3vWli.nIn8uYyIkbvYRvodzbfbK18SSsY.CsIQPlxO";

  @Test
  @DisplayName("ST-1: a new user is active and has no password, no roles, epoch 0 and version 0")
  void defaults() {
    User user = User.builder("1", "Alice").build();
    assertThat(user.id()).isEqualTo("1");
    assertThat(user.name()).isEqualTo("Alice");
    assertThat(user.principal()).isEqualTo(new Principal("1", "Alice", Set.of()));
    assertThat(user.passwordHash()).isEmpty();
    assertThat(user.isActive()).isTrue();
    assertThat(user.epoch()).isZero();
    assertThat(user.version()).isZero();
  }

  @Test
  @DisplayName("ST-1: toBuilder keeps all that a user has")
  void toBuilder() {
    User user =
        User.builder("1", "Alice")
            .roles(Set.of("admin"))
            .passwordHash(HASH)
            .active(false)
            .epoch(3)
            .version(5)
            .build();
    User copy = user.toBuilder().build();
    assertThat(copy.principal()).isEqualTo(user.principal());
    assertThat(copy.passwordHash()).contains(HASH);
    assertThat(copy.isActive()).isFalse();
    assertThat(copy.epoch()).isEqualTo(3);
    assertThat(copy.version()).isEqualTo(5);
    assertThat(user.toBuilder().passwordHash(null).build().passwordHash()).isEmpty();
  }

  @Test
  @DisplayName("CH-10: a user does not change with the set of roles that they were made from")
  void copiesRoles() {
    Set<String> roles = new HashSet<>(Set.of("reader"));
    User user = User.builder("1", "alice").roles(roles).build();
    roles.add("admin");
    assertThat(user.principal().roles()).containsExactly("reader");
  }

  @Test
  @DisplayName("ST-1: a user without an id or a name can't be made")
  void refusesEmpty() {
    assertThatThrownBy(User.builder("", "alice")::build)
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(User.builder("1", "")::build).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> User.builder(null, "alice")).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> User.builder("1", null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("PW-6, row 105: toString shows the id, and neither hash nor name")
  void hidesHash() {
    User user = User.builder("1", "Alice").passwordHash(HASH).build();
    assertThat(user).hasToString("User[1]");
    assertThat(user.toBuilder().active(false).build()).hasToString("User[1, deactivated]");
  }

  @Test
  @DisplayName("AC-2: a new password raises the epoch alone; a revocation of all raises both")
  void epochs() {
    User user = User.builder("1", "alice").passwordHash("old").epoch(3).revocationEpoch(2).build();
    User changed = user.toBuilder().changePassword(HASH).build();
    assertThat(changed.epoch()).isEqualTo(4);
    assertThat(changed.revocationEpoch()).isEqualTo(2);
    assertThat(changed.passwordHash()).contains(HASH);
    User revoked = changed.toBuilder().revokeAll().build();
    assertThat(revoked.epoch()).isEqualTo(5);
    assertThat(revoked.revocationEpoch()).isEqualTo(5);
    assertThat(revoked.passwordHash()).contains(HASH);
    assertThat(revoked.toBuilder().build().revocationEpoch()).isEqualTo(5);
    assertThat(user.epoch()).as("a snapshot stays as it was").isEqualTo(3);
    assertThatThrownBy(() -> user.toBuilder().changePassword(null))
        .isInstanceOf(NullPointerException.class);
  }
}

package com.example.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Defaults, and what can't be built. */
class PasswordsBuilderTest {
  @Test
  @DisplayName(
      "PW-1, PW-3: by default bcrypt of cost 12 hashes, and Django's and Spring's hashes are checked")
  void defaults() {
    WatchedStore store = new WatchedStore();
    Passwords passwords = Passwords.of(store);
    assertThat(passwords.hasher()).hasToString("BcryptHasher[cost 12]");
    store.put(User.builder("1", "d").passwordHash(Stored.django("wonderland", "salt", 1)));
    store.put(User.builder("2", "s").passwordHash(Stored.spring("wonderland")));
    for (User user : new User[] {store.get("1"), store.get("2")}) {
      PasswordResult verdict = PasswordsFixture.login(passwords, user.name(), "wonderland");
      assertThat(PasswordsFixture.user(verdict).id()).isEqualTo(user.id());
      assertThat(store.get(user.id()).passwordHash().orElseThrow()).startsWith("$2b$12$");
    }
    assertThat(passwords.hash(Password.of("wonderland")).orElseThrow()).startsWith("$2b$12$");
  }

  @Test
  @DisplayName("CH-10: null is refused where it is given")
  void nulls() {
    Passwords.Builder builder =
        Passwords.builder(AuthEnvironment.standard(), CredentialStore.inMemory());
    assertThatThrownBy(() -> Passwords.builder(AuthEnvironment.standard(), null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.hasher(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.formats((PasswordFormat) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> Passwords.builder(null, CredentialStore.inMemory()))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.throttle(null)).isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> builder.maxWait(null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName(
      "PW-1, rows 26 and 29: a new password that can't be held is the caller's fault, told without it")
  void unacceptable() {
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard(), CredentialStore.inMemory())
            .hasher(BcryptHasher.ofCost(10))
            .build();
    for (String text : new String[] {"hunter22".repeat(40), "hunter22\0", "hunter22\uD83E"}) {
      assertThatThrownBy(() -> passwords.hash(Password.of(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("hunter22");
    }
    assertThat(passwords.hash(Password.of("hunter22"))).as("turns were given back").isPresent();
  }
}

package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.CheapHasher;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody is a user who has not signed up. */
class NoDefaultAccountTest {
  private final Sallyport auth =
      Sallyport.of(AuthEnvironment.standard(), CredentialStore.inMemory(), TokenStore.inMemory())
          .withPasswords(passwords -> passwords.hasher(CheapHasher.create()));
  private final Accounts accounts = auth.accounts();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "administrator",
        "root",
        "sa",
        "sallyport",
        "superuser",
        "system",
        "guest",
        "test",
        "user"
      })
  @DisplayName("AC-1, ASVS 6.3.2: a new store knows no usual name, with any usual password")
  void none(String name) {
    Client client = new Client(InetAddress.getLoopbackAddress(), "curl");
    for (String password :
        List.of(name, "password", "changeit", "changeme", "admin", "sallyport")) {
      assertThat(auth.users().findByName(name)).isEmpty();
      assertThat(accounts.verify(name, Password.of(password), client).toString())
          .isIn("Refused[unknown_user]", "Refused[throttled]");
    }
  }
}

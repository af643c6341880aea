package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.testkit.CheapHasher;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A store that finds more than the name that was asked for")
class LooseNamesTest {
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");
  private static final Password PASSWORD = Password.of("correct horse");
  private static final Password WRONG = Password.of("wrong horse");

  private final AccountStore inner = CredentialStore.inMemory();

  /** As a database compares whose collation knows no accents and no trailing spaces. */
  private static String loose(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFD).replaceAll("\\p{M}", "").strip();
  }

  private AccountStore store(BiPredicate<User, String> names) {
    return (AccountStore)
        Proxy.newProxyInstance(
            AccountStore.class.getClassLoader(),
            new Class<?>[] {AccountStore.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "findByName" -> inner.findByName(loose((String) arguments[0]));
                  case "isNameOf" -> names.test((User) arguments[0], (String) arguments[1]);
                  default -> method.invoke(inner, arguments);
                });
  }

  private Accounts accounts(BiPredicate<User, String> names) {
    AccountStore users = store(names);
    Accounts accounts =
        Accounts.of(
            users,
            Passwords.builder(AuthEnvironment.standard(), users)
                .hasher(CheapHasher.create())
                .build());
    assertThat(accounts.register("victim", PASSWORD)).isInstanceOf(AccountResult.Done.class);
    return accounts;
  }

  private static boolean byKey(User user, String name) {
    return Username.key(name).equals(Username.key(user.name()));
  }

  private static String reason(PasswordResult verdict) {
    return verdict instanceof PasswordResult.Refused refused ? refused.reason().name() : "right";
  }

  @Test
  @DisplayName("AC-3 a stored user whose key is not the typed name's is unknown")
  void unknown() {
    Accounts accounts = accounts(LooseNamesTest::byKey);
    for (String other : List.of("v\u00EDct\u00EDm", "victim ", " victim")) {
      assertThat(reason(accounts.verify(other, PASSWORD, CLIENT))).isEqualTo("unknown_user");
    }
    assertThat(reason(accounts.verify("VICTIM", PASSWORD, CLIENT))).isEqualTo("right");
  }

  @Test
  @DisplayName(
      "AC-3, TH-4 so guesses at such a name count for itself, and tell nothing of the user")
  void countsForItself() {
    Accounts accounts = accounts(LooseNamesTest::byKey);
    List<String> spellings = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      spellings.add(reason(accounts.verify("v\u00EDct\u00EDm", WRONG, CLIENT)));
    }
    assertThat(spellings).containsOnly("unknown_user");
    assertThat(reason(accounts.verify("v\u00EDct\u00EDm", WRONG, CLIENT))).isEqualTo("throttled");
    assertThat(reason(accounts.verify("victim", PASSWORD, CLIENT))).isEqualTo("right");
  }

  @Test
  @DisplayName("AC-3, AC-5 no reset code is made for it, and it can't be registered over the user")
  void resetsAndSignUps() {
    Accounts accounts = accounts(LooseNamesTest::byKey);
    List<User> delivered = new ArrayList<>();
    PasswordReset reset =
        PasswordReset.of(
            accounts, TokenStore.inMemory(), (user, code, expiresAt) -> delivered.add(user));
    assertThat(reset.request("v\u00EDct\u00EDm", CLIENT)).isEmpty();
    assertThat(delivered).isEmpty();
    reset.request("victim", CLIENT);
    assertThat(delivered).hasSize(1);
  }

  @Test
  @DisplayName("AC-3, TH-1 a host's aliases of a user are this user's, and share one count")
  void aliases() {
    Accounts accounts = accounts((user, name) -> loose(name).equals(user.name()));
    assertThat(reason(accounts.verify("v\u00EDct\u00EDm", PASSWORD, CLIENT))).isEqualTo("right");
    Client stranger = CLIENT;
    for (int i = 0; i < 5; i++) {
      String name = i % 2 == 0 ? "v\u00EDct\u00EDm" : "victim";
      assertThat(reason(accounts.verify(name, WRONG, stranger))).isEqualTo("wrong_password");
    }
    assertThat(reason(accounts.verify("victim", WRONG, stranger))).isEqualTo("throttled");
    assertThat(reason(accounts.verify("v\u00EDct\u00EDm", WRONG, stranger))).isEqualTo("throttled");
  }
}

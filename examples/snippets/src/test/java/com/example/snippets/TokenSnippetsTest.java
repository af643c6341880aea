package com.example.snippets;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.Rejected;
import dev.sallyport.account.Registration;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.Issuance;
import dev.sallyport.token.Tokens;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/tokens.md does what it says. */
class TokenSnippetsTest {
  private final AccountStore users = CredentialStore.inMemory();
  private final TokenStore store = TokenStore.inMemory();
  private final Passwords passwords =
      Passwords.builder(users).hasher(BcryptHasher.ofCost(10)).build();

  private AuthResult present(Tokens to, String token) {
    return TokenSnippets.chain(to, passwords)
        .authenticate(TestRequest.get("/").authorization("Bearer " + token).build());
  }

  @Test
  @DisplayName("docs/tokens.md: make one, take it, set a prefix, revoke it")
  void lives() {
    User alice = User.builder("1", "alice").build();
    users.insert(alice);
    Issuance.Issued issued = TokenSnippets.make(store, users, alice);
    Tokens tokens = TokenSnippets.prefix(store, users);
    assertThat(issued.token()).containsPattern(Tokens.of(store, users).pattern());
    assertThat(tokens.pattern()).isEqualTo("\\b(?:acme_|sally_)[0-9A-Za-z]{49}\\b");
    assertThatResult(present(tokens, issued.token())).isAuthenticatedAs("alice");
    TokenSnippets.revoke(tokens, "1", issued.record().id());
    assertThat(present(tokens, issued.token())).isInstanceOf(Rejected.class);
  }

  @Test
  @DisplayName("docs/tokens.md: one for every new user")
  void mints() {
    Queue<String> outbox = new ArrayDeque<>();
    Tokens tokens = Tokens.of(store, users);
    assertThat(
            TokenSnippets.mint(tokens, users, passwords, outbox)
                .register("bob", Password.of("names sallyport")))
        .isInstanceOf(Registration.Registered.class);
    assertThatResult(present(tokens, outbox.remove())).isAuthenticatedAs("bob");
  }
}

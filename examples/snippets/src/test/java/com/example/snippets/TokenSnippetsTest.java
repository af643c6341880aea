package com.example.snippets;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthResult;
import dev.sallyport.Rejected;
import dev.sallyport.account.AccountResult;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/tokens.md does what it says. */
class TokenSnippetsTest {
  private final AccountStore users = CredentialStore.inMemory();
  private final Sallyport auth =
      Sallyport.of(users, TokenStore.inMemory())
          .withPasswords(passwords -> passwords.hasher(BcryptHasher.ofCost(10)));

  private AuthResult present(Tokens to, String token) {
    return TokenSnippets.chain(auth, to)
        .authenticate(TestRequest.get("/").authorization("Bearer " + token).build());
  }

  @Test
  @DisplayName("docs/tokens.md: make one, take it, set a prefix, revoke it")
  void lives() {
    User alice = User.builder("1", "alice").build();
    users.insert(alice);
    TokenResult.Issued issued = TokenSnippets.make(auth, alice);
    Tokens tokens = TokenSnippets.prefix(auth);
    assertThat(issued.token().reveal()).containsPattern(Tokens.of(auth).pattern());
    assertThat(tokens.pattern()).isEqualTo("\\b(?:acme_|sally_)[0-9A-Za-z]{49}\\b");
    assertThatResult(present(tokens, issued.token().reveal())).isAuthenticatedAs("alice");
    TokenSnippets.revoke(tokens, "1", issued.record().id());
    assertThat(present(tokens, issued.token().reveal())).isInstanceOf(Rejected.class);
  }

  @Test
  @DisplayName("docs/tokens.md: one for every new user")
  void mints() {
    Queue<String> outbox = new ArrayDeque<>();
    Tokens tokens = Tokens.of(auth);
    assertThat(
            TokenSnippets.mint(auth, tokens, outbox)
                .register("bob", Password.of("names sallyport")))
        .isInstanceOf(AccountResult.Done.class);
    assertThatResult(present(tokens, outbox.remove())).isAuthenticatedAs("bob");
  }
}

package com.example.snippets;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.token.Issuance;
import dev.sallyport.token.Lifetime;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.Queue;

/** docs/tokens.md. */
public final class TokenSnippets {
  private TokenSnippets() {}

  /** Makes a token. */
  public static Issuance.Issued make(TokenStore store, AccountStore users, User user) {
    Tokens tokens = Tokens.of(store, users);
    Issuance.Issued issued =
        tokens
            .issue(
                user,
                NewToken.labelled("ci")
                    .scopes("notes:write")
                    .lifetime(Lifetime.of(Duration.ofDays(30))))
            .orElseThrow();
    return issued;
  }

  /** Takes tokens. */
  public static AuthenticatorChain chain(Tokens tokens, Passwords passwords) {
    AuthenticatorChain chain =
        AuthenticatorChain.of(TokenAuthenticator.of(tokens), BasicAuthenticator.of(passwords));
    return chain;
  }

  /** Lists a user's tokens and revokes them. */
  public static void revoke(Tokens tokens, String userId, String id) {
    for (TokenRecord token : tokens.list(userId)) {
      System.out.println(token.id() + " " + token.label() + ", last seen " + token.lastSeenAt());
    }
    tokens.revoke(userId, id);
    tokens.revokeLabelled(userId, "ci");
    tokens.revokeAll(userId);
  }

  /** A prefix of the host's own. */
  public static Tokens prefix(TokenStore store, AccountStore users) {
    Tokens tokens = Tokens.builder(store, users).prefix("acme_", "sally_").build();
    return tokens;
  }

  /** A token for every new user. */
  public static Accounts mint(
      Tokens tokens, AccountStore users, Passwords passwords, Queue<String> outbox) {
    AuthListener mint =
        tokens.mintForNewUsers(
            NewToken.labelled("first"), (newUser, issued) -> outbox.add(issued.token()));
    Accounts accounts =
        Accounts.builder(users, passwords)
            .listener(AuthListener.all(AuthListener.slf4j(), mint))
            .build();
    return accounts;
  }
}

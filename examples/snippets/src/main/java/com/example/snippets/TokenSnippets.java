package com.example.snippets;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.account.Accounts;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.event.AuthListener;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.Queue;

/** docs/tokens.md. */
public final class TokenSnippets {
  private TokenSnippets() {}

  /** Makes a token. */
  public static TokenResult.Issued make(Sallyport auth, User user) {
    Tokens tokens = Tokens.of(auth);
    TokenResult.Issued issued =
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
  public static AuthenticatorChain chain(Sallyport auth, Tokens tokens) {
    AuthenticatorChain chain =
        auth.chain(TokenAuthenticator.of(tokens), BasicAuthenticator.of(auth));
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
  public static Tokens prefix(Sallyport auth) {
    Tokens tokens = Tokens.builder(auth).prefix("acme_", "sally_").build();
    return tokens;
  }

  /** A token for every new user. */
  public static Accounts mint(Sallyport auth, Tokens tokens, Queue<String> outbox) {
    AuthListener mint =
        tokens.mintForNewUsers(
            NewToken.labelled("first"), (newUser, issued) -> outbox.add(issued.token().reveal()));
    Accounts accounts = auth.accounts(options -> options.onSignUp(mint));
    return accounts;
  }
}

package com.example.snippets.tasks;

import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;

/** An opaque token for a program. */
public final class ApiTokenTask {
  private final Tokens tokens;
  private final Guard guard;

  /** Guards with tokens. */
  public ApiTokenTask(Sallyport auth) {
    tokens = Tokens.of(auth);
    guard = auth.guard(TokenAuthenticator.of(tokens));
  }

  /** Makes a token, which is shown once. */
  public String make(User user) {
    return tokens
        .issue(user, NewToken.labelled("ci").scopes("notes:write"))
        .orElseThrow()
        .token()
        .reveal();
  }

  /** Guards everything else. */
  public Guard guard() {
    return guard;
  }
}

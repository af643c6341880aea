package com.example.snippets;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Rejected;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;

/** README.md. */
public final class ReadmeSnippets {
  private ReadmeSnippets() {}

  /** Makes the chain. */
  public static AuthenticatorChain embed() {
    Sallyport auth = Sallyport.inMemory(); // or Sallyport.of(users, tokens)
    auth.accounts().register("alice", Password.of("correct horse battery staple"));

    AuthenticatorChain chain =
        auth.chain(BasicAuthenticator.of(auth), SessionAuthenticator.of(auth));
    return chain;
  }

  /** Greets. */
  public static String greet(AuthenticatorChain chain, AuthRequest request) {
    AuthResult result = chain.authenticate(request);
    if (result instanceof Authenticated who) {
      return "Hello, " + who.principal().name();
    }
    if (result instanceof Rejected rejected) {
      return "No: " + rejected.reason().refusal().code();
    }
    return "Hello, whoever you are";
  }

  /** Guards. */
  public static AuthResponse guard(AuthenticatorChain chain, AuthRequest request) {
    Decision decision = Guard.of(chain).check(request, Permission.role("admin"));
    if (decision instanceof Decision.Refuse refuse) {
      return refuse.response();
    }
    throw new AssertionError("Nobody here is an admin");
  }
}

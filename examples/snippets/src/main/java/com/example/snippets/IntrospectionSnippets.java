package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Secret;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.IntrospectionAuthenticator;
import dev.sallyport.jwt.token.IntrospectedToken;
import dev.sallyport.jwt.token.TokenIntrospector;
import java.net.URI;

/** docs/jwt-issuers.md: introspection. */
public final class IntrospectionSnippets {
  private IntrospectionSnippets() {}

  /** Lets other servers ask. */
  public static AuthEndpoints answer(Accounts accounts, Guard guard) {
    AuthEndpoints endpoints =
        AuthEndpoints.builder(accounts, guard)
            .introspection(Permission.role("resource-server"))
            .build();
    return endpoints;
  }

  /** Asks another server. */
  public static AuthenticatorChain ask(AuthEnvironment environment, Secret secret) {
    URI endpoint = URI.create("https://idp.example/oauth2/introspect");
    TokenIntrospector introspector =
        TokenIntrospector.builder(environment, endpoint, "https://idp.example")
            .clientSecret("notes-api", secret)
            .audience("https://notes.example")
            .build();
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            environment,
            IntrospectionAuthenticator.builder(introspector)
                .scopes("scope")
                .name("username")
                .build());
    return chain;
  }

  /** Asks a site that issues opaque tokens of this library. */
  public static TokenIntrospector sallyport(AuthEnvironment environment, Secret password) {
    URI endpoint = URI.create("https://api.example/auth/introspect");
    TokenIntrospector opaque =
        TokenIntrospector.builder(environment, endpoint, "https://api.example")
            .clientSecret("notes-api", password)
            .acceptWithoutIssuer()
            .acceptAnyAudience()
            .build();
    return opaque;
  }

  /** Asks about one token. */
  public static String subject(TokenIntrospector introspector, String token) {
    if (introspector.introspect(token) instanceof IntrospectedToken active) {
      return active.subject();
    }
    throw new IllegalArgumentException("inactive");
  }
}

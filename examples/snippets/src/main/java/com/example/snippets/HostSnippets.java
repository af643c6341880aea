package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.OriginPolicy;
import dev.sallyport.TrustedProxies;
import dev.sallyport.event.AuthListener;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.guard.Verdict;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** docs/http.md, docs/javascript.md and docs/settings.md. */
public final class HostSnippets {
  private HostSnippets() {}

  /** Lets the owner of a page in. */
  public static Permission owner() {
    Permission owner =
        access ->
            access.who().isPresent()
                    && access.request().target().equals("/u/" + access.who().get().principal().id())
                ? Verdict.ALLOWED
                : Verdict.DENIED;
    return owner;
  }

  /** Decides about somebody whom a filter has authenticated. */
  public static String authorize(Guard guard, AuthRequest request, Optional<Authenticated> who) {
    Decision decision = guard.authorize(request, who, Permission.role("admin"));
    if (decision instanceof Decision.Refuse refuse) {
      Problem problem = refuse.problem();
      return problem.status() + " " + problem.code();
    }
    return "go on";
  }

  /** Serves what describes the endpoints, and what calls them. */
  public static AuthEndpoints files(Sallyport auth, Guard guard) {
    AuthEndpoints endpoints =
        AuthEndpoints.builder(auth.accounts(), guard).javaScriptClient().openApi().build();
    return endpoints;
  }

  /** Says once what all parts share. */
  public static Sallyport environment(
      AuthListener listener, CredentialStore users, TokenStore tokens) {
    AuthEnvironment environment =
        AuthEnvironment.standard()
            .withListener(listener)
            .withOrigins(OriginPolicy.trusting(List.of("https://app.example")))
            .withProxies(TrustedProxies.of(List.of("10.0.0.0/8")));
    Sallyport auth = Sallyport.of(environment, users, tokens);
    return auth;
  }

  /** Builds from settings. */
  public static List<Object> settings(
      Map<String, String> settings,
      AuthEnvironment environment,
      AccountStore users,
      TokenStore tokens) {
    AuthConfiguration auth =
        AuthConfiguration.builder(settings)
            .with(AuthEnvironment.class, environment)
            .with(CredentialStore.class, users)
            .with(TokenStore.class, tokens)
            .build();
    AuthEndpoints endpoints = AuthEndpoints.of(auth.auth().accounts(), auth.guard());
    HttpServerAdapter adapter = HttpServerAdapter.of(auth.guard());
    return List.of(endpoints, adapter);
  }

  /** Finds the sessions and the tokens of a chain. */
  public static List<Object> ofTheChain(AuthConfiguration auth) {
    Sessions sessions = auth.chain().member(SessionAuthenticator.class).orElseThrow().sessions();
    Tokens apiTokens = auth.chain().member(TokenAuthenticator.class).orElseThrow().tokens();
    return List.of(sessions, apiTokens);
  }
}

package com.example.snippets;

import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.http.HttpServerAdapter;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.List;
import java.util.Map;

/** docs/http.md and docs/settings.md. */
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

  /** Builds from settings. */
  public static List<Object> settings(
      Map<String, String> settings, AccountStore users, TokenStore tokens) {
    AuthConfiguration auth =
        AuthConfiguration.builder(settings)
            .with(CredentialStore.class, users)
            .with(TokenStore.class, tokens)
            .build();
    Accounts accounts = Accounts.builder(users, auth.passwords()).tokens(tokens).build();
    AuthEndpoints endpoints =
        AuthEndpoints.builder(accounts, auth.guard())
            .transport(auth.transport())
            .origins(auth.origins())
            .build();
    HttpServerAdapter adapter = HttpServerAdapter.of(auth.guard()).behind(auth.proxies());
    return List.of(endpoints, adapter);
  }

  /** Finds the sessions and the tokens of a chain. */
  public static List<Object> ofTheChain(AuthConfiguration auth) {
    Sessions sessions = auth.chain().member(SessionAuthenticator.class).orElseThrow().sessions();
    Tokens apiTokens = auth.chain().member(TokenAuthenticator.class).orElseThrow().tokens();
    return List.of(sessions, apiTokens);
  }
}

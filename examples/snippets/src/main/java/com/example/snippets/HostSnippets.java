package com.example.snippets;

import dev.sallyport.account.Accounts;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
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
    Guard guard = auth.guard();
    Accounts accounts = Accounts.builder(users, auth.passwords()).tokens(tokens).build();
    return List.of(guard, accounts);
  }
}

package com.example.snippets;

import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.User;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** docs/coming-from-drf.md. */
public final class DrfSnippets {
  private DrfSnippets() {}

  /** A row of Django's {@code auth_user}. */
  public record OldUser(
      String id, String username, String password, boolean isActive, boolean isStaff) {}

  /** Has DRF's three classes. */
  public static Guard guard(Sallyport auth) {
    Guard guard =
        auth.guard(
            TokenAuthenticator.of(auth),
            BasicAuthenticator.of(auth),
            SessionAuthenticator.of(auth));
    return guard;
  }

  /** Has knox's settings. */
  public static Tokens knox(Sallyport auth) {
    Tokens tokens =
        Tokens.builder(auth)
            .lifetime(Lifetime.sliding(Duration.ofHours(10), Duration.ofDays(30)))
            .limit(new TokenLimit(10, TokenLimit.WhenFull.REFUSE_NEW))
            .prefix("acme_", "sally_")
            .build();
    return tokens;
  }

  /** Moves a user. */
  public static AccountStore.Change moveUser(AccountStore users, OldUser row) {
    AccountStore.Change change =
        users.insert(
            User.builder(row.id(), row.username())
                .passwordHash(row.password())
                .active(row.isActive())
                .roles(row.isStaff() ? Set.of("staff") : Set.of())
                .build());
    return change;
  }

  /** Moves a token. */
  public static Optional<String> moveToken(Sallyport auth, User user, String key) {
    Tokens tokens = Tokens.builder(auth).acceptImported().build();
    NewToken wanted = NewToken.labelled("authtoken").lifetime(Lifetime.of(Duration.ofDays(365)));
    Optional<String> id = tokens.importKey(user, SecretDigest.of(key), wanted);
    return id;
  }
}

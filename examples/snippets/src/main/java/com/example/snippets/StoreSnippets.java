package com.example.snippets;

import dev.sallyport.account.Accounts;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.time.Instant;
import javax.sql.DataSource;

/** docs/stores.md. */
public final class StoreSnippets {
  private StoreSnippets() {}

  /** What a host makes of its database. */
  public record Wired(Accounts accounts, Sessions sessions, TokenStore tokens) {}

  /** Wires all that is kept to a database. */
  public static Wired wire(DataSource dataSource) {
    JdbcStores stores = JdbcStores.builder(dataSource).createSchema().build();
    AccountStore users = stores.accounts();
    TokenStore tokens = stores.tokens();
    ThrottleStore counts = stores.throttle();
    Passwords passwords =
        Passwords.builder(users).throttle(Throttle.builder(counts).build()).build();
    Accounts accounts =
        Accounts.builder(users, passwords).tokens(tokens).throttleStore(counts).build();
    Sessions sessions = Sessions.of(tokens, users);
    return new Wired(accounts, sessions, tokens);
  }

  /** Removes what has expired. */
  public static void purge(TokenStore tokens) {
    while (tokens.prune(Instant.now(), 1000) == 1000) {
      // the next batch
    }
  }
}

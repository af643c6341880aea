package com.example.snippets;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenStore;
import java.time.Instant;
import javax.sql.DataSource;

/** docs/stores.md. */
public final class StoreSnippets {
  private StoreSnippets() {}

  /** Keeps everything in a database. */
  public static Sallyport wire(DataSource dataSource) {
    JdbcStores stores = JdbcStores.builder(dataSource).createSchema().build();
    AuthEnvironment environment = AuthEnvironment.standard().withCounts(stores.counts());
    Sallyport auth = Sallyport.of(environment, stores.accounts(), stores.tokens());
    return auth;
  }

  /** Removes what has expired. */
  public static void purge(TokenStore tokens) {
    while (tokens.prune(Instant.now(), 1000) == 1000) {
      // the next batch
    }
  }
}

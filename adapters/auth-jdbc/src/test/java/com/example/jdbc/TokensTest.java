package com.example.jdbc;

import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.TokenStoreContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of token stores, in each database. */
class TokensTest {
  abstract static class Contract implements TokenStoreContract {
    private final Databases database;

    Contract(Databases database) {
      this.database = database;
    }

    @Override
    public TokenStore store() {
      return Databases.patient(database.emptied()).tokens();
    }

    @Override
    public boolean keeps(String id) {
      return Databases.keeps(id);
    }
  }

  @Nested
  @DisplayName("H2")
  class H2 extends Contract {
    H2() {
      super(Databases.H2);
    }
  }

  @Nested
  @DisplayName("PostgreSQL")
  class PostgreSql extends Contract {
    PostgreSql() {
      super(Databases.POSTGRESQL);
    }
  }

  @Nested
  @DisplayName("MariaDB")
  class MariaDb extends Contract {
    MariaDb() {
      super(Databases.MARIADB);
    }
  }
}

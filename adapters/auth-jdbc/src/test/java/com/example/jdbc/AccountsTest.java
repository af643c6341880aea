package com.example.jdbc;

import dev.sallyport.store.AccountStore;
import dev.sallyport.testkit.AccountStoreContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of account stores, in each database. */
class AccountsTest {
  abstract static class Contract implements AccountStoreContract {
    private final Databases database;

    Contract(Databases database) {
      this.database = database;
    }

    @Override
    public AccountStore store() {
      return Databases.patient(database.emptied()).accounts();
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

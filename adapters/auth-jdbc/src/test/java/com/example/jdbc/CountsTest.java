package com.example.jdbc;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.testkit.ThrottleContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of the throttle's stores, in each database. */
class CountsTest {
  abstract static class Contract implements ThrottleContract {
    private final Databases database;

    Contract(Databases database) {
      this.database = database;
    }

    @Override
    public ThrottleStore store() {
      return JdbcStores.builder(database.emptied()).timeout(Databases.PATIENCE).build().counts();
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

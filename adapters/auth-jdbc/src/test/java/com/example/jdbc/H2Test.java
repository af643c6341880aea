package com.example.jdbc;

import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set in the URL of H2. */
class H2Test {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
        "MODE=MariaDB;DATABASE_TO_LOWER=TRUE",
        "MODE=MySQL",
        "MODE=MSSQLServer",
        "MODE=DB2",
        "MODE=LEGACY",
        "MODE=STRICT",
        "DATABASE_TO_UPPER=FALSE",
        "CASE_INSENSITIVE_IDENTIFIERS=TRUE",
        "IGNORECASE=TRUE",
      })
  @DisplayName("ST-3 H2: no mode changes what is kept")
  void modes(String settings) throws Exception {
    try (HikariDataSource pool = Databases.pool(Databases.H2.newUrl() + ";" + settings)) {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      SchemaTest.assertWorks(stores);
      AccountStore users = stores.accounts();
      assertThat(users.findById("U")).isEmpty();
      assertThat(users.findById("u ")).isEmpty();
      assertThat(users.insert(user("U").toBuilder().name("of U").build()))
          .isEqualTo(AccountStore.Change.DONE);
      String hash = user("u").passwordHash().orElseThrow();
      assertThat(users.replaceHash("u", hash.toUpperCase(Locale.ROOT), "x")).isFalse();
    }
  }
}

package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.jdbc.JdbcStores;
import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The SQL files are named as Flyway has it. */
class MigrationToolTest {
  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 Flyway runs the SQL files, beside a host's own")
  void flyway(Databases database) throws Exception {
    try (HikariDataSource pool = database.newDatabase()) {
      Flyway flyway =
          Flyway.configure()
              .dataSource(pool)
              .locations("classpath:sallyport-schema/" + database.name().toLowerCase(Locale.ROOT))
              .table("sallyport_schema_history")
              .baselineOnMigrate(true)
              .baselineVersion("0")
              .load();
      Databases.execute(pool, "CREATE TABLE of_the_host (id INTEGER)");
      assertThat(flyway.migrate().migrationsExecuted).isOne();
      assertThat(flyway.migrate().migrationsExecuted).isZero();
      flyway.validate();
      SchemaTest.assertWorks(JdbcStores.of(pool));
      JdbcStores.builder(pool).createSchema().build();
      flyway.validate();
    }
  }
}

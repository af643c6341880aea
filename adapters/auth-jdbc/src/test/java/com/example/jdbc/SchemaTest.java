package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenStore.Insertion;
import dev.sallyport.testkit.Race;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tables: missing, old, half made, made by many at once. */
class SchemaTest {
  private static final TokenLimit LIMIT = new TokenLimit(1, WhenFull.REFUSE_NEW);

  static void assertWorks(JdbcStores stores) {
    assertThat(stores.accounts().insert(user("u"))).isEqualTo(Change.DONE);
    assertThat(stores.accounts().findByName(user("u").name())).isPresent();
    assertThat(stores.tokens().insert(session("u").build(), LIMIT, NOW))
        .isInstanceOf(Insertion.Done.class);
    assertThat(stores.tokens().insert(session("u").build(), LIMIT, NOW))
        .isInstanceOf(Insertion.Full.class);
    assertThat(stores.counts().find("k", Instant.now())).isEmpty();
    assertThat(stores.tokens().prune(NOW, 10)).isZero();
  }

  private static void create(HikariDataSource pool) {
    JdbcStores.builder(pool).createSchema().build();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 A missing schema, or an older one, is one clear refusal")
  void missing(Databases database) throws Exception {
    try (HikariDataSource pool = database.newDatabase()) {
      assertRefuses(pool, database, "no schema");
      create(pool);
      Databases.execute(pool, "UPDATE sallyport_schema SET version = 0");
      assertRefuses(pool, database, "no schema");
      Databases.execute(pool, "DELETE FROM sallyport_schema");
      assertRefuses(pool, database, "no schema");
      create(pool);
      assertWorks(JdbcStores.of(pool));
      Databases.execute(pool, "UPDATE sallyport_schema SET version = 2");
      assertThat(JdbcStores.of(pool)).as("a newer one").isNotNull();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ASVS 6.3.2: a new schema has no users, and nothing that was issued to one")
  void nobody(Databases database) throws Exception {
    try (HikariDataSource pool = database.newDatabase()) {
      create(pool);
      try (Connection connection = pool.getConnection();
          Statement statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT id FROM sallyport_users UNION SELECT user_id FROM sallyport_tokens")) {
        assertThat(rows.next()).isFalse();
      }
    }
  }

  private static void assertRefuses(HikariDataSource pool, Databases database, String problem) {
    assertThatThrownBy(() -> JdbcStores.of(pool))
        .isInstanceOf(IllegalStateException.class)
        .message()
        .containsIgnoringCase(database.name())
        .contains(problem)
        .contains("/sallyport-schema/" + database.name().toLowerCase(Locale.ROOT))
        .contains("createSchema()");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 The schema is made once by eight at once, and again by nobody")
  void manyCreate(Databases database) throws Exception {
    try (HikariDataSource pool = database.newDatabase()) {
      Race.of(
          8,
          i -> {
            create(pool);
            return true;
          });
      assertWorks(JdbcStores.of(pool));
      create(pool);
      assertThat(JdbcStores.of(pool).accounts().findById("u")).isPresent();
    }
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 A schema that is half made is made whole, and keeps what it has")
  void halfMade(Databases database) throws Exception {
    for (String lost :
        List.of(
            "DROP TABLE sallyport_schema, sallyport_locks, sallyport_throttle, sallyport_tokens",
            "DROP TABLE sallyport_schema, sallyport_locks",
            "DROP TABLE sallyport_schema")) {
      try (HikariDataSource pool = database.newDatabase()) {
        create(pool);
        JdbcStores.of(pool).accounts().insert(user("early"));
        Databases.execute(pool, lost);
        assertRefuses(pool, database, "no schema");
        create(pool);
        assertThat(JdbcStores.of(pool).accounts().findById("early")).isPresent();
        assertWorks(JdbcStores.of(pool));
      }
    }
  }

  @Test
  @DisplayName("ST-3 Any other database is refused by name")
  void otherDatabase() {
    DatabaseMetaData metaData =
        proxy(DatabaseMetaData.class, "getDatabaseProductName", "Quux 'n' more");
    Connection connection = proxy(Connection.class, "getMetaData", metaData);
    assertThatThrownBy(() -> JdbcStores.of(Watched.source(() -> connection)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("PostgreSQL", "MariaDB", "H2", "Quux 'n' more");
  }

  private static <T> T proxy(Class<T> type, String name, Object answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> method.getName().equals(name) ? answer : null));
  }

  @Test
  @DisplayName("ST-3 PostgreSQL: a user who may create nothing works with a schema that is there")
  void createsNothing() throws Exception {
    String url = Databases.POSTGRESQL.newUrl();
    Databases.execute(url, "CREATE ROLE sallyport_app LOGIN");
    String asApp = url.replace("user=postgres", "user=sallyport_app");
    assertThat(asApp).isNotEqualTo(url);
    try (HikariDataSource owner = Databases.pool(url);
        HikariDataSource app = Databases.pool(asApp)) {
      assertThatThrownBy(() -> create(app))
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("permission denied");
      create(owner);
      Databases.execute(
          owner,
          "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO sallyport_app");
      create(app);
      assertWorks(JdbcStores.of(app));
    }
  }

  @Test
  @DisplayName("ST-3 PostgreSQL: a database that can't keep every name is refused")
  void encoding() throws Exception {
    String url = Databases.POSTGRESQL.newUrl();
    for (String encoding : List.of("LATIN1", "SQL_ASCII")) {
      String name = "in_" + encoding.toLowerCase(Locale.ROOT);
      Databases.execute(
          url,
          "CREATE DATABASE " + name + " TEMPLATE template0 LOCALE 'C' ENCODING '" + encoding + "'");
      String there = url.replaceFirst("/test\\d+", "/" + name);
      try (HikariDataSource pool = Databases.pool(there)) {
        assertThatThrownBy(() -> create(pool))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContainingAll(encoding, "UTF8");
      }
    }
  }
}

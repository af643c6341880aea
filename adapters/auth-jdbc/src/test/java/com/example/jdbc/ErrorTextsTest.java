package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Databases show the row that they refuse, with the password's hash in it. */
class ErrorTextsTest {
  private static final String HASH = "$2a$04$abcdefghijklmnopqrstuv";

  private static String told(Throwable thrown) {
    StringWriter told = new StringWriter();
    thrown.printStackTrace(new PrintWriter(told));
    return told.toString();
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 A key that is taken is no outage, and nothing of the row is told")
  void duplicates(Databases database) {
    JdbcStores stores = JdbcStores.of(database.emptied());
    User user = user("u").toBuilder().passwordHash(HASH).build();
    stores.accounts().insert(user);
    Throwable sameId =
        catchThrowable(
            () -> stores.accounts().insert(user.toBuilder().name("another name").build()));
    assertThat(sameId).isInstanceOf(IllegalArgumentException.class);
    assertThat(told(sameId)).doesNotContain(HASH).doesNotContain("another name");
    assertThat(stores.accounts().insert(user("v").toBuilder().name(user.name()).build()))
        .isEqualTo(Change.NAME_TAKEN);

    TokenRecord record = session("u").label("label of u").build();
    stores.tokens().insert(record, TokenLimit.NONE, NOW);
    Throwable sameKey = catchThrowable(() -> stores.tokens().insert(record, TokenLimit.NONE, NOW));
    assertThat(sameKey).isInstanceOf(IllegalArgumentException.class);
    assertThat(told(sameKey)).doesNotContain(record.key().text()).doesNotContain("label of u");
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(Databases.class)
  @DisplayName("ST-3 Data that a host's own rule refuses is an outage, and nothing of it is told")
  void refusedData(Databases database) throws Exception {
    try (HikariDataSource pool = database.newDatabase()) {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      Databases.execute(
          pool, "ALTER TABLE sallyport_users ADD CONSTRAINT of_the_host CHECK (id <> 'forbidden')");
      Databases.execute(pool, "ALTER TABLE sallyport_tokens DROP COLUMN label");
      Databases.execute(pool, "ALTER TABLE sallyport_tokens ADD COLUMN label VARCHAR(5)");
      User user = user("forbidden").toBuilder().passwordHash(HASH).build();
      assertToldNothing(catchThrowable(() -> stores.accounts().insert(user)), HASH);
      TokenRecord record = session("u").label("longer than five").build();
      assertToldNothing(
          catchThrowable(() -> stores.tokens().insert(record, TokenLimit.NONE, NOW)),
          "longer than five");
    }
  }

  private static void assertToldNothing(Throwable thrown, String secret) {
    assertThat(thrown).isInstanceOf(StoreUnavailableException.class);
    assertThat(told(thrown)).contains("The database refused the data").doesNotContain(secret);
  }
}

package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static com.example.jdbc.Samples.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be set in MariaDB and its driver. */
class MariaDbTest {
  @Test
  @DisplayName("ST-2 MariaDB: a driver that counts only rows that changed gives the same answers")
  void affectedRows() {
    try (HikariDataSource pool =
        Databases.pool(Databases.MARIADB.emptiedUrl() + "&useAffectedRows=true")) {
      JdbcStores stores = JdbcStores.of(pool);
      TokenStore tokens = stores.tokens();
      TokenRecord record = session("u").build();
      tokens.insert(record, TokenLimit.NONE, NOW);
      for (int i = 0; i < 2; i++) {
        assertThat(tokens.touch(record, NOW, null)).isTrue();
      }
      assertThat(tokens.replace(record, record, NOW)).isTrue();
      assertThat(tokens.replace(record, record, NOW)).isFalse();
      assertThat(tokens.touch(session("u").build(), NOW, null)).isFalse();

      AccountStore users = stores.accounts();
      users.insert(user("u"));
      String hash = user("u").passwordHash().orElseThrow();
      assertThat(users.replaceHash("u", hash, hash)).isTrue();
      assertThat(users.update(user("u"), user("u"))).isEqualTo(Change.STALE);
      User stored = users.findById("u").orElseThrow();
      assertThat(users.update(stored, stored)).isEqualTo(Change.DONE);

      ThrottleStore counts = stores.counts();
      Optional<ThrottleStore.Entry> entry =
          Optional.of(new ThrottleStore.Entry("1", NOW, NOW.plusSeconds(1)));
      assertThat(counts.replace("k", Optional.empty(), entry, Instant.now())).isTrue();
      assertThat(counts.replace("k", Optional.of("1"), entry, Instant.now()))
          .as("the same again")
          .isTrue();
      assertThat(counts.replace("k", Optional.of("2"), entry, Instant.now())).isFalse();
      assertThat(counts.replace("none", Optional.of("1"), entry, Instant.now())).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sql_mode=''",
        "sql_mode='NO_BACKSLASH_ESCAPES'",
        "sql_mode='ANSI'",
        "sql_mode='ORACLE'",
        "sql_mode='TRADITIONAL,PAD_CHAR_TO_FULL_LENGTH,NO_UNSIGNED_SUBTRACTION'",
        "sql_safe_updates=1",
        "time_zone='-11:30'",
        "collation_connection='utf8mb4_general_ci'",
        "innodb_snapshot_isolation=1",
      })
  @DisplayName("ST-3 MariaDB: no setting of a session changes what is kept")
  void sessions(String variables) {
    String url = Databases.MARIADB.emptiedUrl() + "&sessionVariables=" + variables;
    try (HikariDataSource pool = Databases.pool(url)) {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      TokenStore tokens = stores.tokens();
      TokenRecord record =
          session("u")
              .label("")
              .client("\\'; -- \"`")
              .attributes(Map.of("\\", "'", "\\'", "\uD83E\uDD8A "))
              .build();
      tokens.insert(record, new TokenLimit(1, TokenLimit.WhenFull.REMOVE_OLDEST), NOW);
      TokenRecord found = tokens.find(TokenKind.SESSION, record.key(), NOW).orElseThrow();
      assertThat(found.client()).isEqualTo(record.client());
      assertThat(found.attributes()).isEqualTo(record.attributes());
      assertThat(found.expiresAt()).isEqualTo(record.expiresAt());
      assertThat(tokens.touch(record, NOW.plusSeconds(1), null)).isTrue();
      assertThat(tokens.remove("U", Set.of(TokenKind.SESSION), record.id(), NOW)).isFalse();
      assertThat(tokens.remove("u ", Set.of(TokenKind.SESSION), record.id(), NOW)).isFalse();
      assertThat(tokens.prune(NOW.plusSeconds(3600), 5)).isOne();
      assertThat(stores.accounts().insert(user("u"))).isEqualTo(Change.DONE);
      assertThat(stores.accounts().insert(user("u ").toBuilder().name("another").build()))
          .isEqualTo(Change.DONE);
    }
  }
}

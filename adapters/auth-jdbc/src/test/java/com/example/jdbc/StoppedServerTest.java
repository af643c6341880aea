package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL that is stopped, and started again on the same port with the same data. */
@Timeout(120)
class StoppedServerTest {
  @TempDir private Path folder;

  private EmbeddedPostgres.Builder server() {
    return EmbeddedPostgres.builder()
        .setDataDirectory(folder.resolve("data"))
        .setCleanDataDirectory(false);
  }

  /** What the store answers as soon as it answers anything. */
  private static Optional<TokenRecord> answer(TokenStore tokens, TokenRecord record) {
    while (true) {
      try {
        return tokens.find(TokenKind.SESSION, record.key(), NOW);
      } catch (StoreUnavailableException e) {
        // not yet
      }
    }
  }

  @Test
  @DisplayName("ST-6 while the server is stopped there are outages; started again it is used again")
  void stoppedAndStarted() throws IOException {
    EmbeddedPostgres first = server().start();
    int port = first.getPort();
    TokenRecord record = session("alice").build();
    try (HikariDataSource pool = Databases.pool(first.getJdbcUrl("postgres", "postgres"))) {
      TokenStore tokens = JdbcStores.builder(pool).createSchema().build().tokens();
      tokens.insert(record, TokenLimit.NONE, NOW);
      first.close();
      assertThatThrownBy(() -> tokens.find(TokenKind.SESSION, record.key(), NOW))
          .isInstanceOf(StoreUnavailableException.class);
      try (EmbeddedPostgres second = server().setPort(port).start()) {
        assertThat(answer(tokens, record).orElseThrow().id()).isEqualTo(record.id());
        assertThat(second.getPort()).isEqualTo(port);
      }
    }
  }
}

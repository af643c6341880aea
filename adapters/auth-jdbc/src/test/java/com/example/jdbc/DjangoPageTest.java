package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The SQL of docs/stores.md moves Django's users and tokens in. */
class DjangoPageTest {
  private static final Path PAGE = Path.of("../../docs/stores.md");
  private static final String KEY = "9944b09199c62bcf9418ad846dd0e4bbdfc6ee4b";

  /** "correct horse battery staple" at 1,000 iterations. */
  private static final String HASH =
      "pbkdf2_sha256$1000$seasalt$3xmXbyk2QpiyNcnoBbzRPwEBsYPTbDlRdtmLyBvQltA=";

  private static final String TABLES =
      """
      CREATE TABLE auth_user (id serial PRIMARY KEY, username varchar(150) UNIQUE NOT NULL,
        password varchar(128) NOT NULL, is_superuser boolean NOT NULL, is_active boolean NOT NULL);
      CREATE TABLE authtoken_token (key varchar(40) PRIMARY KEY, created timestamptz NOT NULL,
        user_id integer UNIQUE NOT NULL REFERENCES auth_user);
      INSERT INTO auth_user (username, password, is_superuser, is_active) VALUES
        ('Alice', '@hash', true, true), ('bob', '!unusable', false, false), ('ALICE', 'x', false, true);
      INSERT INTO authtoken_token VALUES ('@key', '2024-02-29 12:00:00.123456+00', 1);
      """;

  private static List<String> blocks() throws Exception {
    return Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
        .matcher(Files.readString(PAGE))
        .results()
        .map((MatchResult block) -> block.group(1))
        .toList();
  }

  @Test
  @DisplayName("ST-3, PW-3, TK-6 users of Django log in by their names, and their keys are found")
  void moves() throws Exception {
    try (HikariDataSource pool = Databases.POSTGRESQL.newDatabase()) {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      Databases.execute(pool, TABLES.replace("@hash", HASH).replace("@key", KEY));
      List<String> sql = blocks();
      assertThat(sql).hasSize(3);
      try (Connection connection = pool.getConnection();
          ResultSet twice = connection.createStatement().executeQuery(sql.get(0))) {
        assertThat(twice.next()).isTrue();
        assertThat(twice.getString(1)).isEqualTo("alice");
        assertThat(twice.next()).isFalse();
      }
      Databases.execute(pool, "UPDATE auth_user SET username = 'alice2' WHERE username = 'ALICE'");
      Databases.execute(pool, sql.get(1));
      Databases.execute(pool, sql.get(2));

      AccountStore users = stores.accounts();
      User alice = users.findByName("ALICE").orElseThrow();
      assertThat(alice.name()).isEqualTo("Alice");
      assertThat(alice.principal().roles()).containsExactly("admin");
      assertThat(users.findByName("bob").orElseThrow().passwordHash()).isEmpty();
      assertThat(users.findByName("bob").orElseThrow().isActive()).isFalse();
      Passwords passwords =
          Passwords.builder(AuthEnvironment.standard(), users)
              .formats(PasswordFormat.django())
              .build();
      assertThat(
              passwords.verify(
                  "alice",
                  Password.of("correct horse battery staple"),
                  new Client(InetAddress.getLoopbackAddress(), "")))
          .isInstanceOf(PasswordResult.Verified.class);
      assertThat(users.findByName("alice").orElseThrow().passwordHash().orElseThrow())
          .startsWith("$2b$");

      TokenRecord token =
          stores
              .tokens()
              .find(TokenKind.TOKEN, SecretDigest.of(KEY), Instant.now(), users)
              .orElseThrow()
              .record();
      assertThat(token.userId()).isEqualTo(alice.id());
      assertThat(token.createdAt()).isEqualTo("2024-02-29T12:00:00.123Z");
      assertThat(token.endsAt()).isEmpty();
      assertThat(token.scopes()).isEmpty();
    }
  }
}

package com.example.snippets;

import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A host's own table of users, in memory, as docs/stores.md has it. */
final class MembersTable {
  private final JdbcDataSource dataSource = new JdbcDataSource();

  MembersTable() {
    dataSource.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          CREATE TABLE members (
            id BIGINT PRIMARY KEY, login VARCHAR(300) NOT NULL, login_key VARCHAR(300) UNIQUE,
            hash VARCHAR(1000), active BOOLEAN NOT NULL, epoch BIGINT NOT NULL)
          """);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  DataSource dataSource() {
    return dataSource;
  }

  void add(User user) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO members VALUES (?, ?, ?, ?, ?, ?)")) {
      insert.setLong(1, Long.parseLong(user.id()));
      insert.setString(2, user.name());
      insert.setString(3, Username.key(user.name()));
      insert.setString(4, user.passwordHash().orElse(null));
      insert.setBoolean(5, user.isActive());
      insert.setLong(6, user.epoch());
      insert.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** It knows no roles, one epoch and no versions. */
  static User asKept(User user) {
    return user.toBuilder().roles(Set.of()).revocationEpoch(user.epoch()).version(0).build();
  }
}

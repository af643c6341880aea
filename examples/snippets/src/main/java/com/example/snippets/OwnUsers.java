package com.example.snippets;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** The users of a table that was there before. */
public record OwnUsers(DataSource dataSource) implements CredentialStore {
  @Override
  public Optional<User> findByName(String name) {
    return find("login_key = ?", Username.key(name));
  }

  @Override
  public Optional<User> findById(String id) {
    return find("CAST(id AS VARCHAR(20)) = ?", id);
  }

  private Optional<User> find(String condition, String value) {
    String sql = "SELECT id, login, hash, active, epoch FROM members WHERE " + condition;
    try (Connection connection = dataSource.getConnection();
        PreparedStatement find = connection.prepareStatement(sql)) {
      find.setString(1, value);
      try (ResultSet row = find.executeQuery()) {
        return row.next() ? Optional.of(user(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw new StoreUnavailableException("The members can't be read", e);
    }
  }

  private static User user(ResultSet row) throws SQLException {
    long epoch = row.getLong("epoch");
    return User.builder(row.getString("id"), row.getString("login"))
        .passwordHash(row.getString("hash"))
        .active(row.getBoolean("active"))
        .epoch(epoch)
        .revocationEpoch(epoch)
        .build();
  }
}

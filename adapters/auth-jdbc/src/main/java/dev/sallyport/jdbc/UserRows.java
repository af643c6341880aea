package dev.sallyport.jdbc;

import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;

/** How a user stands in a row of {@code sallyport_users}. */
final class UserRows {
  static final int MAX_ID = 255;
  static final int MAX_NAME = 300;
  static final int MAX_HASH = 1000;

  /** In the order in which {@link #read} finds them. */
  static final String COLUMNS =
      "u.id, u.name, u.password_hash, u.roles, u.active, u.epoch, u.revocation_epoch, u.version";

  private UserRows() {}

  /** Reads the user whose columns begin there. */
  static User read(ResultSet row, int first) throws SQLException {
    return User.builder(row.getString(first), row.getString(first + 1))
        .passwordHash(row.getString(first + 2))
        .roles(Objects.requireNonNull(Texts.readSet(row.getString(first + 3)), "roles"))
        .active(row.getBoolean(first + 4))
        .epoch(row.getLong(first + 5))
        .revocationEpoch(row.getLong(first + 6))
        .version(row.getLong(first + 7))
        .build();
  }

  /**
   * Binds name, name_key, password_hash, roles, active, epoch and revocation_epoch.
   *
   * @return the next parameter
   */
  static int bind(PreparedStatement statement, int first, User user) throws SQLException {
    Set<String> roles = user.principal().roles();
    String hash = user.passwordHash().orElse(null);
    statement.setString(first, Texts.key("username", user.name(), MAX_NAME));
    statement.setString(first + 1, Texts.key("username", Username.key(user.name()), MAX_NAME));
    statement.setString(
        first + 2, hash == null ? null : Texts.key("password hash", hash, MAX_HASH));
    statement.setString(first + 3, Texts.writtenSet("roles", roles));
    statement.setBoolean(first + 4, user.isActive());
    statement.setLong(first + 5, user.epoch());
    statement.setLong(first + 6, user.revocationEpoch());
    return first + 7;
  }
}

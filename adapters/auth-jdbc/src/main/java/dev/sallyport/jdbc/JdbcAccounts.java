package dev.sallyport.jdbc;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Users in {@code sallyport_users}; each change is one conditional statement. */
final class JdbcAccounts implements AccountStore {
  private static final String FIND =
      "SELECT " + UserRows.COLUMNS + " FROM sallyport_users u WHERE u.";

  private static final String INSERT =
      """
      INSERT INTO sallyport_users (
        name, name_key, password_hash, roles, active, epoch, revocation_epoch, id, version)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE =
      """
      UPDATE sallyport_users SET name = ?, name_key = ?, password_hash = ?, roles = ?, active = ?,
        epoch = ?, revocation_epoch = ?, version = version + 1
      WHERE id = ? AND version = ?
      """;

  private static final String REPLACE_HASH =
      """
      UPDATE sallyport_users SET password_hash = ?, version = version + 1
      WHERE id = ? AND password_hash = ?
      """;

  private static final String DELETE = "DELETE FROM sallyport_users WHERE id = ? AND version = ?";

  private final Database database;

  JdbcAccounts(Database database) {
    this.database = database;
  }

  /** Whether its rows can be joined with those of a token store. */
  boolean isIn(Database other) {
    return database == other;
  }

  @Override
  public Optional<User> findByName(String name) {
    String key = Username.key(name);
    return Texts.isKey(key, UserRows.MAX_NAME) ? find("name_key = ?", key) : Optional.empty();
  }

  @Override
  public Optional<User> findById(String id) {
    return Texts.isKey(id, UserRows.MAX_ID) ? find("id = ?", id) : Optional.empty();
  }

  private Optional<User> find(String condition, String value) {
    return database.run(
        "find a user",
        connection -> {
          try (PreparedStatement find = database.prepare(connection, FIND + condition)) {
            find.setString(1, value);
            try (ResultSet row = find.executeQuery()) {
              return row.next() ? Optional.of(UserRows.read(row, 1)) : Optional.empty();
            }
          }
        });
  }

  @Override
  public Change insert(User user) {
    String id = Texts.key("user's id", user.id(), UserRows.MAX_ID);
    try {
      return database.run("add a user", connection -> insert(connection, id, user));
    } catch (DuplicateKeyException e) {
      if (findById(id).isPresent()) {
        throw new IllegalArgumentException("There is already a user with the id " + id);
      }
      return Change.NAME_TAKEN;
    }
  }

  private Change insert(Connection connection, String id, User user) throws SQLException {
    try (PreparedStatement insert = database.prepare(connection, INSERT)) {
      int next = UserRows.bind(insert, 1, user);
      insert.setString(next, id);
      insert.setLong(next + 1, user.version());
      insert.executeUpdate();
      return Change.DONE;
    }
  }

  @Override
  public Change update(User expected, User next) {
    if (!expected.id().equals(next.id())) {
      throw new IllegalArgumentException("An update can't change the id of a user");
    }
    if (!Texts.isKey(next.id(), UserRows.MAX_ID)) {
      return Change.STALE;
    }
    try {
      return database.run("change a user", connection -> update(connection, expected, next));
    } catch (DuplicateKeyException e) {
      return Change.NAME_TAKEN;
    }
  }

  private Change update(Connection connection, User expected, User user) throws SQLException {
    try (PreparedStatement update = database.prepare(connection, UPDATE)) {
      int next = UserRows.bind(update, 1, user);
      return change(update, next, expected);
    }
  }

  /** Binds which row it is, as of which version. */
  private static Change change(PreparedStatement statement, int first, User expected)
      throws SQLException {
    statement.setString(first, expected.id());
    statement.setLong(first + 1, expected.version());
    return statement.executeUpdate() == 1 ? Change.DONE : Change.STALE;
  }

  @Override
  public Change delete(User expected) {
    if (!Texts.isKey(expected.id(), UserRows.MAX_ID)) {
      return Change.STALE;
    }
    return database.run(
        "remove a user",
        connection -> {
          try (PreparedStatement delete = database.prepare(connection, DELETE)) {
            return change(delete, 1, expected);
          }
        });
  }

  @Override
  public boolean replaceHash(String id, String expected, String replacement) {
    if (!Texts.isKey(id, UserRows.MAX_ID) || !Texts.isKey(expected, UserRows.MAX_HASH)) {
      return false;
    }
    String next = Texts.key("password hash", replacement, UserRows.MAX_HASH);
    return database.run(
        "change a user's password hash",
        connection -> {
          try (PreparedStatement replace = database.prepare(connection, REPLACE_HASH)) {
            replace.setString(1, next);
            replace.setString(2, id);
            replace.setString(3, expected);
            return replace.executeUpdate() == 1;
          }
        });
  }

  @Override
  public String toString() {
    return "JdbcAccounts[" + database + "]";
  }
}

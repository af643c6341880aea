package dev.sallyport.jdbc;

import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
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
    return database
        .run("find a user", on -> on.query(FIND + condition, UserRows::read, value))
        .stream()
        .findFirst();
  }

  @Override
  public Change insert(User user) {
    String id = Texts.key("user's id", user.id(), UserRows.MAX_ID);
    try {
      database.run("add a user", on -> on.change(INSERT, UserRows.state(user), id, user.version()));
      return Change.DONE;
    } catch (DuplicateKeyException e) {
      if (findById(id).isPresent()) {
        throw new IllegalArgumentException("There is already a user with the id " + id);
      }
      return Change.NAME_TAKEN;
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
      return changed(
          database.run(
              "change a user",
              on -> on.change(UPDATE, UserRows.state(next), expected.id(), expected.version())));
    } catch (DuplicateKeyException e) {
      return Change.NAME_TAKEN;
    }
  }

  @Override
  public Change delete(User expected) {
    if (!Texts.isKey(expected.id(), UserRows.MAX_ID)) {
      return Change.STALE;
    }
    return changed(
        database.run("remove a user", on -> on.change(DELETE, expected.id(), expected.version())));
  }

  private static Change changed(int rows) {
    return rows == 1 ? Change.DONE : Change.STALE;
  }

  @Override
  public boolean replaceHash(String id, String expected, String replacement) {
    if (!Texts.isKey(id, UserRows.MAX_ID) || !Texts.isKey(expected, UserRows.MAX_HASH)) {
      return false;
    }
    String next = Texts.key("password hash", replacement, UserRows.MAX_HASH);
    return database.run(
            "change a user's password hash", on -> on.change(REPLACE_HASH, next, id, expected))
        == 1;
  }

  @Override
  public String toString() {
    return "JdbcAccounts[" + database + "]";
  }
}

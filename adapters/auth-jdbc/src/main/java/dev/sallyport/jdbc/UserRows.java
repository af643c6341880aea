package dev.sallyport.jdbc;

import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Maps users to rows of {@code sallyport_users}. */
final class UserRows {
  static final int MAX_ID = 255;
  static final int MAX_NAME = 300;
  static final int MAX_HASH = 1000;

  /** Columns whose names tokens have as well are renamed, since one row can hold both. */
  static final String COLUMNS =
      "u.id AS owner_id, u.name, u.password_hash, u.roles, u.active, u.epoch AS owner_epoch,"
          + " u.revocation_epoch, u.version AS owner_version";

  private UserRows() {}

  static User read(ResultSet row) throws SQLException {
    return User.builder(row.getString("owner_id"), row.getString("name"))
        .passwordHash(row.getString("password_hash"))
        .roles(Texts.readSet(row.getString("roles")))
        .active(row.getBoolean("active"))
        .epoch(row.getLong("owner_epoch"))
        .revocationEpoch(row.getLong("revocation_epoch"))
        .version(row.getLong("owner_version"))
        .build();
  }

  /** The values of name, name_key, password_hash, roles, active, epoch and revocation_epoch. */
  static List<@Nullable Object> state(User user) {
    return Arrays.asList(
        Texts.key("username", user.name(), MAX_NAME),
        Texts.key("username", Username.key(user.name()), MAX_NAME),
        user.passwordHash().map(hash -> Texts.key("password hash", hash, MAX_HASH)).orElse(null),
        Texts.writtenSet("roles", user.principal().roles()),
        user.isActive(),
        user.epoch(),
        user.revocationEpoch());
  }
}

package dev.sallyport.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries and changes on one connection, with a timeout for each statement. In a statement's
 * values, an instant is given in milliseconds, and a list stands for all its elements.
 */
final class Statements {
  private final Connection connection;
  private final Duration timeout;

  Statements(Connection connection, Duration timeout) {
    this.connection = connection;
    this.timeout = timeout;
  }

  /** Reads one row, without moving on. */
  interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  <T> List<T> query(String sql, Reader<T> reader, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      prepare(statement, values);
      List<T> found = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          found.add(reader.read(row));
        }
      }
      return found;
    }
  }

  /** Returns how many rows it changed. */
  int change(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      prepare(statement, values);
      return statement.executeUpdate();
    }
  }

  private void prepare(PreparedStatement statement, Object... values) throws SQLException {
    statement.setQueryTimeout((int) timeout.toSeconds());
    int next = 1;
    for (Object value : values) {
      List<?> each = value instanceof List<?> list ? list : List.of(value);
      for (Object one : each) {
        statement.setObject(next++, one instanceof Instant time ? time.toEpochMilli() : one);
      }
    }
  }
}

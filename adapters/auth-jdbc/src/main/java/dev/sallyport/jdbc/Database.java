package dev.sallyport.jdbc;

import dev.sallyport.StoreUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs statements, each with a timeout; retries after a conflict with another transaction, until
 * the timeout is over; and translates its errors into this library's. A connection goes back as it
 * came.
 */
final class Database {
  /** The pause before a retry; without it, two in conflict can keep meeting until time is up. */
  private static final long PAUSE_NANOS = 10_000_000;

  private final Connections connections;
  private final Dialect dialect;
  private final Duration timeout;

  private Database(Connections connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
    this.timeout = connections.timeout();
  }

  /** Work on a connection, which it must not keep. */
  interface Work<T> {
    T on(Statements statements) throws SQLException;
  }

  static Database connect(Connections connections) {
    try (Connection connection = connections.take()) {
      return new Database(
          connections, Dialect.of(connection.getMetaData().getDatabaseProductName()));
    } catch (SQLException e) {
      throw new StoreUnavailableException("The database can't be reached", e);
    }
  }

  Dialect dialect() {
    return dialect;
  }

  /**
   * Runs one statement, or several that are independent of each other.
   *
   * @param what what could not be done, for the message: "find a user"
   * @throws DuplicateKeyException if a key is taken
   */
  <T> T run(String what, Work<T> work) {
    return retried(what, false, work);
  }

  /** Like {@link #run}, but runs several statements in one transaction: all or none take effect. */
  <T> T transact(String what, Work<T> work) {
    return retried(what, true, work);
  }

  private <T> T retried(String what, boolean whole, Work<T> work) {
    long start = System.nanoTime();
    while (true) {
      try {
        return once(whole, work);
      } catch (SQLException e) {
        if (dialect.isDuplicate(e)) {
          throw new DuplicateKeyException();
        }
        if (!dialect.isConflict(e) || System.nanoTime() - start >= timeout.toNanos()) {
          throw new StoreUnavailableException("The database could not " + what, withoutData(e));
        }
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Drops a message about refused data, since it quotes the data. */
  private static SQLException withoutData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("23")
        ? new SQLException("The database refused the data", state, e.getErrorCode())
        : e;
  }

  private <T> T once(boolean whole, Work<T> work) throws SQLException {
    try (Connection connection = connections.take();
        Loan loan = new Loan(connection)) {
      if (dialect.timesConnections()) {
        loan.keepQueryTimeout();
      } else {
        loan.limitSilence(timeout);
      }
      if (whole && dialect.looksBeforeItWaits()) {
        loan.readCommitted();
      }
      loan.begin(whole);
      T result = work.on(new Statements(connection, timeout));
      loan.commit();
      return result;
    }
  }

  @Override
  public String toString() {
    return dialect.toString();
  }
}

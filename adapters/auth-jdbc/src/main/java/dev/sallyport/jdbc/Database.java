package dev.sallyport.jdbc;

import dev.sallyport.StoreUnavailableException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Runs statements: with a timeout each, once more where the database says that two got in each
 * other's way, and with its errors as this library's. A connection goes back as it came.
 */
final class Database {
  /** How much longer than a statement its connection may be silent, so that it can be cancelled. */
  private static final int GRACE_MILLIS = 1000;

  /** Before another try: else two that wait for each other can meet again, until time is up. */
  private static final long PAUSE_NANOS = 10_000_000;

  private final Connections connections;
  private final Dialect dialect;
  private final Duration timeout;

  private Database(Connections connections, Dialect dialect) {
    this.connections = connections;
    this.dialect = dialect;
    this.timeout = connections.timeout();
  }

  /** What is done with a connection. It is not closed, and nothing of it is kept. */
  interface Work<T> {
    T on(Connection connection) throws SQLException;
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

  /** A statement that has no more time than it may have. */
  PreparedStatement prepare(Connection connection, String sql) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    if (!dialect.timesConnections()) {
      statement.setQueryTimeout((int) timeout.toSeconds());
    }
    return statement;
  }

  /**
   * Runs one statement, or several each of which can stand alone.
   *
   * @param what what could not be done, if it fails: "find a user"
   * @throws DuplicateKeyException if a key is taken
   */
  <T> T run(String what, Work<T> work) {
    return retried(what, false, work);
  }

  /** Runs several statements of which all are done or none, as {@link #run}. */
  <T> T transact(String what, Work<T> work) {
    return retried(what, true, work);
  }

  private <T> T retried(String what, boolean whole, Work<T> work) {
    long start = System.nanoTime();
    while (true) {
      try (Connection connection = connections.take()) {
        return dialect.timesConnections()
            ? timed(connection, whole, work)
            : bounded(connection, whole, work);
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

  /** What a database says of data that it refuses, it says with the data: not kept. */
  private static SQLException withoutData(SQLException e) {
    String state = String.valueOf(e.getSQLState());
    return state.startsWith("22") || state.startsWith("23")
        ? new SQLException("The database refused the data", state, e.getErrorCode())
        : e;
  }

  /** The timeout of any statement becomes that of all which follow on its connection. */
  private <T> T timed(Connection connection, boolean whole, Work<T> work) throws SQLException {
    try (Statement any = connection.createStatement()) {
      int before = any.getQueryTimeout();
      return between(
          () -> any.setQueryTimeout((int) timeout.toSeconds()),
          () -> on(connection, whole, work),
          () -> any.setQueryTimeout(before));
    }
  }

  /** A statement's timeout needs a server that answers; this one needs none. */
  private <T> T bounded(Connection connection, boolean whole, Work<T> work) throws SQLException {
    int before = connection.getNetworkTimeout();
    int millis = (int) timeout.toMillis() + GRACE_MILLIS;
    return between(
        () -> connection.setNetworkTimeout(Runnable::run, millis),
        () -> on(connection, whole, work),
        () -> connection.setNetworkTimeout(Runnable::run, before));
  }

  /** Above READ COMMITTED, what is read under a lock can be as old as the wait for it. */
  private <T> T on(Connection connection, boolean whole, Work<T> work) throws SQLException {
    if (!whole || !dialect.looksBeforeItWaits()) {
      return committed(connection, whole, work);
    }
    int before = connection.getTransactionIsolation();
    return before == Connection.TRANSACTION_READ_COMMITTED
        ? committed(connection, true, work)
        : between(
            () -> connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED),
            () -> committed(connection, true, work),
            () -> connection.setTransactionIsolation(before));
  }

  private static <T> T committed(Connection connection, boolean whole, Work<T> work)
      throws SQLException {
    if (!connection.getAutoCommit()) {
      return transaction(connection, work);
    }
    return whole
        ? between(
            () -> connection.setAutoCommit(false),
            () -> transaction(connection, work),
            () -> connection.setAutoCommit(true))
        : work.on(connection);
  }

  private static <T> T transaction(Connection connection, Work<T> work) throws SQLException {
    boolean done = false;
    try {
      T result = work.on(connection);
      connection.commit();
      done = true;
      return result;
    } finally {
      if (!done) {
        restore(false, connection::rollback);
      }
    }
  }

  private interface Body<T> {
    T run() throws SQLException;
  }

  /** Does something between a change of the connection and its undoing. */
  private static <T> T between(Step change, Body<T> body, Step undo) throws SQLException {
    change.run();
    boolean done = false;
    try {
      T result = body.run();
      done = true;
      return result;
    } finally {
      restore(done, undo);
    }
  }

  /** What changes a connection, or puts it back as it was. */
  private interface Step {
    void run() throws SQLException;
  }

  /** Where the work has failed, that is what is told, and a broken connection can't be mended. */
  private static void restore(boolean done, Step step) throws SQLException {
    try {
      step.run();
    } catch (SQLException e) {
      if (done) {
        throw e;
      }
    }
  }

  @Override
  public String toString() {
    return dialect.toString();
  }
}

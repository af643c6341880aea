package dev.sallyport.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Temporary changes to a connection. Closing undoes them, the last first: uncommitted work is
 * rolled back, and settings are restored.
 */
final class Loan implements AutoCloseable {
  /**
   * How much longer than a statement its connection may stay silent, so that it can be cancelled.
   */
  private static final int GRACE_MILLIS = 1000;

  private final Connection connection;
  private final Deque<Step> undoing = new ArrayDeque<>();
  private boolean open;

  Loan(Connection connection) {
    this.connection = connection;
  }

  private interface Step {
    void run() throws SQLException;
  }

  /** A statement's timeout needs a server that responds; this one doesn't. */
  void limitSilence(Duration timeout) throws SQLException {
    int before = connection.getNetworkTimeout();
    int millis = (int) timeout.toMillis() + GRACE_MILLIS;
    connection.setNetworkTimeout(Runnable::run, millis);
    undoing.push(() -> connection.setNetworkTimeout(Runnable::run, before));
  }

  /** For databases where a statement's timeout also applies to all that follow. */
  void keepQueryTimeout() throws SQLException {
    try (Statement any = connection.createStatement()) {
      int before = any.getQueryTimeout();
      undoing.push(() -> setQueryTimeout(before));
    }
  }

  private void setQueryTimeout(int seconds) throws SQLException {
    try (Statement any = connection.createStatement()) {
      any.setQueryTimeout(seconds);
    }
  }

  /** Above READ COMMITTED, data read under a lock can be from before the wait for it. */
  void readCommitted() throws SQLException {
    int before = connection.getTransactionIsolation();
    if (before != Connection.TRANSACTION_READ_COMMITTED) {
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      undoing.push(() -> connection.setTransactionIsolation(before));
    }
  }

  /** Without auto-commit, a statement begins a transaction by itself. */
  void begin(boolean whole) throws SQLException {
    boolean automatic = connection.getAutoCommit();
    if (automatic && whole) {
      connection.setAutoCommit(false);
      undoing.push(() -> connection.setAutoCommit(true));
    }
    open = whole || !automatic;
    undoing.push(this::rollBack);
  }

  private void rollBack() throws SQLException {
    if (open) {
      connection.rollback();
    }
  }

  void commit() throws SQLException {
    if (open) {
      connection.commit();
      open = false;
    }
  }

  /** If one can't be undone, the others still are. */
  @Override
  public void close() throws SQLException {
    SQLException failure = null;
    for (Step step : undoing) {
      try {
        step.run();
      } catch (SQLException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}

package dev.sallyport.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;

/**
 * A host's connections, for which no thread waits longer than the timeout, whatever the pool's own
 * is. A thread that waits too long is interrupted. The check runs only while some thread waits, on
 * the JDK's own timer thread: a request pays for an entry in a set, and there is nothing to close.
 */
final class Connections {
  private static final int ROUNDS_EACH_TIMEOUT = 8;

  private final DataSource dataSource;
  private final Duration timeout;
  private final Executor lookOut;
  private final Set<Wait> waits = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean looking = new AtomicBoolean();

  Connections(DataSource dataSource, Duration timeout) {
    this.dataSource = dataSource;
    this.timeout = timeout;
    lookOut =
        CompletableFuture.delayedExecutor(
            timeout.toMillis() / ROUNDS_EACH_TIMEOUT, TimeUnit.MILLISECONDS, Runnable::run);
  }

  Duration timeout() {
    return timeout;
  }

  Connection take() throws SQLException {
    Wait wait = new Wait(Thread.currentThread(), System.nanoTime() + timeout.toNanos());
    waits.add(wait);
    if (looking.compareAndSet(false, true)) {
      lookOut.execute(this::look);
    }
    try {
      return dataSource.getConnection();
    } catch (SQLException e) {
      if (wait.isOver()) {
        throw new SQLTransientConnectionException("no connection within " + timeout, e);
      }
      throw e;
    } catch (RuntimeException e) { // a pool that opens with its first connection
      throw new SQLTransientConnectionException("no connection", e);
    } finally {
      waits.remove(wait);
      wait.end();
    }
  }

  private void look() {
    long now = System.nanoTime();
    waits.forEach(wait -> wait.interruptAfter(now));
    looking.set(false);
    if (!waits.isEmpty() && looking.compareAndSet(false, true)) {
      lookOut.execute(this::look);
    }
  }

  /** One waiting thread. No interrupt reaches it after {@link #end}. */
  private static final class Wait {
    private final Thread thread;
    private final long until;
    private boolean ended;
    private boolean over;

    Wait(Thread thread, long until) {
      this.thread = thread;
      this.until = until;
    }

    synchronized void interruptAfter(long now) {
      if (!ended && !over && now - until >= 0) {
        over = true;
        thread.interrupt();
      }
    }

    synchronized boolean isOver() {
      return over;
    }

    synchronized void end() {
      ended = true;
      if (over) {
        Thread.interrupted(); // the interrupt was ours
      }
    }
  }
}

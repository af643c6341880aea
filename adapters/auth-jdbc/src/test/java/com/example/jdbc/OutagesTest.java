package com.example.jdbc;

import static com.example.jdbc.Samples.NOW;
import static com.example.jdbc.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens where there is no connection to be had. */
@Timeout(20)
class OutagesTest {
  private final String url = Databases.H2.emptiedUrl();
  private final DataSource real = Databases.H2.emptied();
  private final AtomicReference<Watched.Source> source = new AtomicReference<>(real::getConnection);
  private final DataSource dataSource = Watched.source(() -> source.get().get());
  private final TokenStore tokens =
      JdbcStores.builder(dataSource).timeout(Duration.ofSeconds(1)).build().tokens();
  private final TokenRecord record = session("u").build();

  @BeforeEach
  void insert() {
    tokens.insert(record, TokenLimit.NONE, NOW);
  }

  @AfterEach
  void leavesNoInterrupt() {
    assertThat(Thread.interrupted()).as("an interrupt that is left over").isFalse();
  }

  private boolean isThere() {
    return tokens.find(TokenKind.SESSION, record.key(), NOW).isPresent();
  }

  private void assertUnavailable() {
    assertThatThrownBy(this::isThere).isInstanceOf(StoreUnavailableException.class);
  }

  private void assertWorksAgain() {
    source.set(real::getConnection);
    assertThat(isThere()).isTrue();
  }

  /** As pools do: waits, and tells of an interrupt by its own exception. */
  private static Connection waitFor(CountDownLatch latch, boolean keepsFlag) throws SQLException {
    try {
      latch.await();
      throw new SQLException("there was none");
    } catch (InterruptedException e) {
      if (keepsFlag) {
        Thread.currentThread().interrupt();
      }
      throw new SQLException("interrupted", e);
    }
  }

  @Test
  @DisplayName("ST-6 A source that gives no connection is waited for in bounded time")
  void waitsNoLonger() {
    for (boolean keepsFlag : List.of(true, false)) {
      source.set(() -> waitFor(new CountDownLatch(1), keepsFlag));
      assertThatThrownBy(this::isThere)
          .isInstanceOf(StoreUnavailableException.class)
          .hasStackTraceContaining("no connection within PT1S");
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      assertWorksAgain();
    }
  }

  @Test
  @DisplayName("ST-6 Many wait at once, each no longer than it may")
  void manyWait() throws InterruptedException {
    source.set(() -> waitFor(new CountDownLatch(1), true));
    List<Thread> threads = new ArrayList<>();
    CountDownLatch refused = new CountDownLatch(20);
    for (int i = 0; i < 20; i++) {
      Thread thread =
          new Thread(
              () -> {
                assertUnavailable();
                if (!Thread.currentThread().isInterrupted()) {
                  refused.countDown();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(refused.getCount()).isZero();
    assertWorksAgain();
  }

  @Test
  @DisplayName(
      "ST-6 A pool that has none left is waited for no longer than the timeout, not its own")
  void poolHasNoneLeft() throws SQLException {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(Duration.ofMinutes(10).toMillis());
    try (HikariDataSource pool = new HikariDataSource(config)) {
      try (Connection only = pool.getConnection()) {
        source.set(pool::getConnection);
        assertUnavailable();
        assertThat(only.isClosed()).isFalse();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
      }
      tokens.insert(
          record.toBuilder(Samples.key("another"), "another").build(), TokenLimit.NONE, NOW);
      assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
    }
    assertThatThrownBy(this::isThere).isInstanceOf(StoreUnavailableException.class);
    assertWorksAgain();
  }

  @Test
  @DisplayName("ST-6 An interrupt of the caller's own ends the wait and stays visible")
  void callersInterruptStays() throws InterruptedException {
    CountDownLatch waiting = new CountDownLatch(1);
    AtomicReference<Boolean> stayed = new AtomicReference<>();
    TokenStore patient =
        JdbcStores.builder(dataSource).timeout(Duration.ofSeconds(60)).build().tokens();
    source.set(
        () -> {
          waiting.countDown();
          return waitFor(new CountDownLatch(1), true);
        });
    Thread caller =
        new Thread(
            () -> {
              assertThatThrownBy(() -> patient.find(TokenKind.SESSION, record.key(), NOW))
                  .isInstanceOf(StoreUnavailableException.class);
              stayed.set(Thread.currentThread().isInterrupted());
            });
    caller.start();
    waiting.await();
    caller.interrupt();
    caller.join();
    assertThat(stayed).hasValue(true);
  }

  @Test
  @DisplayName("ST-6 A caller who was interrupted before stays so, found or not")
  void earlierInterruptStays() {
    Thread.currentThread().interrupt();
    assertThat(isThere()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
    source.set(() -> waitFor(new CountDownLatch(1), true));
    assertUnavailable();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("ST-6 An interrupt that comes too late for a source that ignores it is taken back")
  void takesBack() {
    source.set(
        () -> {
          while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
          }
          return real.getConnection();
        });
    assertThat(isThere()).isTrue();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  @DisplayName("ST-6 A source that fails is an outage, by whatever exception")
  void fails() {
    source.set(
        () -> {
          throw new SQLTransientConnectionException("down");
        });
    assertUnavailable();
    source.set(
        () -> {
          throw new IllegalStateException("a pool that could not open");
        });
    assertUnavailable();
    assertThatThrownBy(() -> JdbcStores.of(dataSource))
        .isInstanceOf(StoreUnavailableException.class);
    assertWorksAgain();
  }

  @Test
  @DisplayName("ST-6 A connection that is broken is an outage")
  void givesBroken() {
    source.set(
        () -> {
          Connection closed = real.getConnection();
          closed.close();
          return closed;
        });
    assertUnavailable();
    assertThatThrownBy(
            () ->
                tokens.insert(
                    session("u").build(), new TokenLimit(1, TokenLimit.WhenFull.REFUSE_NEW), NOW))
        .isInstanceOf(StoreUnavailableException.class);
    assertWorksAgain();
  }
}

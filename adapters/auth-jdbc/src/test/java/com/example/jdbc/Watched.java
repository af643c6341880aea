package com.example.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A pool of one connection that resets nothing, and tells what was done with it. */
final class Watched implements AutoCloseable {
  /** What must be the same after as before. */
  record State(boolean autoCommit, int isolation, int networkTimeout, int queryTimeout) {}

  private final Connection connection;
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicInteger returned = new AtomicInteger();
  private final AtomicInteger executed = new AtomicInteger();
  private final AtomicInteger open = new AtomicInteger();

  Watched(String url) throws SQLException {
    connection = DriverManager.getConnection(url);
  }

  DataSource dataSource() {
    return proxy(
        DataSource.class,
        this,
        (call, name) -> {
          if (!name.equals("getConnection")) {
            throw new UnsupportedOperationException(name);
          }
          taken.incrementAndGet();
          return proxy(Connection.class, connection, this::onConnection);
        });
  }

  private Object onConnection(Call call, String name) throws Throwable {
    if (name.equals("close")) {
      returned.incrementAndGet();
      return null;
    }
    Object result = call.run();
    if (result instanceof PreparedStatement statement) {
      open.incrementAndGet();
      return proxy(PreparedStatement.class, statement, this::onStatement);
    }
    if (result instanceof Statement statement) {
      open.incrementAndGet();
      return proxy(Statement.class, statement, this::onStatement);
    }
    return result;
  }

  private Object onStatement(Call call, String name) throws Throwable {
    if (name.startsWith("execute")) {
      executed.incrementAndGet();
    } else if (name.equals("close")) {
      open.decrementAndGet();
    }
    return call.run();
  }

  private interface Call {
    Object run() throws Throwable;
  }

  private interface Behaviour {
    Object of(Call call, String name) throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Object target, Behaviour behaviour) {
    InvocationHandler handler =
        (proxy, method, arguments) ->
            behaviour.of(() -> invoke(target, method, arguments), method.getName());
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** The connection behind it, to set what a host may have set. */
  Connection connection() {
    return connection;
  }

  State state() throws SQLException {
    try (Statement any = connection.createStatement()) {
      return new State(
          connection.getAutoCommit(),
          connection.getTransactionIsolation(),
          connection.getNetworkTimeout(),
          any.getQueryTimeout());
    }
  }

  /** How many statements ran since the last call. */
  int executed() {
    return executed.getAndSet(0);
  }

  /** Connections and statements that were not given back. */
  int kept() {
    return taken.get() - returned.get() + open.get();
  }

  int taken() {
    return taken.get();
  }

  /** A source of connections that does something else than its own. */
  static DataSource source(Source source) {
    return proxy(DataSource.class, source, (call, name) -> source.get());
  }

  /** Gives connections, or does not. */
  interface Source {
    Connection get() throws SQLException;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}

package com.example.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A wire between driver and server that can go silent, or be cut. */
final class Wire implements AutoCloseable {
  private enum State {
    WHOLE,
    SILENT,
    CUT
  }

  private final ServerSocket door;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.WHOLE;
  private volatile boolean gaveUp;

  Wire(int serverPort) throws IOException {
    this.serverPort = serverPort;
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    start(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Nothing gets through, and nobody is told: not before half a minute, in which tests fail. */
  void silence() {
    set(State.SILENT);
    CompletableFuture.delayedExecutor(30, TimeUnit.SECONDS).execute(this::giveUp);
  }

  private void giveUp() {
    lock.lock();
    try {
      gaveUp = state == State.SILENT;
    } finally {
      lock.unlock();
    }
    if (gaveUp) {
      cut();
    }
  }

  boolean gaveUp() {
    return gaveUp;
  }

  /** All connections are cut, and new ones as well. */
  void cut() {
    set(State.CUT);
    cutThoseThatAre();
  }

  /** New ones get through. */
  void cutThoseThatAre() {
    sockets.forEach(Wire::shut);
  }

  void mend() {
    set(State.WHOLE);
  }

  private void set(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = door.accept();
        sockets.add(client);
        start(() -> connect(client));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void connect(Socket client) {
    try {
      awaitWhole();
      Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
      sockets.add(server);
      start(() -> forward(client, server));
      forward(server, client);
    } catch (IOException e) {
      shut(client);
    }
  }

  private void forward(Socket from, Socket to) {
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitWhole();
        out.write(buffer, 0, read);
      }
    } catch (IOException e) {
      // cut
    } finally {
      shut(from);
      shut(to);
    }
  }

  private void awaitWhole() throws IOException {
    lock.lock();
    try {
      while (state == State.SILENT) {
        changed.awaitUninterruptibly();
      }
      if (state == State.CUT) {
        throw new IOException("cut");
      }
    } finally {
      lock.unlock();
    }
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "wire");
    thread.setDaemon(true);
    thread.start();
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    cut();
  }
}

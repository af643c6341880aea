package com.example.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The way to a server on this machine, which can be cut, and blocked. */
final class Cable implements AutoCloseable {
  /** No client has this address, so that nobody takes the port while the door is shut. */
  static final String HOST = "127.0.0.77";

  private final int target;
  private final InetSocketAddress address;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private ServerSocket door;
  private boolean blocked;
  private int made;

  /** Those up to this one let nothing through for good. */
  private int lost;

  /** Those up to this one have ended. */
  private int ended;

  Cable(int target) throws IOException {
    this.target = target;
    door = new ServerSocket(0, 50, RunningDemo.loopback(77));
    address = (InetSocketAddress) door.getLocalSocketAddress();
    accept(door);
  }

  String url(String database) {
    return "jdbc:postgresql://" + HOST + ":" + port() + "/" + database + "?user=postgres";
  }

  int port() {
    return address.getPort();
  }

  private void accept(ServerSocket door) {
    threads.execute(
        () -> {
          try {
            while (true) {
              Socket client = door.accept();
              open.add(client);
              int number = next();
              if (door.isClosed()) {
                client.close(); // it slipped in while the door was being shut
              } else {
                threads.execute(() -> join(number, client));
              }
            }
          } catch (IOException e) {
            // shut
          }
        });
  }

  private void join(int number, Socket client) {
    try (client;
        Socket server = new Socket(RunningDemo.loopback(1), target)) {
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      open.add(server);
      threads.execute(() -> copy(number, server, client));
      copy(number, client, server);
    } catch (IOException e) {
      // cut
    } finally {
      open.remove(client);
    }
  }

  private void copy(int number, Socket from, Socket to) {
    byte[] buffer = new byte[8192];
    try (from;
        to) {
      for (int n = from.getInputStream().read(buffer);
          n >= 0;
          n = from.getInputStream().read(buffer)) {
        awaitPassage(number);
        to.getOutputStream().write(buffer, 0, n);
      }
    } catch (IOException e) {
      // cut
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(from);
    }
  }

  private synchronized int next() {
    return ++made;
  }

  private synchronized void awaitPassage(int number) throws IOException, InterruptedException {
    while (number > ended && (blocked || number <= lost)) {
      wait();
    }
    if (number <= ended) {
      throw new IOException("cut");
    }
  }

  /** Ends all connections, and refuses new ones. */
  synchronized void cut() {
    try {
      door.close();
      for (Socket socket : open) {
        socket.close();
      }
      ended = made;
      notifyAll();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets nothing through, and says nothing. */
  synchronized void block() {
    blocked = true;
  }

  /** Takes new connections. Those from before stay as they are, ended or silent. */
  synchronized void mend() {
    lost = made;
    blocked = false;
    notifyAll();
    if (door.isClosed()) {
      try {
        door = new ServerSocket();
        door.setReuseAddress(true);
        door.bind(address);
        accept(door);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    cut();
    threads.shutdownNow();
  }
}

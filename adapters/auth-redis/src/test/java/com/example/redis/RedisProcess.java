package com.example.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A real server, started from the tests on a free port; it can be stopped and started again. */
final class RedisProcess implements AutoCloseable {
  /** With an append-only file, as fast as without. */
  static final String[] KEEPING = {"--appendonly", "yes", "--appendfsync", "no"};

  private static final Path BINARY = unpacked();

  private final int port = freePort();
  private final Path folder = newFolder();
  private final List<String> options;
  private Process process;

  private RedisProcess(List<String> options) {
    this.options = options;
    restart();
  }

  /** Starts a server that keeps nothing on disk, unless the options say otherwise. */
  static RedisProcess start(String... options) {
    return new RedisProcess(List.of(options));
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory("redis");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path unpacked() {
    String os = System.getProperty("os.name").startsWith("Mac") ? "darwin" : "linux";
    String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String name = "/redis-server-7.0.15-" + os + (arch.equals("aarch64") ? "-arm64" : "-amd64");
    try (InputStream in = redis.embedded.Redis.class.getResourceAsStream(name)) {
      Path binary = newFolder().resolve("redis-server");
      Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
      if (!binary.toFile().setExecutable(true)) {
        throw new IllegalStateException("This system does not let a test run " + binary);
      }
      return binary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, with what it has on disk. */
  void restart() {
    List<String> command = new ArrayList<>();
    command.addAll(List.of(BINARY.toString(), "--port", Integer.toString(port)));
    command.addAll(List.of("--bind", "127.0.0.1", "--dir", folder.toString(), "--save", ""));
    command.addAll(options);
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = out.readLine();
      while (!line.contains("Ready to accept connections")) {
        line = out.readLine();
      }
      Thread rest = new Thread(() -> drain(out));
      rest.setDaemon(true);
      rest.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void drain(BufferedReader out) {
    try {
      while (out.readLine() != null) {
        // what it says is not wanted, but it must be able to say it
      }
    } catch (IOException e) {
      // it was killed
    }
  }

  /** Kills it, as a crash does. */
  void stop() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it from answering, while connections stay open. */
  void freeze() {
    signal("STOP");
  }

  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  HostAndPort address() {
    return new HostAndPort("127.0.0.1", port);
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  /** A connection for what no store does. */
  Jedis admin() {
    return new Jedis(address());
  }

  @Override
  public void close() {
    stop();
  }
}

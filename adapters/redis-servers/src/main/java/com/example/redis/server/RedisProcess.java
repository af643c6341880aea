package com.example.redis.server;

import java.io.BufferedReader;
import java.io.File;
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
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;

/** A real server, started from the tests on a free port; it can be stopped and started again. */
public final class RedisProcess implements AutoCloseable {
  private static final Path BINARY = unpacked();

  private final int port;
  private final Path folder;
  private final List<String> command;
  private Process process;

  private RedisProcess(Path binary, int port, Path folder, List<String> options) {
    this.port = port;
    this.folder = folder;
    command = new ArrayList<>();
    command.add(binary.toString());
    command.addAll(options);
    command.addAll(List.of("--port", Integer.toString(port), "--dir", folder.toString()));
    if (!options.contains("--bind")) {
      command.addAll(List.of("--bind", "127.0.0.1"));
    }
    restart();
  }

  /** Starts a server that keeps nothing on disk, unless the options say otherwise. */
  public static RedisProcess start(String... options) {
    return start(BINARY, options);
  }

  /** The options for an append-only file, as fast as without. */
  public static String[] keeping() {
    return new String[] {"--appendonly", "yes", "--appendfsync", "no"};
  }

  /** As {@link #start(String...)}, from another binary. */
  public static RedisProcess start(Path binary, String... options) {
    return start(binary, freePort(), List.of(options));
  }

  static RedisProcess start(int port, List<String> options) {
    return start(BINARY, port, options);
  }

  private static RedisProcess start(Path binary, int port, List<String> options) {
    List<String> all = new ArrayList<>(List.of("--save", ""));
    all.addAll(options);
    return new RedisProcess(binary, port, newFolder(), all);
  }

  /**
   * Starts a Sentinel that watches a server under the name {@code main}, and is alone to decide.
   */
  public static RedisProcess sentinel(RedisProcess watched) {
    try {
      Path folder = newFolder();
      Path config = folder.resolve("sentinel.conf");
      Files.writeString(
          config,
          """
          sentinel monitor main 127.0.0.1 %s 1
          sentinel down-after-milliseconds main 500
          sentinel failover-timeout main 5000
          """
              .formatted(watched.port));
      return new RedisProcess(BINARY, freePort(), folder, List.of(config.toString(), "--sentinel"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static int freePort() {
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
      Path folder = newFolder();
      Path binary = folder.resolve("redis-server");
      Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
      folder.toFile().deleteOnExit();
      binary.toFile().deleteOnExit(); // files go in the opposite order
      if (!binary.toFile().setExecutable(true)) {
        throw new IllegalStateException("This system does not let a test run " + binary);
      }
      return binary;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it again, with what it has on disk. */
  public void restart() {
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
      Process started = process;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(started, folder)));
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      String line = "";
      while (!line.contains("Ready to accept connections") && !line.contains("+monitor master")) {
        line = Objects.requireNonNull(out.readLine(), "The server has ended: " + line);
      }
      Thread rest = new Thread(() -> drain(out));
      rest.setDaemon(true);
      rest.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly();
    try (Stream<Path> files = Files.walk(folder)) {
      process.waitFor();
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
    } catch (IOException | InterruptedException e) {
      // what is left in the folder for temporary files harms nobody
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
  public void stop() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Stops it from answering, while connections stay open. */
  public void freeze() {
    signal("STOP");
  }

  public void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public HostAndPort address() {
    return new HostAndPort("127.0.0.1", port);
  }

  public int port() {
    return port;
  }

  public Path folder() {
    return folder;
  }

  /** A connection for what no store does. */
  public Jedis admin() {
    return new Jedis(address());
  }

  @Override
  public void close() {
    stop();
  }
}

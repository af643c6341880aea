package dev.sallyport.benchmarks.hosts;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.LongStream;

/**
 * What the process has used: {@code GET /stats} answers the bytes that its threads have allocated
 * and the nanoseconds of processor time; {@code GET /heap} the bytes that are left after a full
 * collection; {@code GET /compiling} the milliseconds that the JVM has spent compiling.
 */
public final class Stats {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final CompilationMXBean COMPILER = ManagementFactory.getCompilationMXBean();

  private Stats() {}

  /**
   * Begins to answer.
   *
   * @return the server, which can answer more
   */
  public static HttpServer serve(String address, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, port), 0);
    server.createContext(
        "/stats", exchange -> answer(exchange, allocated() + " " + PROCESS.getProcessCpuTime()));
    server.createContext(
        "/compiling",
        exchange -> answer(exchange, Long.toString(COMPILER.getTotalCompilationTime())));
    server.createContext("/heap", exchange -> answer(exchange, Long.toString(heap())));
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange, String text) throws IOException {
    byte[] body = (text + "\n").getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** A thread that ends in between answers −1. */
  private static long allocated() {
    long[] bytes = THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds());
    return LongStream.of(bytes).filter(each -> each > 0).sum();
  }

  private static long heap() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

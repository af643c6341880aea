package dev.sallyport.demo;

import com.sun.net.httpserver.HttpServer;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Site;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The site on the JDK's server, with a page to try it in a browser. Beside the site's settings, it
 * takes {@code THREADS}: with {@code virtual} each request has a virtual thread (JDK 21 and later).
 */
public final class Demo implements Host {
  private final Site site;
  private final HttpServer server;
  private final ExecutorService threads;

  private Demo(Site site, Threads threads) throws IOException, BadSettingException {
    this.site = site;
    this.threads = threads.start();
    InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.server = HttpServer.create(new InetSocketAddress(address, site.port()), 0);
    server.createContext("/", new ExactPaths(site));
    server.setExecutor(this.threads);
    server.start();
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    // Otherwise each response waits 40 ms for the client to acknowledge its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Host.run(Demo::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static Demo start(Map<String, String> env, PrintStream out) throws BadSettingException {
    Threads threads = Threads.of(env.get("THREADS"));
    Demo demo = Host.start(env, out, site -> new Demo(site, threads));
    out.println("Or open it in a browser.\n");
    return demo;
  }

  @Override
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      // The server itself, before JDK 24, waits its whole time though nothing runs.
      threads.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    site.close();
  }
}

package com.example.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The JDK's server on two ports, with handlers for exact paths. */
final class JdkHost {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private JdkHost() {}

  /** A host whose handlers stand at these paths, of which some have everything below them. */
  static RunningHost start(AdapterSite site, Map<String, HttpHandler> exact, HttpHandler others)
      throws IOException {
    HttpServer plain = HttpServer.create(ANY_PORT, 0);
    HttpsServer tls = HttpsServer.create(ANY_PORT, 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(site.serverTls()));
    ExecutorService threads = Executors.newCachedThreadPool();
    for (HttpServer server : List.of(plain, tls)) {
      server.createContext(
          "/", exchange -> exact.getOrDefault(path(exchange), others).handle(exchange));
      server.setExecutor(threads);
      server.start();
    }
    return RunningHost.at(
        plain.getAddress().getPort(),
        tls.getAddress().getPort(),
        () -> {
          plain.stop(0);
          tls.stop(0);
          threads.shutdownNow();
        });
  }

  private static String path(HttpExchange exchange) {
    return String.valueOf(exchange.getRequestURI().getRawPath());
  }
}

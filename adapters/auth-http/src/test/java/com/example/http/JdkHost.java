package com.example.http;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sallyport.testkit.adapter.RunningHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** The JDK's server, with one handler for everything. */
final class JdkHost {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private JdkHost() {}

  static RunningHost plain(HttpHandler handler) throws IOException {
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer server = start(HttpServer.create(ANY_PORT, 0), handler, threads);
    return RunningHost.at(
        server.getAddress().getPort(),
        () -> {
          server.stop(0);
          threads.shutdownNow();
        });
  }

  static RunningHost withTls(SSLContext context, HttpHandler handler) throws IOException {
    HttpsServer tls = HttpsServer.create(ANY_PORT, 0);
    tls.setHttpsConfigurator(new HttpsConfigurator(context));
    ExecutorService threads = Executors.newCachedThreadPool();
    start(tls, handler, threads);
    RunningHost plain = plain(handler);
    return RunningHost.at(
        plain.http().getPort(),
        tls.getAddress().getPort(),
        () -> {
          tls.stop(0);
          threads.shutdownNow();
          plain.close();
        });
  }

  private static HttpServer start(HttpServer server, HttpHandler handler, ExecutorService threads) {
    server.createContext("/", handler);
    server.setExecutor(threads);
    server.start();
    return server;
  }
}

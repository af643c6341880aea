package com.example.webflux;

import io.netty.channel.Channel;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import javax.net.ssl.KeyManagerFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider;

/** Reactor Netty on a port of the loopback address. */
final class Server implements AutoCloseable {
  private final DisposableServer server;

  private Server(HttpServer server) {
    this.server = server.host("127.0.0.1").port(0).bindNow();
  }

  /** HTTP/1.1, and HTTP/2 without TLS. */
  static Server plain(HttpHandler handler) {
    return new Server(
        HttpServer.create()
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2C)
            .handle(new ReactorHttpHandlerAdapter(handler)));
  }

  /** HTTP/1.1 and HTTP/2 over TLS. */
  static Server tls(HttpHandler handler, Path keyStore, String password) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keyStore)) {
      keys.load(file, password.toCharArray());
    }
    KeyManagerFactory key = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    key.init(keys, password.toCharArray());
    SslProvider.GenericSslContextSpec<?> spec = Http2SslContextSpec.forServer(key);
    return new Server(
        HttpServer.create()
            .protocol(HttpProtocol.HTTP11, HttpProtocol.H2)
            .secure(tls -> tls.sslContext(spec))
            .handle(new ReactorHttpHandlerAdapter(handler)));
  }

  /**
   * Where the answer to a request should end: Reactor Netty 1.3.6 can stop reading from the
   * connection if that is another thread.
   */
  static Scheduler eventLoop(ServerWebExchange exchange) {
    return Schedulers.fromExecutor(channel(exchange).eventLoop());
  }

  /** Where the request came from. */
  static Channel channel(ServerWebExchange exchange) {
    Connection connection = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
    return connection.channel();
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.disposeNow(Duration.ofSeconds(10));
  }
}

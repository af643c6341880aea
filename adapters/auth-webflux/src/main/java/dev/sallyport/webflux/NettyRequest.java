package dev.sallyport.webflux;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.ClassUtils;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;

/** A request as Reactor Netty has it, if that is the server. */
final class NettyRequest {
  private static final boolean PRESENT =
      ClassUtils.isPresent(
          "reactor.netty.http.server.HttpServerRequest", NettyRequest.class.getClassLoader());

  private NettyRequest() {}

  /** Null with another server, and in a test without any. */
  static @Nullable HttpServerRequest of(ServerHttpRequest request) {
    return PRESENT && server(request) instanceof HttpServerRequest netty ? netty : null;
  }

  private static @Nullable Object server(ServerHttpRequest request) {
    ServerHttpRequest inner = request;
    while (inner instanceof ServerHttpRequestDecorator decorator) {
      inner = decorator.getDelegate();
    }
    try {
      return inner instanceof AbstractServerHttpRequest own ? own.getNativeRequest() : null;
    } catch (IllegalStateException mock) {
      return null;
    }
  }

  /**
   * Whether TLS has brought it. WebFlux' own answer looks for the client's certificate, and fills a
   * stack trace where there is none.
   */
  static boolean isSecure(HttpServerRequest netty) {
    if (!(netty instanceof Connection connection)) {
      return false;
    }
    Channel channel = connection.channel();
    Channel parent = channel.parent(); // of a stream of HTTP/2, its connection
    return hasTls(channel) || (parent != null && hasTls(parent));
  }

  private static boolean hasTls(Channel channel) {
    return channel.pipeline().get(SslHandler.class) != null;
  }

  /**
   * Where a request goes on that has waited: the event loop of its connection. Reactor Netty 1.3.6
   * can stop reading from a connection whose response ends in another thread.
   */
  static Scheduler eventLoop(ServerHttpRequest request) {
    return of(request) instanceof Connection connection
        ? Schedulers.fromExecutor(connection.channel().eventLoop())
        : Schedulers.parallel();
  }
}

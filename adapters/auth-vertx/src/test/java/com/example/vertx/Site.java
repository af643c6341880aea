package com.example.vertx;

import com.example.eventloop.EventLoopSite;
import com.example.eventloop.SiteOptions;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** The endpoints, and behind them the routes of a test. */
final class Site extends EventLoopSite {
  final Vertx vertx;
  final AuthHandler auth;
  private final int port;

  Site(BiConsumer<Site, Router> routes) throws Exception {
    this(SiteOptions.standard(), routes);
  }

  Site(SiteOptions options, BiConsumer<Site, Router> routes) throws Exception {
    this(Quiet.vertx(), options, routes);
  }

  Site(Vertx vertx, SiteOptions options, BiConsumer<Site, Router> routes) throws Exception {
    super(options);
    this.vertx = vertx;
    auth = AuthHandler.of(guard(), lanes());
    Router router = Router.router(vertx);
    router.route().failureHandler(AuthHandler.failures());
    router.route().handler(auth.endpoints(endpoints()));
    routes.accept(this, router);
    port =
        get(vertx
                .createHttpServer(new HttpServerOptions().setHost("localhost").setPort(0))
                .requestHandler(AuthHandler.keepingForms(router))
                .listen())
            .actualPort();
  }

  static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** One that speaks HTTP/2 from its first byte on. */
  HttpClient http2Client() {
    return vertx.createHttpClient(
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  protected void stop() {
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }
}

package com.example.vertx;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.lane.Lanes;
import dev.sallyport.site.BadSettingException;
import dev.sallyport.site.Host;
import dev.sallyport.site.Route;
import dev.sallyport.site.Site;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The site on Vert.x, which speaks HTTP/1.1 and HTTP/2 on one port. */
public final class VertxHost implements Host {
  private final Site site;
  private final Lanes lanes;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;

  private VertxHost(Site site) throws IOException {
    this.site = site;
    this.lanes = Lanes.of(site.auth());
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(ADDRESS)
                    .setPort(site.port())
                    .setIdleTimeout(60)
                    .setIdleTimeoutUnit(TimeUnit.SECONDS))
            .requestHandler(AuthHandler.keepingForms(router()));
    try {
      await(server.listen());
    } catch (IOException | RuntimeException e) {
      stop();
      throw e;
    }
  }

  /**
   * Starts the host, which runs until the process is stopped.
   *
   * @param args none
   */
  public static void main(String[] args) {
    Host.run(VertxHost::start);
  }

  /**
   * Starts a host.
   *
   * @param env the settings
   * @param out where it reports that it is ready
   * @return the running host
   * @throws BadSettingException if a setting is wrong
   */
  public static VertxHost start(Map<String, String> env, PrintStream out)
      throws BadSettingException {
    return Host.start(env, out, VertxHost::new);
  }

  private Router router() {
    AuthHandler auth = AuthHandler.of(site.guard(), lanes);
    Router router = Router.router(vertx);
    router.route().failureHandler(AuthHandler.failures());
    router.route().handler(auth.endpoints(site.endpoints()));
    for (Route route : site.routes()) {
      for (String method : new String[] {"GET", "HEAD", "POST"}) {
        if (route.accepts(method)) {
          mount(router, method, route, auth);
        }
      }
    }
    router.route().handler(ctx -> AuthHandler.send(ctx, site.routes().fallback(line(ctx))));
    return router;
  }

  private static void mount(Router router, String method, Route route, AuthHandler auth) {
    io.vertx.ext.web.Route mounted = router.route(HttpMethod.valueOf(method), route.path());
    route.permission().map(auth::needing).ifPresent(mounted::handler);
    mounted.handler(BodyHandler.create(false)).handler(ctx -> answer(ctx, route));
  }

  /** What the site does may block: a store is asked, a password hashed. */
  private static void answer(RoutingContext ctx, Route route) {
    AuthRequest request = route.permission().isPresent() ? AuthHandler.authRequest(ctx) : line(ctx);
    Buffer body = ctx.body().buffer();
    InputStream in = new ByteArrayInputStream(body == null ? new byte[0] : body.getBytes());
    ctx.vertx()
        .executeBlocking(() -> route.answer(request, AuthHandler.who(ctx), in), false)
        .onSuccess(answer -> AuthHandler.send(ctx, answer))
        .onFailure(ctx::fail);
  }

  /** Method and path alone, where no guard has looked. */
  private static AuthRequest line(RoutingContext ctx) {
    return AuthRequest.builder(
            ctx.request().method().name(), ctx.request().uri(), null, IpAddress.UNSPECIFIED, false)
        .build();
  }

  private static <T> T await(Future<T> future) throws IOException {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw e;
    }
  }

  @Override
  public int port() {
    return server.actualPort();
  }

  @Override
  public void close() {
    try {
      stop();
    } finally {
      site.close();
    }
  }

  private void stop() {
    try {
      await(server.shutdown(1, TimeUnit.SECONDS));
      await(vertx.close());
    } catch (IOException e) {
      throw new IllegalStateException("Vert.x doesn't stop", e);
    } finally {
      lanes.close();
    }
  }
}

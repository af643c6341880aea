package com.example.vertx;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Authenticated;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterHandler;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;

@DisplayName("AD-10 the adapter for Vert.x, on HTTP/1.1 and HTTP/2, with and without TLS")
class VertxContractTest implements AdapterContract {
  @Override
  public AuthConfiguration.Builder withKeys(
      AuthConfiguration.Builder auth, AuthEnvironment environment) {
    return auth.with(JwtKeys.class, JwtKeys.generate(environment, JwsAlgorithm.ES256));
  }

  @Override
  public Set<AdapterAbility> abilities() {
    return Set.of(
        AdapterAbility.TLS,
        AdapterAbility.HTTP_2_OVER_TLS,
        AdapterAbility.CLEARTEXT_HTTP_2,
        AdapterAbility.MOUNT_PATH,
        AdapterAbility.PREFLIGHTS,
        AdapterAbility.HELD_BACK_BODIES,
        AdapterAbility.ASYNCHRONOUS);
  }

  @Override
  public RunningHost start(AdapterSite site) throws Exception {
    Vertx vertx = Quiet.vertx();
    Lanes lanes = Lanes.of(Sallyport.inMemory());
    Router router = router(vertx, site, lanes);
    HttpServer plain = serve(vertx, router, new HttpServerOptions());
    HttpServer tls =
        serve(
            vertx,
            router,
            new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(site.keyStore().toString())
                        .setPassword(site.keyStorePassword())));
    return RunningHost.at(
        plain.actualPort(),
        tls.actualPort(),
        () -> {
          get(vertx.close());
          lanes.close();
        });
  }

  private static Router router(Vertx vertx, AdapterSite site, Lanes lanes) {
    AuthHandler plain = AuthHandler.of(site.guard(), lanes);
    AuthHandler auth =
        site.preflights().map(cors -> plain.withPreflights(ctx -> answer(cors, ctx))).orElse(plain);
    Router router = Router.router(vertx);
    router.route().failureHandler(AuthHandler.failures());
    router.route().handler(auth.endpoints(AuthEndpoints.of(site.accounts(), site.guard())));
    for (AdapterRoute route : site.routes()) {
      router
          .route(HttpMethod.valueOf(route.method()), site.mountPath() + route.path())
          .handler(route.permission().map(auth::needing).orElse(auth))
          .handler(BodyHandler.create(false))
          .handler(ctx -> arrive(route, ctx));
    }
    return router;
  }

  private static void arrive(AdapterRoute route, RoutingContext ctx) {
    switch (route.arrival()) {
      case ASYNCHRONOUS -> {
        Thread later =
            new Thread(
                () -> {
                  try {
                    answer(route.handler(), ctx);
                  } catch (RuntimeException e) {
                    ctx.fail(e);
                  }
                });
        later.start();
      }
      default -> answer(route.handler(), ctx);
    }
  }

  private static void answer(AdapterHandler handler, RoutingContext ctx) {
    try {
      handler.handle(new Call(ctx));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpServer serve(Vertx vertx, Router router, HttpServerOptions options)
      throws Exception {
    return get(
        vertx
            .createHttpServer(
                options
                    .setPort(0)
                    .setHost("localhost")
                    .setMaxFormAttributeSize(1_000_000)
                    .setMaxFormBufferedBytes(1_000_000))
            .requestHandler(AuthHandler.keepingForms(router))
            .listen());
  }

  private static <T> T get(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  private record Call(RoutingContext ctx) implements AdapterCall {
    @Override
    public Optional<Authenticated> who() {
      return AuthHandler.who(ctx);
    }

    @Override
    public Optional<String> userName() {
      return Optional.ofNullable(ctx.user()).map(user -> user.get("username"));
    }

    @Override
    public boolean hasRole(String role) {
      return ctx.user() != null && RoleBasedAuthorization.create(role).match(ctx.user());
    }

    @Override
    public Optional<String> authType() {
      return Optional.ofNullable(ctx.user()).map(user -> user.get("scheme"));
    }

    @Override
    public Optional<String> parameter(String name) {
      return Optional.ofNullable(ctx.request().getFormAttribute(name));
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(
          ctx.body().buffer() == null ? new byte[0] : ctx.body().buffer().getBytes());
    }

    @Override
    public void addHeader(String name, String value) {
      ctx.response().headers().add(name, value);
    }

    @Override
    public void reply(int status, String text) {
      ctx.response().setStatusCode(status).end(text);
    }
  }
}

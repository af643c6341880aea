package com.example.vertx;

import dev.sallyport.Authenticated;
import dev.sallyport.basic.BasicAuthenticator;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Optional;

/** The code of docs/vertx.md. */
final class Greetings {
  private Greetings() {}

  static Router firstMinute(Vertx vertx) {
    Sallyport auth = Sallyport.inMemory();
    Guard guard = auth.guard(SessionAuthenticator.of(auth), BasicAuthenticator.of(auth));
    Lanes lanes = Lanes.of(auth);
    AuthHandler guarded = AuthHandler.of(guard, lanes);

    Router router = Router.router(vertx);
    router.route().failureHandler(AuthHandler.failures());
    router.route().handler(guarded.endpoints(AuthEndpoints.of(auth.accounts(), guard)));
    router.route().handler(guarded);
    router.get("/hello").handler(Greetings::hello);
    return router;
  }

  static Lanes lanes(Sallyport auth) {
    Lanes lanes = Lanes.builder(auth).storeThreads(64).storeQueue(1000).build();
    return lanes;
  }

  /** The same over users of a test, with a route by role. */
  static Router router(Vertx vertx, Sallyport auth, Lanes lanes) {
    Guard guard = auth.guard(SessionAuthenticator.of(auth), BasicAuthenticator.of(auth));
    AuthHandler guarded = AuthHandler.of(guard, lanes);
    Router router = Router.router(vertx);
    router.route().failureHandler(AuthHandler.failures());
    router.route().handler(guarded.endpoints(AuthEndpoints.of(auth.accounts(), guard)));
    router
        .get("/admin")
        .handler(guarded.needing(Permission.role("admin")))
        .handler(BodyHandler.create())
        .handler(Greetings::admin);
    router.route().handler(guarded);
    router.get("/hello").handler(Greetings::hello);
    return router;
  }

  static HttpServer server(Vertx vertx, HttpServerOptions options, Router router) {
    HttpServer server =
        vertx.createHttpServer(options).requestHandler(AuthHandler.keepingForms(router));
    return server;
  }

  static void hello(RoutingContext ctx) {
    String name = ctx.user().get("username");
    boolean admin = RoleBasedAuthorization.create("admin").match(ctx.user());
    Optional<Authenticated> who = AuthHandler.who(ctx);
    String scheme = who.map(Authenticated::scheme).orElse("-");
    ctx.response().end("Hello, " + name + " (" + scheme + ")" + (admin ? ", as an admin" : ""));
  }

  static void admin(RoutingContext ctx) {
    ctx.response().end("Welcome");
  }
}

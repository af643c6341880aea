package dev.sallyport.benchmarks.hosts.vertx;

import dev.sallyport.benchmarks.hosts.Launch;
import dev.sallyport.benchmarks.hosts.Stats;
import dev.sallyport.benchmarks.hosts.own.OwnPeople;
import dev.sallyport.lane.Lanes;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/** One page at {@code /json}. With the word {@code bare} nothing is before it. */
public final class VertxHost {
  private VertxHost() {}

  /** Runs. */
  public static void main(String[] args) throws Exception {
    Launch launch = Launch.of(args);
    OwnPeople people = new OwnPeople(launch);
    Vertx vertx = Vertx.vertx();
    Router router = Router.router(vertx);
    if (!launch.options().contains("bare")) {
      router.route().handler(AuthHandler.of(people.guard(), Lanes.of(people.auth())));
    }
    router
        .get("/json")
        .handler(ctx -> ctx.response().putHeader("Content-Type", "application/json").end("{}"));
    vertx
        .createHttpServer(
            new HttpServerOptions()
                .setHost(Launch.ADDRESS)
                .setPort(launch.port())
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(
                    new PfxOptions()
                        .setPath(launch.keyStore().toString())
                        .setPassword(Launch.KEY_STORE_PASSWORD)))
        .requestHandler(router)
        .listen()
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
    Stats.serve(Launch.ADDRESS, launch.port() + 1);
    System.out.println(people.logIn());
  }
}

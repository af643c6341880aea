package com.example.webflux;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.adapter.AdapterAbility;
import dev.sallyport.testkit.adapter.AdapterContract;
import dev.sallyport.testkit.adapter.AdapterRoute;
import dev.sallyport.testkit.adapter.AdapterSite;
import dev.sallyport.testkit.adapter.RunningHost;
import dev.sallyport.webflux.AuthWebFilter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ContextPathCompositeHandler;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

@DisplayName("AD-10 the adapter for WebFlux, on HTTP/1.1 and HTTP/2, with and without TLS")
class WebFluxContractTest implements AdapterContract {
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
    Quiet.begin();
    Lanes lanes = Lanes.of(Sallyport.inMemory());
    HttpHandler handler = handler(site, lanes);
    Server plain = Server.plain(handler);
    Server tls = Server.tls(handler, site.keyStore(), site.keyStorePassword());
    return RunningHost.at(
        plain.port(),
        tls.port(),
        () -> {
          plain.close();
          tls.close();
          lanes.close();
        });
  }

  private static HttpHandler handler(AdapterSite site, Lanes lanes) {
    AuthWebFilter plain =
        AuthWebFilter.of(site.guard(), lanes)
            .needing(Permission.anyone())
            .withEndpoints(AuthEndpoints.of(site.accounts(), site.guard()));
    AuthWebFilter auth =
        site.preflights()
            .map(cors -> plain.withPreflights(exchange -> KitCall.answer(exchange, cors)))
            .orElse(plain);
    Permission otherwise = site.guard().defaultPermission();
    RouterFunction<ServerResponse> unknown =
        RouterFunctions.route(RequestPredicates.all(), request -> ServerResponse.notFound().build())
            .filter(AuthWebFilter.requiring(otherwise));
    RouterFunction<ServerResponse> routes =
        site.routes().stream()
            .map(route -> route(route, otherwise))
            .reduce(RouterFunction::and)
            .orElseThrow()
            .and(unknown);
    HttpHandler handler =
        WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes)).filter(auth).build();
    return site.mountPath().isEmpty()
        ? handler
        : new ContextPathCompositeHandler(Map.of(site.mountPath(), handler));
  }

  private static RouterFunction<ServerResponse> route(AdapterRoute route, Permission otherwise) {
    return RouterFunctions.route(
            RequestPredicates.method(HttpMethod.valueOf(route.method()))
                .and(RequestPredicates.path(route.path())),
            request -> answer(route, request.exchange()).then(Mono.empty()))
        .filter(AuthWebFilter.requiring(route.permission().orElse(otherwise)));
  }

  private static Mono<Void> answer(AdapterRoute route, ServerWebExchange exchange) {
    Mono<Mono<Void>> called = Mono.fromCallable(() -> KitCall.call(exchange, route.handler()));
    Mono<Mono<Void>> elsewhere =
        switch (route.arrival()) {
          case ASYNCHRONOUS -> later(called);
          default -> called.subscribeOn(Schedulers.boundedElastic());
        };
    return elsewhere.publishOn(Server.eventLoop(exchange)).flatMap(answer -> answer);
  }

  private static <T> Mono<T> later(Mono<T> called) {
    return Mono.create(
        sink -> new Thread(() -> called.subscribe(sink::success, sink::error)).start());
  }
}

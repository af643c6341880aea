package com.example.webflux.host;

import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.lane.Lanes;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.webflux.AuthWebFilter;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.WebFluxResponseStatusExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** The code of docs/webflux.md. */
final class WebFluxSnippets {
  private WebFluxSnippets() {}

  static HttpHandler guarded(Sallyport auth, Guard guard, Lanes lanes, RouterFunction<?> routes) {
    AuthWebFilter filter =
        AuthWebFilter.of(guard, lanes).withEndpoints(AuthEndpoints.of(auth.accounts(), guard));
    return WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes))
        .filter(filter)
        .exceptionHandler(new WebFluxResponseStatusExceptionHandler())
        .build();
  }

  static RouterFunction<ServerResponse> routes() {
    RouterFunction<ServerResponse> open =
        RouterFunctions.route()
            .GET("/news", request -> ServerResponse.ok().bodyValue("news"))
            .build();
    RouterFunction<ServerResponse> admin =
        RouterFunctions.route()
            .GET("/admin", request -> ServerResponse.ok().bodyValue("for admins"))
            .build()
            .filter(AuthWebFilter.requiring(Permission.role("admin")));
    return open.and(admin);
  }

  static Mono<String> greeting() {
    return AuthWebFilter.who().map(who -> "Hello " + who.principal().name());
  }
}

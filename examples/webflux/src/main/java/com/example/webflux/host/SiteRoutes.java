package com.example.webflux.host;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.IpAddress;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.site.Route;
import dev.sallyport.site.Site;
import dev.sallyport.webflux.AuthWebFilter;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The site's routes: those behind the guard as functions; the others, and what no route is for, in
 * a filter before it. Which paths there are is no secret of the site's.
 */
record SiteRoutes(Site site) implements WebFilter {
  /** A byte more than a handler of the site reads. */
  private static final int MAX_BYTES = 16 * 1024 + 1;

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    AuthRequest line = line(exchange.getRequest());
    if (site.endpoints().areFor(line)) {
      return chain.filter(exchange);
    }
    Optional<Route> route = site.routes().find(line);
    if (route.isEmpty()) {
      return AuthWebFilter.send(exchange, site.routes().fallback(line));
    }
    return route.get().permission().isEmpty()
        ? answer(exchange, route.get(), line, Optional.empty())
        : chain.filter(exchange);
  }

  private static AuthRequest line(ServerHttpRequest request) {
    return AuthRequest.builder(
            request.getMethod().name(),
            request.getURI().getRawPath(),
            null,
            IpAddress.UNSPECIFIED,
            false)
        .build();
  }

  RouterFunction<ServerResponse> guarded() {
    RouterFunctions.Builder all = RouterFunctions.route();
    for (Route route : site.routes()) {
      route.permission().ifPresent(needed -> all.add(guarded(route, needed)));
    }
    return all.build();
  }

  private static RouterFunction<ServerResponse> guarded(Route route, Permission needed) {
    return RouterFunctions.route(
            RequestPredicates.path(route.path())
                .and(request -> route.accepts(request.method().name())),
            request -> answer(request.exchange(), route).then(Mono.empty()))
        .filter(AuthWebFilter.requiring(needed));
  }

  private static Mono<Void> answer(ServerWebExchange exchange, Route route) {
    return answer(
        exchange, route, AuthWebFilter.authRequest(exchange), AuthWebFilter.who(exchange));
  }

  /** Handlers of the site ask stores, and may block where they are called. */
  private static Mono<Void> answer(
      ServerWebExchange exchange, Route route, AuthRequest request, Optional<Authenticated> who) {
    return body(exchange)
        .flatMap(
            body ->
                Mono.<AuthResponse>fromCallable(() -> route.answer(request, who, body))
                    .subscribeOn(Schedulers.boundedElastic()))
        .flatMap(answer -> AuthWebFilter.send(exchange, answer));
  }

  private static Mono<InputStream> body(ServerWebExchange exchange) {
    boolean none = !exchange.getRequest().getMethod().equals(HttpMethod.POST);
    return none
        ? Mono.just(InputStream.nullInputStream())
        : DataBufferUtils.join(
                DataBufferUtils.takeUntilByteCount(exchange.getRequest().getBody(), MAX_BYTES))
            .map(SiteRoutes::stream)
            .defaultIfEmpty(InputStream.nullInputStream());
  }

  private static InputStream stream(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return new ByteArrayInputStream(bytes);
  }
}

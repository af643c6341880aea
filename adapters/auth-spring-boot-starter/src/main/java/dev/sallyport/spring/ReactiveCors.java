package dev.sallyport.spring;

import dev.sallyport.TrustedProxies;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.cors.reactive.CorsUtils;
import org.springframework.web.cors.reactive.CorsWebFilter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets WebFlux say what it would of a request from another origin, {@code @CrossOrigin} and all,
 * before the guard is asked: no page of that origin could read a refusal without these fields. A
 * {@code CorsWebFilter} of the host's counts instead. Other preflights are left to the guard. What
 * another origin is depends on the scheme that a trusted proxy has reported.
 */
record ReactiveCors(
    ObjectProvider<HandlerMapping> mappings,
    ObjectProvider<CorsWebFilter> own,
    TrustedProxies proxies)
    implements WebFilter, Ordered {
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    ServerWebExchange asked = ReactiveForwarded.asReported(exchange, proxies);
    ServerHttpRequest request = asked.getRequest();
    try {
      if (!CorsUtils.isCorsRequest(request)) {
        return chain.filter(exchange);
      }
    } catch (IllegalArgumentException | IllegalStateException e) { // no origin, https://a:x say
      exchange.getResponse().setStatusCode(HttpStatus.FORBIDDEN);
      return Mono.empty();
    }
    CorsWebFilter filter = own.getIfUnique();
    if (filter != null) {
      return filter.filter(asked, allowed -> chain.filter(exchange));
    }
    return CorsUtils.isPreFlightRequest(request)
        ? chain.filter(exchange)
        : addFields(asked).then(Mono.defer(() -> goOn(exchange, chain)));
  }

  /** What goes wrong here will go wrong again, where WebFlux answers it. */
  private Mono<Void> addFields(ServerWebExchange exchange) {
    ServerWebExchange asked = new Unmarked(exchange);
    return Flux.fromStream(mappings::orderedStream)
        .concatMap(mapping -> mapping.getHandler(asked))
        .next()
        .onErrorComplete()
        .then();
  }

  private static Mono<Void> goOn(ServerWebExchange exchange, WebFilterChain chain) {
    return HttpStatus.FORBIDDEN.equals(exchange.getResponse().getStatusCode())
        ? Mono.empty()
        : chain.filter(exchange);
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 9;
  }

  /** An exchange that keeps what the search writes on it to itself. */
  private static final class Unmarked extends ServerWebExchangeDecorator {
    private final Map<String, Object> own;

    Unmarked(ServerWebExchange exchange) {
      super(exchange);
      own = new HashMap<>(exchange.getAttributes());
    }

    @Override
    public Map<String, Object> getAttributes() {
      return own;
    }
  }
}

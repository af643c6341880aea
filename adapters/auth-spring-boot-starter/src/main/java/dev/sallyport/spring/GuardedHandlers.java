package dev.sallyport.spring;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.webflux.AuthWebFilter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.DispatchExceptionHandler;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Asks whether the caller may call the handler that WebFlux has found, before any other adapter
 * calls it. Where WebFlux finds none, the default permission is asked for before anybody learns
 * that: which paths and methods there are is not for everybody.
 */
final class GuardedHandlers implements HandlerAdapter, DispatchExceptionHandler, Ordered {
  private static final String JUDGED = GuardedHandlers.class.getName();

  private final HandlerPermissions permissions;
  private final Supplier<List<HandlerAdapter>> others;

  GuardedHandlers(HandlerPermissions permissions, ObjectProvider<HandlerAdapter> adapters) {
    this.permissions = permissions;
    this.others =
        SingletonSupplier.of(
            () -> adapters.orderedStream().filter(adapter -> !adapter.equals(this)).toList());
  }

  @Override
  public boolean supports(Object handler) {
    return true;
  }

  @Override
  public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
    exchange.getAttributes().put(JUDGED, true);
    Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return require(
        exchange, permissions.of(pattern, handler), Mono.defer(() -> call(exchange, handler)));
  }

  private static Mono<HandlerResult> require(
      ServerWebExchange exchange, Permission permission, Mono<HandlerResult> next) {
    Optional<AuthResponse> refusal = AuthWebFilter.refusal(exchange, permission);
    return refusal.isPresent()
        ? AuthWebFilter.send(exchange, refusal.get()).then(Mono.empty())
        : next;
  }

  private Mono<HandlerResult> call(ServerWebExchange exchange, Object handler) {
    for (HandlerAdapter adapter : others.get()) {
      if (adapter.supports(handler)) {
        return adapter.handle(exchange, handler);
      }
    }
    return Mono.error(new IllegalStateException("No HandlerAdapter for " + handler.getClass()));
  }

  @Override
  public Mono<HandlerResult> handleError(ServerWebExchange exchange, Throwable thrown) {
    return exchange.getAttribute(JUDGED) != null
        ? Mono.error(thrown)
        : require(exchange, permissions.otherwise(), Mono.error(thrown));
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}

package dev.sallyport.spring;

import dev.sallyport.webflux.AuthWebFilter;
import org.springframework.core.MethodParameter;
import org.springframework.web.reactive.BindingContext;
import org.springframework.web.reactive.result.method.HandlerMethodArgumentResolver;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Gives handlers of WebFlux the caller. */
record ReactiveCallerArguments(CallerTypes types) implements HandlerMethodArgumentResolver {
  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return types.include(parameter);
  }

  @Override
  public Mono<Object> resolveArgument(
      MethodParameter parameter, BindingContext binding, ServerWebExchange exchange) {
    return Mono.fromCallable(
        () ->
            types.argument(
                parameter, AuthWebFilter.authRequest(exchange), AuthWebFilter.who(exchange)));
  }
}

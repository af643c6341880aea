package dev.sallyport.webflux;

import dev.sallyport.Authenticated;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.codec.HttpMessageReader;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebExchangeDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An exchange that knows who it is from, and has its whole body though the guard looked at it. */
final class GuardedExchange extends ServerWebExchangeDecorator {
  private static final ResolvableType FORM =
      ResolvableType.forClassWithGenerics(MultiValueMap.class, String.class, String.class);

  private final Optional<Authenticated> who;
  private final ServerHttpRequest request;
  private final Mono<MultiValueMap<String, String>> form;

  GuardedExchange(
      ServerWebExchange exchange, Optional<Authenticated> who, @Nullable BegunBody body) {
    super(exchange);
    this.who = who;
    if (body == null) {
      request = exchange.getRequest();
      form = exchange.getFormData();
    } else {
      request = new WholeRequest(exchange, body);
      form = Mono.defer(() -> form(exchange, request)).cache();
    }
  }

  @Override
  public ServerHttpRequest getRequest() {
    return request;
  }

  @Override
  public Mono<MultiValueMap<String, String>> getFormData() {
    return form;
  }

  @Override
  @SuppressWarnings("unchecked") // as the method's own contract has it
  public <T extends Principal> Mono<T> getPrincipal() {
    return (Mono<T>) Mono.justOrEmpty(who.map(NamedPrincipal::new));
  }

  /** As the exchange beneath would read it, which can't any more. */
  @SuppressWarnings("unchecked") // the type was asked for
  private static Mono<MultiValueMap<String, String>> form(
      ServerWebExchange exchange, ServerHttpRequest request) {
    for (HttpMessageReader<?> reader : codecs(exchange).getReaders()) {
      if (reader.canRead(FORM, MediaType.APPLICATION_FORM_URLENCODED)) {
        return ((HttpMessageReader<MultiValueMap<String, String>>) reader)
            .readMono(FORM, request, Map.of())
            .defaultIfEmpty(new LinkedMultiValueMap<>());
      }
    }
    return Mono.error(new IllegalStateException("The host has no reader for forms"));
  }

  private static ServerCodecConfigurer codecs(ServerWebExchange exchange) {
    ApplicationContext context = exchange.getApplicationContext();
    ServerCodecConfigurer own =
        context == null ? null : context.getBeanProvider(ServerCodecConfigurer.class).getIfUnique();
    return own == null ? ServerCodecConfigurer.create() : own;
  }

  private static final class WholeRequest extends ServerHttpRequestDecorator {
    private final ServerWebExchange exchange;
    private final BegunBody body;

    WholeRequest(ServerWebExchange exchange, BegunBody body) {
      super(exchange.getRequest());
      this.exchange = exchange;
      this.body = body;
    }

    @Override
    public Flux<DataBuffer> getBody() {
      return body.whole(exchange.getResponse().bufferFactory());
    }
  }

  /** The caller as WebFlux knows one. */
  private record NamedPrincipal(Authenticated who) implements Principal {
    @Override
    public String getName() {
      return who.principal().name();
    }

    @Override
    public String toString() {
      return getName();
    }
  }
}

package com.example.webflux;

import dev.sallyport.Authenticated;
import dev.sallyport.testkit.adapter.AdapterCall;
import dev.sallyport.testkit.adapter.AdapterHandler;
import dev.sallyport.webflux.AuthWebFilter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.util.Optional;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** A request of the contract, in a thread that may block. */
final class KitCall implements AdapterCall {
  private final ServerWebExchange exchange;
  private Mono<Void> answer = Mono.empty();

  private KitCall(ServerWebExchange exchange) {
    this.exchange = exchange;
  }

  /** Calls the handler where this is subscribed to. */
  static Mono<Void> answer(ServerWebExchange exchange, AdapterHandler handler) {
    return Mono.defer(() -> call(exchange, handler));
  }

  /** Calls the handler, and returns what writes its answer. */
  static Mono<Void> call(ServerWebExchange exchange, AdapterHandler handler) {
    KitCall call = new KitCall(exchange);
    try {
      handler.handle(call);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return call.answer;
  }

  @Override
  public Optional<Authenticated> who() {
    return AuthWebFilter.who(exchange);
  }

  @Override
  public Optional<String> userName() {
    return exchange.getPrincipal().map(Principal::getName).blockOptional();
  }

  @Override
  public boolean hasRole(String role) {
    return who().filter(who -> who.principal().hasRole(role)).isPresent();
  }

  @Override
  public Optional<String> authType() {
    return Optional.ofNullable(exchange.<Authenticated>getAttribute(AuthWebFilter.ATTRIBUTE))
        .map(Authenticated::scheme);
  }

  @Override
  public Optional<String> parameter(String name) {
    return exchange
        .getFormData()
        .flatMap(form -> Mono.justOrEmpty(form.getFirst(name)))
        .blockOptional();
  }

  @Override
  public InputStream body() {
    return DataBufferUtils.join(exchange.getRequest().getBody())
        .map(
            buffer -> {
              byte[] bytes = new byte[buffer.readableByteCount()];
              buffer.read(bytes);
              DataBufferUtils.release(buffer);
              return bytes;
            })
        .blockOptional()
        .map(ByteArrayInputStream::new)
        .orElseGet(() -> new ByteArrayInputStream(new byte[0]));
  }

  @Override
  public void addHeader(String name, String value) {
    exchange.getResponse().getHeaders().add(name, value);
  }

  @Override
  public void reply(int status, String text) {
    ServerHttpResponse response = exchange.getResponse();
    response.setStatusCode(HttpStatusCode.valueOf(status));
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    answer =
        body.length == 0
            ? response.setComplete()
            : response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
  }
}

package dev.sallyport.webflux;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.RefusedRequestException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

/** Writes responses out as they are. */
final class Answer {
  private Answer() {}

  /** Nothing, where another response has been begun. */
  static Mono<Void> send(ServerWebExchange exchange, AuthResponse answer) {
    ServerHttpResponse response = exchange.getResponse();
    if (UnreadBody.isHeldBack(exchange.getRequest()) && !response.isCommitted()) {
      response.getHeaders().set(HttpHeaders.CONNECTION, "close"); // or its body were a request
    }
    return send(exchange, answer, UnreadBody.of(exchange.getRequest()));
  }

  /**
   * As {@link #send(ServerWebExchange, AuthResponse)}.
   *
   * @param unread what completes when the client has sent all: a connection that is closed, or a
   *     stream that is reset before, would take the response from the client
   */
  static Mono<Void> send(ServerWebExchange exchange, AuthResponse answer, Mono<Void> unread) {
    ServerHttpResponse response = exchange.getResponse();
    if (!response.setStatusCode(HttpStatusCode.valueOf(answer.status()))) {
      return Mono.empty();
    }
    add(answer.headers(), response);
    byte[] body = answer.bytes();
    if (body.length == 0) {
      return unread.then(Mono.defer(response::setComplete));
    }
    response.getHeaders().setContentLength(body.length);
    Mono<DataBuffer> all = Mono.fromSupplier(() -> response.bufferFactory().wrap(body));
    return unread.equals(UnreadBody.NONE)
        ? response.writeWith(all)
        : response.writeAndFlushWith(Flux.concat(Mono.just(all), unread.then(Mono.empty())));
  }

  /** Adds lines, unless they are there already, or replaces what they contradict. */
  static void add(List<AuthResponse.Header> lines, ServerHttpResponse response) {
    HttpHeaders headers = response.getHeaders();
    for (AuthResponse.Header line : lines) {
      switch (line.name()) {
        case "Content-Type", "Cache-Control" -> headers.set(line.name(), line.value());
        default -> {
          if (!headers.getOrEmpty(line.name()).contains(line.value())) {
            headers.add(line.name(), line.value());
          }
        }
      }
    }
  }

  /** What restores the header fields of a response as they are now. */
  static Runnable keepFields(ServerWebExchange exchange) {
    HttpHeaders fields = exchange.getResponse().getHeaders();
    if (NettyRequest.of(exchange.getRequest()) instanceof HttpServerResponse netty) {
      var kept = netty.responseHeaders().copy(); // much faster than by WebFlux' own view of them
      return () -> netty.responseHeaders().set(kept);
    }
    HttpHeaders kept = new HttpHeaders();
    fields.forEach(kept::addAll);
    return () -> {
      fields.clear();
      kept.forEach(fields::addAll);
    };
  }

  /**
   * Answers in place of a handler that has failed, or leaves that to the host. Of the handler's own
   * fields, none is sent then.
   *
   * @param restore restores the fields of the response as they were before the handler was called
   */
  static Mono<Void> sendInstead(ServerWebExchange exchange, Runnable restore, Throwable thrown) {
    ServerHttpResponse response = exchange.getResponse();
    if (response.isCommitted() || isClientError(thrown)) {
      return Mono.error(thrown);
    }
    response.getCookies().clear();
    restore.run();
    AuthResponse instead = answerTo(thrown);
    if (instead != null) {
      return send(exchange, instead);
    }
    response.getHeaders().setCacheControl("no-store");
    return Mono.error(thrown);
  }

  /** A refusal of the handler's or of WebFlux' own, which keeps its fields. */
  private static boolean isClientError(Throwable thrown) {
    return thrown instanceof ErrorResponse error && error.getStatusCode().is4xxClientError();
  }

  private static @Nullable AuthResponse answerTo(Throwable thrown) {
    if (thrown instanceof StoreUnavailableException) {
      return Guard.storeUnavailable();
    }
    return thrown instanceof RefusedRequestException refused ? refused.response() : null;
  }
}

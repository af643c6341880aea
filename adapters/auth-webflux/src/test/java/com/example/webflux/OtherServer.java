package com.example.webflux;

import com.example.eventloop.EventLoopSite;
import com.example.eventloop.SiteOptions;
import dev.sallyport.webflux.AuthWebFilter;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** WebFlux on a server that the adapter doesn't know. Public, for a class loader without Netty. */
public final class OtherServer extends EventLoopSite implements Callable<List<String>> {
  private final HttpHandler handler;

  public OtherServer() {
    super(SiteOptions.standard());
    Quiet.begin();
    WebFilter before =
        (exchange, chain) -> {
          exchange.getResponse().getHeaders().add("X-Before", "kept");
          return chain.filter(exchange);
        };
    handler =
        WebHttpHandlerBuilder.webHandler(OtherServer::handle)
            .filter(before, AuthWebFilter.of(guard(), lanes()))
            .build();
  }

  private static Mono<Void> handle(ServerWebExchange exchange) {
    exchange.getResponse().getHeaders().set("X-Handler", "ran");
    if (exchange.getRequest().getPath().value().equals("/failure")) {
      return Mono.error(new IllegalStateException("on purpose"));
    }
    exchange.getResponse().setStatusCode(HttpStatus.OK);
    return AuthWebFilter.who()
        .doOnNext(who -> exchange.getResponse().getHeaders().set("X-Who", who.principal().name()))
        .then(exchange.getResponse().setComplete());
  }

  /** What known and unknown callers are told, and what is left of a handler that fails; once. */
  @Override
  public List<String> call() {
    String[] basic = basic("alice", PASSWORD).split(": ", 2);
    try {
      return List.of(
          ask(MockServerHttpRequest.get("https://localhost/").header(basic[0], basic[1])),
          ask(MockServerHttpRequest.get("http://203.0.113.9/").header(basic[0], basic[1])),
          ask(MockServerHttpRequest.get("https://localhost/")),
          ask(MockServerHttpRequest.get("https://localhost/failure").header(basic[0], basic[1])));
    } finally {
      close();
    }
  }

  private String ask(MockServerHttpRequest.BaseBuilder<?> request) {
    MockServerHttpResponse response = new MockServerHttpResponse();
    handler.handle(request.build(), response).block();
    return response.getStatusCode().value()
        + " who="
        + response.getHeaders().getFirst("X-Who")
        + " handler="
        + response.getHeaders().getFirst("X-Handler")
        + " before="
        + response.getHeaders().get("X-Before");
  }

  @Override
  public int port() {
    throw new UnsupportedOperationException("It listens nowhere");
  }

  @Override
  protected void stop() {}
}

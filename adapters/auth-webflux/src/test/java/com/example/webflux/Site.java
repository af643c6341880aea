package com.example.webflux;

import com.example.eventloop.EventLoopSite;
import com.example.eventloop.NotedResponse;
import com.example.eventloop.SiteOptions;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import dev.sallyport.webflux.AuthWebFilter;
import io.netty.channel.Channel;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

/** The endpoints and, behind them, what both contracts ask for. */
final class Site extends EventLoopSite {
  private final Server server;

  Site(SiteOptions options) {
    super(options);
    Quiet.begin();
    WebFilter noted =
        (exchange, chain) -> {
          note(noted(exchange));
          return chain.filter(exchange);
        };
    server =
        Server.plain(
            WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes()))
                .filter(noted, AuthWebFilter.of(guard(), lanes()).withEndpoints(endpoints()))
                .build());
  }

  private static NotedResponse noted(ServerWebExchange exchange) {
    ServerHttpResponse response = exchange.getResponse();
    Channel channel = Server.channel(exchange);
    return new NotedResponse(response::isCommitted, () -> !channel.isActive());
  }

  private static RouterFunction<ServerResponse> routes() {
    return RouterFunctions.route()
        .GET("/", Site::hello)
        .POST("/", Site::count)
        .POST("/judged", Site::judged)
        .build();
  }

  private static Mono<ServerResponse> hello(ServerRequest request) {
    return AuthWebFilter.who()
        .flatMap(who -> ServerResponse.ok().bodyValue("hello " + who.scheme()));
  }

  private static Mono<ServerResponse> count(ServerRequest request) {
    return request
        .bodyToMono(String.class)
        .flatMap(text -> ServerResponse.ok().bodyValue(text.length() + " characters"));
  }

  /** Asks for a permission that reads the form. */
  private static Mono<ServerResponse> judged(ServerRequest request) {
    Permission byForm =
        access -> access.request().formValues("a").isEmpty() ? Verdict.DENIED : Verdict.ALLOWED;
    try {
      AuthWebFilter.refusal(request.exchange(), byForm);
      return ServerResponse.ok().build();
    } catch (IllegalStateException e) {
      return ServerResponse.status(500).bodyValue(e.getMessage());
    }
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  protected void stop() {
    server.close();
  }
}

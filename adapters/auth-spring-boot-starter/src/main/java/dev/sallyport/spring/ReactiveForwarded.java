package dev.sallyport.spring;

import dev.sallyport.AuthRequest;
import dev.sallyport.TrustedProxies;
import dev.sallyport.webflux.AuthWebFilter;
import java.net.InetSocketAddress;
import java.net.URI;
import org.springframework.core.Ordered;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** Shows handlers the client and the scheme that a trusted proxy has reported. */
record ReactiveForwarded(TrustedProxies proxies) implements WebFilter, Ordered {
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    return chain.filter(proxies.isNone() ? exchange : asReported(exchange));
  }

  private static ServerWebExchange asReported(ServerWebExchange exchange) {
    AuthRequest asked = AuthWebFilter.authRequest(exchange);
    ServerHttpRequest request = exchange.getRequest();
    InetSocketAddress peer = request.getRemoteAddress();
    int port = peer == null ? 0 : peer.getPort();
    return exchange
        .mutate()
        .request(
            changed ->
                changed
                    .remoteAddress(new InetSocketAddress(asked.clientAddress(), port))
                    .uri(uri(request.getURI(), asked.isSecure() ? "https" : "http")))
        .build();
  }

  private static URI uri(URI asked, String scheme) {
    return scheme.equals(asked.getScheme())
        ? asked
        : UriComponentsBuilder.fromUri(asked).scheme(scheme).build(true).toUri();
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE + 11;
  }
}

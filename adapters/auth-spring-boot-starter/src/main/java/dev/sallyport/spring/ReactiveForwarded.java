package dev.sallyport.spring;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import dev.sallyport.webflux.AuthWebFilter;
import java.net.InetAddress;
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
    return chain.filter(
        proxies.isNone() ? exchange : asReported(exchange, AuthWebFilter.authRequest(exchange)));
  }

  /** For what comes before the guard. */
  static ServerWebExchange asReported(ServerWebExchange exchange, TrustedProxies proxies) {
    return proxies.isNone()
        ? exchange
        : asReported(exchange, asked(exchange.getRequest(), proxies));
  }

  private static AuthRequest asked(ServerHttpRequest request, TrustedProxies proxies) {
    InetSocketAddress remote = request.getRemoteAddress();
    InetAddress peer = remote == null ? null : remote.getAddress();
    AuthRequest.Builder asked =
        AuthRequest.builder(
                request.getMethod().name(),
                request.getPath().value(),
                null,
                peer == null ? IpAddress.UNSPECIFIED : peer,
                "https".equals(request.getURI().getScheme()))
            .trustedProxies(proxies);
    for (String name : ForwardedHeaders.FIELDS) {
      request.getHeaders().getOrEmpty(name).forEach(value -> asked.header(name, value));
    }
    return asked.build();
  }

  private static ServerWebExchange asReported(ServerWebExchange exchange, AuthRequest asked) {
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

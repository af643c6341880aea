package dev.sallyport.webflux;

import dev.sallyport.AuthRequest;
import dev.sallyport.FormSource;
import dev.sallyport.HeaderSource;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.netty.http.server.HttpServerRequest;

/**
 * Reads what the server says about a request. Reactor Netty is asked itself, since WebFlux drops
 * the authority of an absolute-form target, and shows what a proxy has reported as if it were so.
 */
final class ReceivedRequest {
  private ReceivedRequest() {}

  static AuthRequest of(
      ServerHttpRequest request, Fields fields, FormSource form, TrustedProxies proxies) {
    HttpServerRequest netty = NettyRequest.of(request);
    Connection connection = netty == null ? other(request) : netty(netty);
    return AuthRequest.builder(
            request.getMethod().name(),
            connection.target(),
            connection.authority(),
            connection.peer(),
            connection.secure())
        .headers(fields)
        .form(form)
        .trustedProxies(proxies)
        .build();
  }

  /** Netty has made {@code :authority} of HTTP/2 a line of {@code Host}. */
  private static Connection netty(HttpServerRequest netty) {
    return new Connection(
        netty.uri(), null, peer(netty.connectionRemoteAddress()), NettyRequest.isSecure(netty));
  }

  private static Connection other(ServerHttpRequest request) {
    URI uri = request.getURI();
    String query = uri.getRawQuery();
    return new Connection(
        query == null ? uri.getRawPath() : uri.getRawPath() + "?" + query,
        request.getHeaders().getFirst(HttpHeaders.HOST) == null ? uri.getRawAuthority() : null,
        peer(request.getRemoteAddress()),
        "https".equals(uri.getScheme()));
  }

  /** Over a Unix domain socket there is none. */
  private static InetAddress peer(@Nullable SocketAddress address) {
    InetAddress peer = address instanceof InetSocketAddress inet ? inet.getAddress() : null;
    return peer == null ? IpAddress.UNSPECIFIED : peer;
  }

  private record Connection(
      String target, @Nullable String authority, InetAddress peer, boolean secure) {}

  /**
   * The header fields, which other threads read, also where the client has gone meanwhile. Those of
   * Netty stay as they are; other servers use theirs again, so that they are copied.
   *
   * @param hosts the field {@code Host}: of HTTP/2, {@code :authority} is among them, too
   */
  record Fields(HttpHeaders headers, List<String> hosts) implements HeaderSource {
    static Fields of(ServerHttpRequest request) {
      HttpServerRequest netty = NettyRequest.of(request);
      HttpHeaders headers = request.getHeaders();
      if (netty == null) {
        HttpHeaders copy = new HttpHeaders();
        headers.forEach(copy::addAll);
        return new Fields(copy, copy.getOrEmpty(HttpHeaders.HOST));
      }
      List<String> hosts = headers.getOrEmpty(HttpHeaders.HOST);
      boolean isTwice = hosts.size() > 1 && netty.protocol().startsWith("HTTP/2");
      return new Fields(headers, isTwice ? hosts.stream().distinct().toList() : hosts);
    }

    @Override
    public List<String> values(String name) {
      return name.equalsIgnoreCase(HttpHeaders.HOST) ? hosts : headers.getOrEmpty(name);
    }

    @Override
    public Collection<String> names() {
      return headers.headerNames();
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }
}

package com.example.micronaut;

import dev.sallyport.AuthRequest;
import dev.sallyport.HeaderSource;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.RequestBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import io.micronaut.http.body.ByteBody.SplitBackpressureMode;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/** Micronaut's requests and responses as the library's. */
final class Requests {
  private Requests() {}

  /** A second view of the body, so that the controller gets all of it, too. */
  static RequestBody body(HttpRequest<?> host) {
    return RequestBody.of(
        new Fields(host),
        () ->
            ((ServerHttpRequest<?>) host)
                .byteBody()
                .split(SplitBackpressureMode.FASTEST)
                .toInputStream());
  }

  static AuthRequest of(HttpRequest<?> host, RequestBody body, TrustedProxies proxies) {
    InetAddress peer = host.getRemoteAddress().getAddress();
    boolean http2 = host.getHttpVersion() == HttpVersion.HTTP_2_0;
    return AuthRequest.builder(
            host.getMethodName(),
            ((NettyHttpRequest<?>) host).getNativeRequest().uri(),
            http2 ? host.getHeaders().get("Host") : null,
            peer == null ? IpAddress.UNSPECIFIED : peer,
            host.isSecure())
        .headers(new Fields(host))
        .form(body.form())
        .trustedProxies(proxies)
        .build();
  }

  static HttpResponse<?> response(AuthResponse answer) {
    MutableHttpResponse<Object> response = HttpResponse.status(answer.status(), null);
    answer.headers().forEach(line -> response.getHeaders().add(line.name(), line.value()));
    byte[] body = answer.bytes();
    return body.length == 0 ? response : response.body(body);
  }

  /** The header fields, without copying them. */
  private record Fields(HttpRequest<?> host) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return host.getHeaders().getAll(name);
    }

    @Override
    public Collection<String> names() {
      return host.getHeaders().names();
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }
}

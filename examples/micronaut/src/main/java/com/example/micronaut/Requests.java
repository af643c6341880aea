package com.example.micronaut;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.RequestBody;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpVersion;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.netty.NettyHttpRequest;
import java.net.InetAddress;

/** Micronaut's requests and responses as the library's. */
final class Requests {
  private Requests() {}

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
}

package com.example.helidon;

import dev.sallyport.AuthRequest;
import dev.sallyport.HeaderSource;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.RequestBody;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.webserver.http.ServerRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request as the guard sees it, and who it is from once that is known. For one thread. */
final class Arrival {
  private final AuthRequest request;
  private final RequestBody body;
  private Decision.@Nullable Proceed before;

  private Arrival(AuthRequest request, RequestBody body) {
    this.request = request;
    this.body = body;
  }

  static Arrival of(ServerRequest host, TrustedProxies proxies) {
    Fields fields = new Fields(host.headers());
    RequestBody body = RequestBody.of(fields, () -> host.content().inputStream());
    HttpPrologue line = host.prologue();
    AuthRequest request =
        AuthRequest.builder(
                line.method().text(),
                line.uriPath().rawPath() + (line.hasQuery() ? "?" + line.query().rawValue() : ""),
                line.protocolVersion().startsWith("1") ? null : host.authority(),
                peer(host),
                host.isSecure())
            .headers(fields)
            .form(body.form())
            .trustedProxies(proxies)
            .build();
    return new Arrival(request, body);
  }

  private static InetAddress peer(ServerRequest host) {
    return host.remotePeer().address() instanceof InetSocketAddress at && at.getAddress() != null
        ? at.getAddress()
        : IpAddress.UNSPECIFIED;
  }

  AuthRequest request() {
    return request;
  }

  RequestBody body() {
    return body;
  }

  /** Asks the chain only once, also where several handlers answer one after the other. */
  Decision decide(Guard guard, Permission permission) {
    if (before != null) {
      return guard.authorize(request, before.who(), permission);
    }
    Decision decision = guard.check(request, permission);
    if (decision instanceof Decision.Proceed proceed) {
      before = proceed;
    }
    return decision;
  }

  /** The header fields, without copying them. */
  private record Fields(ServerRequestHeaders headers) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return headers.all(HeaderNames.create(name), List::of);
    }

    @Override
    public Collection<String> names() {
      List<String> names = new ArrayList<>();
      headers.forEach(header -> names.add(header.name()));
      return names;
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }
}

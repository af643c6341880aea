package dev.sallyport.vertx;

import dev.sallyport.AuthRequest;
import dev.sallyport.HeaderSource;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Vert.x says about a request, in the event loop.
 *
 * @param uri the target, as Vert.x has it
 */
record ReceivedRequest(AuthRequest request, PostedForm form, String uri) {
  static ReceivedRequest of(HttpServerRequest from, PostedForm form, TrustedProxies proxies) {
    AuthRequest request =
        AuthRequest.builder(
                from.method().name(),
                from.uri(),
                authority(from),
                peer(from.connection().remoteAddress(true)),
                from.connection().isSsl())
            .headers(new Fields(from.headers()))
            .form(form)
            .trustedProxies(proxies)
            .build();
    return new ReceivedRequest(request, form, from.uri());
  }

  /** Omits the query, which may hold secrets. */
  @Override
  public String toString() {
    return request.toString();
  }

  /** {@code :authority} of HTTP/2, and not what {@code Host} or a proxy says. */
  private static @Nullable String authority(HttpServerRequest request) {
    HostAndPort real = request.version() == HttpVersion.HTTP_2 ? request.authority(true) : null;
    return real == null ? null : real.toString();
  }

  /** The other end of the connection, even where the PROXY protocol names another. */
  private static InetAddress peer(@Nullable SocketAddress address) {
    String host = address == null ? null : address.hostAddress();
    return host == null
        ? IpAddress.UNSPECIFIED
        : IpAddress.literal(host).orElse(IpAddress.UNSPECIFIED);
  }

  /** The request's own, which nobody changes while a lane reads it: its handlers wait. */
  record Fields(MultiMap map) implements HeaderSource {
    @Override
    public List<String> values(String name) {
      return map.getAll(name);
    }

    @Override
    public Collection<String> names() {
      return map.names();
    }

    /** Omits the fields, some of which are secret. */
    @Override
    public String toString() {
      return "Fields[hidden]";
    }
  }
}

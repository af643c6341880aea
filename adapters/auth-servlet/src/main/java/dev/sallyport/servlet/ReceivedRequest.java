package dev.sallyport.servlet;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import dev.sallyport.http.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a container says about a request. Whether it is secure, the connection says: the
 * request itself would, on some containers, on the client's word (an absolute-form request line,
 * {@code :scheme}).
 */
final class ReceivedRequest {
  private ReceivedRequest() {}

  static AuthRequest of(HttpServletRequest request, RequestBody body, TrustedProxies proxies) {
    return AuthRequest.builder(
            request.getMethod(),
            target(request),
            authority(request),
            peer(request),
            request.getServletConnection().isSecure())
        .headers(new ServletHeaders(request))
        .form(body.form())
        .trustedProxies(proxies)
        .build();
  }

  private static String target(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
  }

  /**
   * {@code :authority}, which no container hands out as it was: they all split it. A port that it
   * could have left out is shown only if {@code Host} has it too, with which it will be compared.
   */
  private static @Nullable String authority(HttpServletRequest request) {
    if (request.getProtocol().startsWith("HTTP/1")) {
      return null;
    }
    String host = request.getServerName();
    int port = request.getServerPort();
    String whole = host + ":" + port;
    boolean standard = port == (request.getScheme().equals("https") ? 443 : 80);
    return standard && !whole.equals(request.getHeader("Host")) ? host : whole;
  }

  /** Null over a Unix domain socket. */
  private static InetAddress peer(HttpServletRequest request) {
    String address = request.getRemoteAddr();
    return address == null
        ? IpAddress.UNSPECIFIED
        : IpAddress.literal(address).orElse(IpAddress.UNSPECIFIED);
  }
}

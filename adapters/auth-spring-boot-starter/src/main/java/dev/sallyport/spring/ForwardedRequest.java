package dev.sallyport.spring;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.TrustedProxies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Optional;

/**
 * A request whose client and scheme are those that a trusted proxy has reported, by the guard's own
 * rules.
 */
final class ForwardedRequest extends HttpServletRequestWrapper {
  private final AuthRequest asked;

  private ForwardedRequest(HttpServletRequest request, AuthRequest asked) {
    super(request);
    this.asked = asked;
  }

  /** The request itself where no proxy is trusted. */
  static HttpServletRequest of(HttpServletRequest request, TrustedProxies proxies) {
    if (proxies.isNone()) {
      return request;
    }
    AuthRequest.Builder asked =
        AuthRequest.builder(
                request.getMethod(),
                request.getRequestURI(),
                null,
                Optional.ofNullable(request.getRemoteAddr())
                    .flatMap(IpAddress::literal)
                    .orElse(IpAddress.UNSPECIFIED),
                request.getServletConnection().isSecure())
            .trustedProxies(proxies);
    for (String name : ForwardedHeaders.FIELDS) {
      Collections.list(request.getHeaders(name)).forEach(value -> asked.header(name, value));
    }
    return new ForwardedRequest(request, asked.build());
  }

  @Override
  public String getRemoteAddr() {
    return asked.clientAddress().getHostAddress();
  }

  @Override
  public String getRemoteHost() {
    return getRemoteAddr();
  }

  @Override
  public boolean isSecure() {
    return asked.isSecure();
  }

  @Override
  public String getScheme() {
    return isSecure() ? "https" : "http";
  }

  /** The one in {@code Host}, or else that of the scheme. */
  @Override
  public int getServerPort() {
    int port = super.getServerPort();
    return port == standardPort(super.getScheme()) ? standardPort(getScheme()) : port;
  }

  private static int standardPort(String scheme) {
    return scheme.equals("https") ? 443 : 80;
  }

  @Override
  public StringBuffer getRequestURL() {
    StringBuffer url = new StringBuffer(getScheme()).append("://").append(getServerName());
    if (getServerPort() != standardPort(getScheme())) {
      url.append(':').append(getServerPort());
    }
    return url.append(getRequestURI());
  }
}

package dev.sallyport.spring;

import dev.sallyport.TrustedProxies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.RelativeRedirectFilter;

/**
 * Shows handlers the client and the scheme that a trusted proxy has reported. Redirects stay
 * relative, since a container would complete them by its own scheme.
 */
final class ForwardedRequests extends OncePerRequestFilter {
  private final TrustedProxies proxies;
  private final RelativeRedirectFilter redirects = new RelativeRedirectFilter();

  ForwardedRequests(TrustedProxies proxies) {
    this.proxies = proxies;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    redirects.doFilter(ForwardedRequest.of(request, proxies), response, chain);
  }

  /** A dispatch begins with the container's own request. */
  @Override
  protected boolean shouldNotFilterErrorDispatch() {
    return false;
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}

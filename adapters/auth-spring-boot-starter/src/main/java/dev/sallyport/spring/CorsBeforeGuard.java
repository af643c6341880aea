package dev.sallyport.spring;

import dev.sallyport.TrustedProxies;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers preflights, which carry no credentials, before the guard; and gives refusals the fields
 * without which no page of another origin could read them. Where nothing is configured for a
 * request, even a preflight is the guard's.
 */
final class CorsBeforeGuard extends OncePerRequestFilter {
  private final CorsConfigurationSource source;
  private final TrustedProxies proxies;
  private final CorsProcessor processor = new DefaultCorsProcessor();

  CorsBeforeGuard(CorsConfigurationSource source, TrustedProxies proxies) {
    this.source = source;
    this.proxies = proxies;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpServletRequest asked = ForwardedRequest.of(request, proxies);
    CorsConfiguration configured;
    try {
      configured = CorsUtils.isCorsRequest(asked) ? source.getCorsConfiguration(asked) : null;
    } catch (IllegalArgumentException | IllegalStateException e) { // no origin, https://a:x say
      response.setStatus(HttpServletResponse.SC_FORBIDDEN);
      return;
    }
    if (configured == null
        || (processor.processRequest(configured, asked, response)
            && !CorsUtils.isPreFlightRequest(asked))) {
      chain.doFilter(request, response);
    }
  }
}

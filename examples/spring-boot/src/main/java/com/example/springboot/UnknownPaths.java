package com.example.springboot;

import dev.sallyport.AuthRequest;
import dev.sallyport.IpAddress;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * Answers what no controller is for, before anybody's credentials are looked at: which paths there
 * are is no secret of the site's. Without it, the guard would come first, and only those with the
 * default permission would see a 404 or 405.
 */
record UnknownPaths(
    ObjectProvider<RequestMappingHandlerMapping> controllers, AuthEndpoints endpoints)
    implements Filter {
  /** The name under which Boot registers the servlet of Spring MVC. */
  static final String MVC = "dispatcherServlet";

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    HttpServletRequest asked = (HttpServletRequest) request;
    Optional<AuthResponse> unknown = isForMvc(asked) ? unknown(asked) : Optional.empty();
    if (unknown.isPresent()) {
      AuthFilter.send(asked, (HttpServletResponse) response, unknown.get());
    } else {
      chain.doFilter(request, response);
    }
  }

  private boolean isForMvc(HttpServletRequest asked) {
    AuthRequest line =
        AuthRequest.builder(
                asked.getMethod(), asked.getRequestURI(), null, IpAddress.UNSPECIFIED, false)
            .build();
    return asked.getHttpServletMapping().getServletName().equals(MVC) && !endpoints.areFor(line);
  }

  /** Asks what Spring MVC itself will ask, so that the two agree. */
  private Optional<AuthResponse> unknown(HttpServletRequest asked) throws ServletException {
    try {
      ServletRequestPathUtils.parseAndCache(asked);
      return controllers.getObject().getHandler(asked) == null
          ? Optional.of(Problem.of(404, "not_found", "There is nothing at this path.").toResponse())
          : Optional.empty();
    } catch (HttpRequestMethodNotSupportedException e) {
      return Optional.of(
          Problem.of(405, "method_not_allowed", "This path does not support this method.")
              .withHeader("Allow", allowed(e))
              .toResponse());
    } catch (ServletException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  /** Spring MVC answers HEAD wherever it answers GET. */
  private static String allowed(HttpRequestMethodNotSupportedException refused) {
    String[] methods = refused.getSupportedMethods();
    TreeSet<String> allowed = new TreeSet<>(methods == null ? List.of() : List.of(methods));
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return String.join(", ", allowed);
  }
}

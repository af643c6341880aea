package dev.sallyport.spring;

import dev.sallyport.servlet.AuthFilter;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.ModelAndView;

/**
 * Asks whether the caller may call the handler that was found. Where MVC finds none, which it tells
 * by an exception, the default permission is asked for before anybody learns that: which paths and
 * methods there are is not for everybody.
 */
record PermissionInterceptor(HandlerPermissions permissions)
    implements HandlerInterceptor, HandlerExceptionResolver, Ordered {
  private static final String JUDGED = PermissionInterceptor.class.getName();

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (isForAnybody(request)) {
      if (!response.containsHeader("Cache-Control")) {
        response.setHeader("Cache-Control", "no-store");
      }
      return true;
    }
    boolean goesOn = request.getDispatcherType() == DispatcherType.ASYNC;
    if (goesOn && handler.equals(request.getAttribute(JUDGED))) {
      return true; // it has been called, and this is its result
    }
    request.setAttribute(JUDGED, handler);
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    return AuthFilter.require(request, response, permissions.of(pattern, handler));
  }

  /**
   * The page for errors answers whoever ran into one; asked for by its path, it is as any other.
   */
  private static boolean isForAnybody(HttpServletRequest request) {
    return request.getDispatcherType() == DispatcherType.ERROR;
  }

  @Override
  public @Nullable ModelAndView resolveException(
      HttpServletRequest request,
      HttpServletResponse response,
      @Nullable Object handler,
      Exception thrown) {
    if (isForAnybody(request) || request.getAttribute(JUDGED) != null) {
      return null;
    }
    try {
      boolean allowed = AuthFilter.require(request, response, permissions.otherwise());
      return allowed ? null : new ModelAndView();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }
}

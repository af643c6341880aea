package dev.sallyport.spring;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.servlet.HandlerExecutionChain;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * What Spring MVC would say of a request from another origin, {@code @CrossOrigin} and all, before
 * it is asked: refusals of the guard need the same header fields, and preflights come without
 * credentials.
 */
final class MvcCors implements CorsConfigurationSource {
  private final ApplicationContext context;

  MvcCors(ApplicationContext context) {
    this.context = context;
  }

  @Override
  public @Nullable CorsConfiguration getCorsConfiguration(HttpServletRequest request) {
    HttpServletRequest asked = new Unmarked(request);
    try {
      ServletRequestPathUtils.parseAndCache(asked);
      for (HandlerMapping mapping : mappings()) {
        HandlerExecutionChain found = mapping.getHandler(asked);
        if (found != null) {
          return configuration(found, asked);
        }
      }
      return null;
    } catch (Exception e) {
      return null; // MVC will run into the same and answer it
    }
  }

  private static @Nullable CorsConfiguration configuration(
      HandlerExecutionChain found, HttpServletRequest asked) {
    for (HandlerInterceptor interceptor : found.getInterceptorList()) {
      if (interceptor instanceof CorsConfigurationSource source) {
        return source.getCorsConfiguration(asked);
      }
    }
    return found.getHandler() instanceof CorsConfigurationSource source
        ? source.getCorsConfiguration(asked)
        : null;
  }

  private List<HandlerMapping> mappings() {
    List<HandlerMapping> mappings =
        new ArrayList<>(
            BeanFactoryUtils.beansOfTypeIncludingAncestors(
                    context, HandlerMapping.class, true, false)
                .values());
    AnnotationAwareOrderComparator.sort(mappings);
    return mappings;
  }

  /** A request that keeps what the search writes on it to itself. */
  private static final class Unmarked extends HttpServletRequestWrapper {
    private final Map<String, Object> own = new HashMap<>();

    Unmarked(HttpServletRequest request) {
      super(request);
      for (String name : Collections.list(request.getAttributeNames())) {
        own.put(name, request.getAttribute(name));
      }
    }

    @Override
    public @Nullable Object getAttribute(String name) {
      return own.get(name);
    }

    @Override
    public Enumeration<String> getAttributeNames() {
      return Collections.enumeration(new TreeSet<>(own.keySet()));
    }

    @Override
    public void setAttribute(String name, @Nullable Object value) {
      if (value == null) {
        own.remove(name);
      } else {
        own.put(name, value);
      }
    }

    @Override
    public void removeAttribute(String name) {
      own.remove(name);
    }
  }
}

package dev.sallyport.servlet;

import dev.sallyport.guard.Permission;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What servlets need.
 *
 * @param named by the name of a servlet or by one of its mappings; empty for those without a guard
 * @param otherwise what the others need
 */
record ServletPermissions(Map<String, Optional<Permission>> named, Permission otherwise) {
  static ServletPermissions all(Permission needed) {
    return new ServletPermissions(Map.of(), needed);
  }

  ServletPermissions with(Map<String, Permission> more) {
    Map<String, Optional<Permission>> all = new HashMap<>(named);
    more.forEach((name, needed) -> add(all, name, Optional.of(needed)));
    return new ServletPermissions(Map.copyOf(all), otherwise);
  }

  ServletPermissions without(Set<String> more) {
    Map<String, Optional<Permission>> all = new HashMap<>(named);
    more.forEach(name -> add(all, name, Optional.empty()));
    return new ServletPermissions(Map.copyOf(all), otherwise);
  }

  private static void add(
      Map<String, Optional<Permission>> all, String name, Optional<Permission> needed) {
    if (all.put(name, needed) != null) {
      throw new IllegalArgumentException("'" + name + "' is named twice");
    }
  }

  /**
   * What the servlet needs that the container has found for this dispatch; null if it is without a
   * guard.
   */
  @Nullable Permission of(HttpServletRequest request) {
    if (named.isEmpty()) {
      return otherwise;
    }
    HttpServletMapping mapping = mapping(request);
    Optional<Permission> needed = named.get(mapping.getPattern());
    if (needed == null) {
      needed = named.get(mapping.getServletName());
    }
    return needed == null ? otherwise : needed.orElse(null);
  }

  /** Of an include, the request itself has the mapping of the servlet that includes. */
  private static HttpServletMapping mapping(HttpServletRequest request) {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    Object mapping = included ? request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) : null;
    return mapping == null ? request.getHttpServletMapping() : (HttpServletMapping) mapping;
  }

  /** A context without a single servlet is a test's, which has no container behind it. */
  void checkNames(ServletContext context) throws ServletException {
    TreeSet<String> known = new TreeSet<>();
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      known.add(servlet.getName());
      known.addAll(servlet.getMappings());
    }
    for (String name : new TreeSet<>(named.keySet())) {
      if (!known.isEmpty() && !known.contains(name)) {
        throw new ServletException(
            "There is a permission for '%s', but no servlet of that name or mapping, only %s"
                .formatted(name, known));
      }
    }
  }
}

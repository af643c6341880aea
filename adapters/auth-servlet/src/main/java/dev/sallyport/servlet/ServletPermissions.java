package dev.sallyport.servlet;

import dev.sallyport.guard.Permission;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.TreeSet;

/**
 * What servlets need.
 *
 * @param named by the name of a servlet or by one of its mappings
 * @param otherwise what the others need
 */
record ServletPermissions(Map<String, Permission> named, Permission otherwise) {
  ServletPermissions {
    named = Map.copyOf(named);
  }

  /** What the servlet needs that the container has found for this dispatch. */
  Permission of(HttpServletRequest request) {
    if (named.isEmpty()) {
      return otherwise;
    }
    HttpServletMapping mapping = mapping(request);
    Permission byPattern = named.get(mapping.getPattern());
    return byPattern != null ? byPattern : named.getOrDefault(mapping.getServletName(), otherwise);
  }

  /** Of an include, the request itself has the mapping of the servlet that includes. */
  private static HttpServletMapping mapping(HttpServletRequest request) {
    boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
    Object mapping = included ? request.getAttribute(RequestDispatcher.INCLUDE_MAPPING) : null;
    return mapping == null ? request.getHttpServletMapping() : (HttpServletMapping) mapping;
  }

  void checkNames(ServletContext context) throws ServletException {
    TreeSet<String> known = new TreeSet<>();
    for (ServletRegistration servlet : context.getServletRegistrations().values()) {
      known.add(servlet.getName());
      known.addAll(servlet.getMappings());
    }
    for (String name : new TreeSet<>(named.keySet())) {
      if (!known.contains(name)) {
        throw new ServletException(
            "There is a permission for '%s', but no servlet of that name or mapping, only %s"
                .formatted(name, known));
      }
    }
  }
}

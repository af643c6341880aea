package com.example.micronaut;

import com.example.annotations.AnnotatedPermissions;
import dev.sallyport.guard.Permission;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteMatch;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What routes need, by the annotations of a method or else of its controller: those of Jakarta, and
 * the host's own. Those of an interface or a superclass count, which Micronaut's own metadata
 * leaves out. Safe for many threads.
 */
public final class RoutePermissions {
  private final AnnotatedPermissions annotated;
  private final Map<Target, Optional<Permission>> known = new ConcurrentHashMap<>();

  private RoutePermissions(AnnotatedPermissions annotated) {
    this.annotated = annotated;
  }

  /**
   * The permissions of all routes.
   *
   * @param own which annotation of the host's stands for which permission
   * @return the permissions
   */
  public static RoutePermissions of(Map<Class<? extends Annotation>, Permission> own) {
    return new RoutePermissions(AnnotatedPermissions.of(own));
  }

  Optional<Permission> of(RouteMatch<?> route) {
    return route instanceof MethodBasedRouteMatch<?, ?> found
        ? known.computeIfAbsent(
            new Target(found.getTargetMethod(), found.getDeclaringType()),
            target -> annotated.of(target.method(), target.controller()))
        : Optional.empty();
  }

  /** Several controllers can inherit one method. */
  private record Target(Method method, Class<?> controller) {}
}

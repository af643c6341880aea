package dev.sallyport.spring;

import dev.sallyport.guard.Permission;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.method.HandlerMethod;

/**
 * What the handler needs that Spring MVC or WebFlux has found for a request: what its annotations
 * say, else the route table, else the guard's default. Safe for many threads.
 */
final class HandlerPermissions {
  private final AnnotatedPermissions annotated;
  private final RoutePermissions routes;
  private final Permission otherwise;
  private final Map<Target, Optional<Permission>> known = new ConcurrentHashMap<>();
  private final Map<Class<?>, Optional<Permission>> knownTypes = new ConcurrentHashMap<>();

  HandlerPermissions(
      AnnotatedPermissions annotated, RoutePermissions routes, Permission otherwise) {
    this.annotated = annotated;
    this.routes = routes;
    this.otherwise = otherwise;
  }

  /** Several classes can inherit one method. */
  private record Target(Method method, Class<?> type) {}

  /**
   * What a handler needs.
   *
   * @param pattern the one that has matched; null if there is none
   */
  Permission of(@Nullable Object pattern, Object handler) {
    return annotated(handler).orElseGet(() -> route(pattern));
  }

  Permission otherwise() {
    return otherwise;
  }

  RoutePermissions routes() {
    return routes;
  }

  Optional<Permission> annotated(Object handler) {
    return handler instanceof HandlerMethod method
        ? known.computeIfAbsent(
            new Target(method.getMethod(), method.getBeanType()),
            target -> annotated.of(target.method(), target.type()))
        : knownTypes.computeIfAbsent(ClassUtils.getUserClass(handler), annotated::of);
  }

  private Permission route(@Nullable Object pattern) {
    Permission named = pattern == null ? null : routes.of(pattern.toString());
    return named == null ? otherwise : named;
  }
}

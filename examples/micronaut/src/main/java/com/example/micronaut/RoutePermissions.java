package com.example.micronaut;

import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteMatch;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What routes need, by the annotations of a method or else of its controller: those of Jakarta, and
 * the host's own. Those of an interface or a superclass count, which Micronaut's own metadata
 * leaves out. Safe for many threads.
 */
public final class RoutePermissions {
  private final Map<Class<? extends Annotation>, Permission> own;
  private final Map<Target, Optional<Permission>> known = new ConcurrentHashMap<>();

  private RoutePermissions(Map<Class<? extends Annotation>, Permission> own) {
    this.own = Map.copyOf(own);
  }

  /**
   * The permissions of all routes.
   *
   * @param own which annotation of the host's stands for which permission
   * @return the permissions
   */
  public static RoutePermissions of(Map<Class<? extends Annotation>, Permission> own) {
    return new RoutePermissions(own);
  }

  Optional<Permission> of(RouteMatch<?> route) {
    return route instanceof MethodBasedRouteMatch<?, ?> found
        ? known.computeIfAbsent(
            new Target(found.getTargetMethod(), found.getDeclaringType()),
            target -> nearest(target.method(), target.controller()))
        : Optional.empty();
  }

  /** Several controllers can inherit one method. */
  private record Target(Method method, Class<?> controller) {}

  /** The method, what it overrides, then the classes. */
  private Optional<Permission> nearest(Method method, Class<?> controller) {
    Set<Class<?>> types = new LinkedHashSet<>();
    addTypes(method.getDeclaringClass(), types);
    addTypes(controller, types);
    List<AnnotatedElement> places = new ArrayList<>();
    places.add(method);
    for (Class<?> type : types) {
      Stream.of(type.getDeclaredMethods())
          .filter(other -> type != method.getDeclaringClass() && isLike(other, method))
          .forEach(places::add);
    }
    places.addAll(types);
    return places.stream().flatMap(place -> permission(place).stream()).findFirst();
  }

  private static void addTypes(Class<?> type, Set<Class<?>> types) {
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      types.add(next);
    }
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      Stream.of(next.getInterfaces()).forEach(extended -> addTypes(extended, types));
    }
  }

  /** Whether a method is overridden by another, with type variables for parameters perhaps. */
  private static boolean isLike(Method overridden, Method method) {
    Class<?>[] theirs = overridden.getParameterTypes();
    Class<?>[] ours = method.getParameterTypes();
    return overridden.getName().equals(method.getName())
        && theirs.length == ours.length
        && IntStream.range(0, ours.length).allMatch(i -> theirs[i].isAssignableFrom(ours[i]));
  }

  private Optional<Permission> permission(AnnotatedElement place) {
    List<Permission> found = new ArrayList<>();
    for (Annotation annotation : place.getAnnotations()) {
      permission(annotation).ifPresent(found::add);
    }
    if (found.size() > 1) {
      throw new IllegalStateException(
          "Several annotations say who may call " + place + "; leave one");
    }
    return found.stream().findFirst();
  }

  private Optional<Permission> permission(Annotation annotation) {
    if (annotation instanceof DenyAll) {
      return Optional.of(access -> Verdict.DENIED);
    }
    if (annotation instanceof PermitAll) {
      return Optional.of(Permission.anyone());
    }
    if (annotation instanceof RolesAllowed roles) {
      return Optional.of(
          Permission.who(who -> Stream.of(roles.value()).anyMatch(who.principal()::hasRole)));
    }
    return Optional.ofNullable(own.get(annotation.annotationType()));
  }
}

package com.example.annotations;

import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What handlers need, by the nearest annotation: that of the method, of what it overrides, then of
 * the classes. {@code @RolesAllowed}, {@code @PermitAll}, {@code @DenyAll} and the host's own
 * count. Immutable.
 */
public final class AnnotatedPermissions {
  private final Map<Class<? extends Annotation>, Permission> own;

  private AnnotatedPermissions(Map<Class<? extends Annotation>, Permission> own) {
    this.own = Map.copyOf(own);
  }

  /**
   * The permissions of all handlers.
   *
   * @param own which annotation of the host's stands for which permission
   * @return the permissions
   */
  public static AnnotatedPermissions of(Map<Class<? extends Annotation>, Permission> own) {
    return new AnnotatedPermissions(own);
  }

  /**
   * What a handler needs.
   *
   * @param method the method that handles requests
   * @param type the class whose method it is, declared there or inherited
   * @return the permission; empty if no annotation says any
   * @throws IllegalStateException if several annotations in one place do, or it can't be told which
   *     method overrides an annotated one
   */
  public Optional<Permission> of(Method method, Class<?> type) {
    Set<Class<?>> types = new LinkedHashSet<>();
    addTypes(method.getDeclaringClass(), types);
    addTypes(type, types);
    List<AnnotatedElement> places = new ArrayList<>();
    places.add(method);
    for (Class<?> above : types) {
      Stream.of(above.getDeclaredMethods())
          .filter(other -> above != method.getDeclaringClass() && overrides(method, other, types))
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

  /** An overload overrides nothing, however wide the parameters of the other are. */
  private boolean overrides(Method method, Method other, Set<Class<?>> types) {
    if (!other.getName().equals(method.getName())
        || other.isBridge()
        || Modifier.isPrivate(other.getModifiers())
        || Modifier.isStatic(other.getModifiers())) {
      return false;
    }
    if (hasParameters(method, other.getParameterTypes())) {
      return true;
    }
    List<Method> behindBridge =
        types.stream()
            .filter(declaring -> hasBridge(declaring, other))
            .flatMap(declaring -> Stream.of(declaring.getMethods(), declaring.getDeclaredMethods()))
            .flatMap(Stream::of)
            .filter(candidate -> !candidate.isBridge() && couldOverride(candidate, other))
            .distinct()
            .toList();
    if (behindBridge.size() > 1 && behindBridge.contains(method) && permission(other).isPresent()) {
      throw new IllegalStateException(
          "Several methods could override "
              + other
              + ", which says who may call it; annotate "
              + method
              + " and its overloads instead");
    }
    return behindBridge.contains(method);
  }

  /** The compiler makes one for a method whose parameters were type variables. */
  private static boolean hasBridge(Class<?> declaring, Method other) {
    return Stream.of(declaring.getDeclaredMethods())
        .anyMatch(
            own ->
                own.isBridge()
                    && own.getName().equals(other.getName())
                    && hasParameters(own, other.getParameterTypes()));
  }

  private static boolean hasParameters(Method method, Class<?>[] types) {
    return Arrays.equals(method.getParameterTypes(), types);
  }

  private static boolean couldOverride(Method method, Method other) {
    Class<?>[] ours = method.getParameterTypes();
    Class<?>[] theirs = other.getParameterTypes();
    if (!method.getName().equals(other.getName()) || ours.length != theirs.length) {
      return false;
    }
    for (int i = 0; i < ours.length; i++) {
      if (!theirs[i].isAssignableFrom(ours[i])) {
        return false;
      }
    }
    return !method.equals(other);
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

package com.example.jaxrs;

import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gives each resource method a gate with its permission, when the application starts. */
final class ResourcePermissions implements DynamicFeature {
  private final Guard guard;
  private final Map<Class<? extends Annotation>, Permission> own;

  ResourcePermissions(Guard guard, Map<Class<? extends Annotation>, Permission> own) {
    this.guard = guard;
    this.own = own;
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(
        new Gate(
            guard,
            places(resource).stream()
                .flatMap(place -> permission(place).stream())
                .findFirst()
                .orElseGet(guard::defaultPermission)));
  }

  /**
   * Where an annotation can stand, the nearest place first: the method, what it overrides, then the
   * classes. A method of an interface counts, since its {@code @GET} does.
   */
  private static List<AnnotatedElement> places(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    Set<Class<?>> types = new LinkedHashSet<>();
    addTypes(method.getDeclaringClass(), types);
    addTypes(resource.getResourceClass(), types);
    List<AnnotatedElement> places = new ArrayList<>();
    places.add(method);
    for (Class<?> type : types) {
      Stream.of(type.getDeclaredMethods())
          .filter(other -> type != method.getDeclaringClass() && isLike(other, method))
          .forEach(places::add);
    }
    places.addAll(types);
    return places;
  }

  /** Whether a method is overridden by another, with type variables for parameters perhaps. */
  private static boolean isLike(Method overridden, Method method) {
    Class<?>[] theirs = overridden.getParameterTypes();
    Class<?>[] ours = method.getParameterTypes();
    return overridden.getName().equals(method.getName())
        && theirs.length == ours.length
        && IntStream.range(0, ours.length).allMatch(i -> theirs[i].isAssignableFrom(ours[i]));
  }

  private static void addTypes(Class<?> type, Set<Class<?>> types) {
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      types.add(next);
    }
    for (Class<?> next = type; next != null; next = next.getSuperclass()) {
      Stream.of(next.getInterfaces()).forEach(extended -> addTypes(extended, types));
    }
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

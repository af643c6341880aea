package dev.sallyport.spring;

import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/** What annotations say, those on annotations among them. */
record AnnotatedPermissions(BeanFactory beans) {
  private static final Set<Class<? extends Annotation>> KNOWN =
      Set.of(Needs.class, RolesAllowed.class, PermitAll.class, DenyAll.class);

  /**
   * What a method needs: by its own annotations or those that it overrides, else by those of the
   * class that declares it, else by those of the class that has inherited it.
   *
   * @throws IllegalArgumentException if one place says what it can't
   */
  Optional<Permission> of(Method method, Class<?> type) {
    return Stream.of(method, method.getDeclaringClass(), type)
        .flatMap(place -> nearest(place).stream())
        .findFirst();
  }

  /** What an object needs that handles requests itself. */
  Optional<Permission> of(Class<?> type) {
    return nearest(type);
  }

  private Optional<Permission> nearest(AnnotatedElement place) {
    List<MergedAnnotation<Annotation>> all =
        MergedAnnotations.from(place, SearchStrategy.TYPE_HIERARCHY).stream()
            .filter(found -> KNOWN.contains(found.getType()))
            .toList();
    int nearest =
        all.stream().mapToInt(MergedAnnotation::getAggregateIndex).min().orElse(Integer.MAX_VALUE);
    List<MergedAnnotation<Annotation>> found =
        all.stream().filter(one -> one.getAggregateIndex() == nearest).toList();
    if (found.size() > 1 && found.stream().anyMatch(one -> !one.getType().equals(Needs.class))) {
      throw new IllegalArgumentException(
          "'%s' has several annotations that say who may call it; leave one".formatted(place));
    }
    return found.stream().map(one -> permission(one, place)).reduce(Permission::and);
  }

  private Permission permission(MergedAnnotation<?> annotation, AnnotatedElement place) {
    if (annotation.getType().equals(Needs.class)) {
      try {
        return needs(annotation);
      } catch (NoSuchBeanDefinitionException | IllegalArgumentException e) {
        throw new IllegalArgumentException("@Needs of '" + place + "': " + e.getMessage(), e);
      }
    }
    if (annotation.getType().equals(RolesAllowed.class)) {
      return anyRole(annotation.getStringArray(MergedAnnotation.VALUE));
    }
    return annotation.getType().equals(PermitAll.class)
        ? Permission.anyone()
        : access -> Verdict.DENIED;
  }

  private Permission needs(MergedAnnotation<?> annotation) {
    Permission needed = Permission.authenticated();
    String[] roles = annotation.getStringArray("role");
    if (roles.length > 0) {
      needed = anyRole(roles);
    }
    for (String scope : annotation.getStringArray("scope")) {
      needed = needed.and(Permission.scope(scope));
    }
    for (String name : annotation.getStringArray("permission")) {
      needed = needed.and(beans.getBean(name, Permission.class));
    }
    String within = annotation.getString("within");
    return within.isEmpty()
        ? needed
        : needed.and(Permission.authenticatedWithin(DurationStyle.detectAndParse(within)));
  }

  private static Permission anyRole(String[] roles) {
    Set<String> any = Set.of(roles);
    return Permission.who(who -> any.stream().anyMatch(who.principal()::hasRole));
  }
}

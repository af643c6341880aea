package com.example.micronaut;

import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Verdict;
import io.micronaut.core.annotation.AnnotationMetadata;
import io.micronaut.web.router.RouteMatch;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import java.lang.annotation.Annotation;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What routes need, by the annotations of a method or else of its controller: those of Jakarta, and
 * the host's own.
 *
 * @param own which annotation of the host's stands for which permission
 */
public record RoutePermissions(Map<Class<? extends Annotation>, Permission> own) {
  /** Copies. */
  public RoutePermissions {
    own = Map.copyOf(own);
  }

  Optional<Permission> of(RouteMatch<?> route) {
    AnnotationMetadata all = route.getAnnotationMetadata();
    return at(all.getDeclaredMetadata()).or(() -> at(all));
  }

  private Optional<Permission> at(AnnotationMetadata place) {
    if (place.hasAnnotation(DenyAll.class)) {
      return Optional.of(access -> Verdict.DENIED);
    }
    if (place.hasAnnotation(RolesAllowed.class)) {
      String[] roles = place.stringValues(RolesAllowed.class);
      return Optional.of(
          Permission.who(who -> Stream.of(roles).anyMatch(who.principal()::hasRole)));
    }
    for (Map.Entry<Class<? extends Annotation>, Permission> entry : own.entrySet()) {
      if (place.hasAnnotation(entry.getKey())) {
        return Optional.of(entry.getValue());
      }
    }
    return place.hasAnnotation(PermitAll.class)
        ? Optional.of(Permission.anyone())
        : Optional.empty();
  }
}

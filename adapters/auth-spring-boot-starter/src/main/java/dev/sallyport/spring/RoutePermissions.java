package dev.sallyport.spring;

import dev.sallyport.guard.Permission;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is needed where no annotation can stand: static files, view controllers, router functions,
 * the actuator. Define it as a bean. Immutable.
 *
 * <pre>{@code
 * RoutePermissions.of(
 *     Map.of(
 *         "/assets/**", Permission.anyone(),
 *         "/actuator/health", Permission.anyone()))
 * }</pre>
 *
 * <p>A pattern is the text under which Spring MVC or WebFlux knows the handler. It is compared as
 * text, with that of the handler that was found: no path is matched a second time.
 */
public final class RoutePermissions {
  private final Map<String, Permission> byPattern;

  private RoutePermissions(Map<String, Permission> byPattern) {
    this.byPattern = byPattern;
  }

  /**
   * Permissions by pattern. An annotation of the handler counts before them; what is not named
   * needs the guard's default permission.
   *
   * @param byPattern patterns as they were registered; copied
   * @return the permissions
   */
  public static RoutePermissions of(Map<String, Permission> byPattern) {
    return new RoutePermissions(Map.copyOf(byPattern));
  }

  @Nullable Permission of(String pattern) {
    return byPattern.get(pattern);
  }

  Set<String> patterns() {
    return byPattern.keySet();
  }
}

package com.example.jaxrs;

import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.Response;
import java.lang.annotation.Annotation;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a guard before the resources of an application on Grizzly. What a resource method needs is
 * said by {@code @RolesAllowed}, {@code @PermitAll}, {@code @DenyAll} or an annotation of the
 * host's, on the method or else on its class; without one, it needs the guard's default permission.
 * Immutable.
 *
 * <pre>{@code
 * new ResourceConfig(Reports.class).register(AuthFeature.of(guard).withEndpoints(endpoints));
 * }</pre>
 */
public final class AuthFeature implements Feature {
  private final Guard guard;
  private final Map<Class<? extends Annotation>, Permission> permissions;
  private final @Nullable AuthEndpoints endpoints;
  private final @Nullable Function<ContainerRequestContext, Response> preflights;

  private AuthFeature(
      Guard guard,
      Map<Class<? extends Annotation>, Permission> permissions,
      @Nullable AuthEndpoints endpoints,
      @Nullable Function<ContainerRequestContext, Response> preflights) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.permissions = Map.copyOf(permissions);
    this.endpoints = endpoints;
    this.preflights = preflights;
  }

  /**
   * A feature without endpoints.
   *
   * @param guard checks requests
   * @return the feature
   */
  public static AuthFeature of(Guard guard) {
    return new AuthFeature(guard, Map.of(), null, null);
  }

  /**
   * Answers the library's own endpoints as well.
   *
   * @param endpoints the endpoints
   * @return a new feature
   */
  public AuthFeature withEndpoints(AuthEndpoints endpoints) {
    return new AuthFeature(
        guard, permissions, Objects.requireNonNull(endpoints, "endpoints"), preflights);
  }

  /**
   * Lets an annotation of the host's stand for a permission.
   *
   * @param annotation the annotation, kept at run time
   * @param permission what a method or class with it needs
   * @return a new feature
   */
  public AuthFeature withPermission(Class<? extends Annotation> annotation, Permission permission) {
    Map<Class<? extends Annotation>, Permission> more = new HashMap<>(permissions);
    more.put(annotation, Objects.requireNonNull(permission, "permission"));
    return new AuthFeature(guard, more, endpoints, preflights);
  }

  /**
   * Answers preflights of cross-origin requests; by default they need what any request needs.
   *
   * @param preflights answers them, and nothing else
   * @return a new feature
   */
  public AuthFeature withPreflights(Function<ContainerRequestContext, Response> preflights) {
    return new AuthFeature(
        guard, permissions, endpoints, Objects.requireNonNull(preflights, "preflights"));
  }

  @Override
  public boolean configure(FeatureContext context) {
    context.register(new Entrance(guard, endpoints, preflights));
    context.register(new ResourcePermissions(guard, permissions));
    context.register(new OutageMapper());
    context.register(new FailureMapper());
    context.register(new NoStore());
    return true;
  }
}

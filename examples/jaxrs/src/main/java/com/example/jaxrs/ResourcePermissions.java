package com.example.jaxrs;

import com.example.annotations.AnnotatedPermissions;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.annotation.Annotation;
import java.util.Map;

/**
 * Gives each resource method a gate with its permission, when the application starts. A method of
 * an interface counts, since its {@code @GET} does.
 */
final class ResourcePermissions implements DynamicFeature {
  private final Guard guard;
  private final AnnotatedPermissions annotated;

  ResourcePermissions(Guard guard, Map<Class<? extends Annotation>, Permission> own) {
    this.guard = guard;
    this.annotated = AnnotatedPermissions.of(own);
  }

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(
        new Gate(
            guard,
            annotated
                .of(resource.getResourceMethod(), resource.getResourceClass())
                .orElseGet(guard::defaultPermission)));
  }
}

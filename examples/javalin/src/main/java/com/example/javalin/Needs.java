package com.example.javalin;

import dev.sallyport.guard.Permission;
import io.javalin.security.RouteRole;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a route needs, in Javalin's idiom: a role of the route.
 *
 * <pre>{@code
 * config.routes.get("/reports", Reports::show, Needs.of(Permission.role("admin")));
 * }</pre>
 */
public final class Needs implements RouteRole {
  private static final Needs NO_GUARD = new Needs(null);

  private final @Nullable Permission permission;

  private Needs(@Nullable Permission permission) {
    this.permission = permission;
  }

  /**
   * A permission as a role.
   *
   * @param permission what the route needs
   * @return the role
   */
  public static Needs of(Permission permission) {
    return new Needs(Objects.requireNonNull(permission, "permission"));
  }

  /** {@return the only role of a route where no credentials are looked at} */
  public static Needs noGuard() {
    return NO_GUARD;
  }

  Optional<Permission> permission() {
    return Optional.ofNullable(permission);
  }
}

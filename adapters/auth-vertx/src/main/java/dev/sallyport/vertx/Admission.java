package dev.sallyport.vertx;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.guard.Guard;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been let in, kept in its context, so that no later handler asks for
 * credentials again.
 */
record Admission(
    Guard guard, AuthRequest request, Optional<Authenticated> who, @Nullable User user) {
  private static final String KEY = Admission.class.getName();

  static Admission of(Guard guard, AuthRequest request, Optional<Authenticated> who) {
    return new Admission(guard, request, who, who.map(Admission::user).orElse(null));
  }

  static @Nullable Admission of(RoutingContext ctx) {
    return ctx.get(KEY);
  }

  /** Tells the context who it is, and calls the next handler. */
  void goOn(RoutingContext ctx) {
    ctx.put(KEY, this);
    ContextUser.set(ctx, user);
    ctx.next();
  }

  private static User user(Authenticated who) {
    Principal principal = who.principal();
    User user =
        User.create(
            new JsonObject().put("username", principal.name()).put("sub", principal.id()),
            new JsonObject().put("scheme", who.scheme()));
    if (!principal.roles().isEmpty()) {
      Set<Authorization> roles = new HashSet<>();
      principal.roles().forEach(role -> roles.add(RoleBasedAuthorization.create(role)));
      user.authorizations().put("sallyport", roles);
    }
    return user;
  }
}

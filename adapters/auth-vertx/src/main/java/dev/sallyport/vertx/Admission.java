package dev.sallyport.vertx;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.guard.Guard;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.RoleBasedAuthorization;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request that has been let in, kept in its context, so that no later handler asks for
 * credentials again.
 */
record Admission(Guard guard, AuthRequest request, Optional<Authenticated> who) {
  private static final String KEY = Admission.class.getName();

  static @Nullable Admission of(RoutingContext ctx) {
    return ctx.get(KEY);
  }

  /** Tells the context who it is, and calls the next handler. */
  void goOn(RoutingContext ctx) {
    ctx.put(KEY, this);
    if (ctx.user() != null) {
      ctx.userContext().clear(); // what a session of the host's remembers is not who this is
    }
    if (who.isPresent()) {
      User user = user(who.get());
      SimpleAuthenticationHandler.create()
          .authenticate(same -> Future.succeededFuture(user))
          .handle(ctx);
    } else {
      resume(ctx);
      ctx.next();
    }
  }

  static void resume(RoutingContext ctx) {
    if (!ctx.request().isEnded()) {
      ctx.request().resume();
    }
  }

  private static User user(Authenticated who) {
    Principal principal = who.principal();
    User user =
        User.create(
            new JsonObject().put("username", principal.name()).put("sub", principal.id()),
            new JsonObject().put("scheme", who.scheme()));
    Set<Authorization> roles = new HashSet<>();
    principal.roles().forEach(role -> roles.add(RoleBasedAuthorization.create(role)));
    user.authorizations().put("sallyport", roles);
    return user;
  }
}

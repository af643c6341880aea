package dev.sallyport.vertx;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.guard.Guard;
import io.vertx.core.http.HttpServerRequest;
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
    Guard guard, ReceivedRequest received, Optional<Authenticated> who, @Nullable User user) {
  private static final String KEY = Admission.class.getName();

  static Admission of(Guard guard, ReceivedRequest received, Optional<Authenticated> who) {
    return new Admission(guard, received, who, who.map(Admission::user).orElse(null));
  }

  static @Nullable Admission of(RoutingContext ctx) {
    return ctx.get(KEY);
  }

  AuthRequest request() {
    return received.request();
  }

  /**
   * Whether nobody needs to ask for credentials again. Another method, as {@code reroute} can set,
   * may need a proof that it is no other site's request.
   */
  boolean isEnough(Guard other, HttpServerRequest now) {
    return guard.chain().equals(other.chain()) && request().method().equals(now.method().name());
  }

  /** The same caller, of a request that may have another target by now. */
  Admission at(ReceivedRequest now) {
    return new Admission(guard, now, who, user);
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

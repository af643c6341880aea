package com.example.jaxrs;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.util.Optional;

/** Stands before one resource method. */
@Priority(Priorities.AUTHENTICATION)
final class Gate implements ContainerRequestFilter {
  private final Guard guard;
  private final Optional<Permission> permission;

  Gate(Guard guard, Optional<Permission> permission) {
    this.guard = guard;
    this.permission = permission;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    Arrival arrival = Arrival.of(context);
    AuthRequest request = arrival.request();
    Decision decision =
        permission
            .map(needed -> guard.check(request, needed))
            .orElseGet(() -> guard.check(request));
    if (decision instanceof Decision.Refuse refuse) {
      context.abortWith(Answers.of(refuse.response()));
      return;
    }
    Decision.Proceed proceed = (Decision.Proceed) decision;
    NoStore.keep(proceed.headers(), context);
    context.setSecurityContext(
        new GuardedContext(CallerPrincipal.of(proceed.who()), request.isSecure()));
    if (arrival.body().isBegun()) {
      context.setEntityStream(arrival.body().stream());
    }
  }
}

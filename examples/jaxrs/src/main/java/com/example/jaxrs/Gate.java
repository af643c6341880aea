package com.example.jaxrs;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;

/** Stands before one resource method. */
@Priority(Priorities.AUTHENTICATION)
final class Gate implements ContainerRequestFilter {
  private final Guard guard;
  private final Permission permission;

  Gate(Guard guard, Permission permission) {
    this.guard = guard;
    this.permission = permission;
  }

  @Override
  public void filter(ContainerRequestContext context) {
    Arrival arrival = Arrival.of(context);
    AuthRequest request = arrival.request();
    Decision decision = guard.check(request, permission);
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

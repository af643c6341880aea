package com.example.javalin;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.servlet.AuthFilter;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.javalin.security.RouteRole;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a guard before the routes that Javalin has matched. A route says what it needs by a role,
 * {@link Needs}; one without needs the guard's default permission. A route with a role of another
 * kind, or with {@link Needs#noGuard} beside another role, is 500 for everybody. Handlers ask
 * {@link AuthFilter#who} for the caller. Immutable.
 *
 * <p>{@code HEAD} of a route for {@code GET} has no roles in Javalin, so it needs the default
 * permission too; register it beside {@code GET} where it should need something else.
 */
public final class RouteGuard {
  private static final Logger LOG = LoggerFactory.getLogger(RouteGuard.class);
  private static final String ALLOWED = RouteGuard.class.getName();

  private final Guard guard;
  private final @Nullable AuthEndpoints endpoints;

  private RouteGuard(Guard guard, @Nullable AuthEndpoints endpoints) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.endpoints = endpoints;
  }

  /**
   * Guards routes.
   *
   * @param guard checks requests
   * @return what to {@link #addTo add} to an application
   */
  public static RouteGuard of(Guard guard) {
    return new RouteGuard(guard, null);
  }

  /**
   * Answers the library's own endpoints as well.
   *
   * @param endpoints the endpoints
   * @return a new guard of routes
   */
  public RouteGuard withEndpoints(AuthEndpoints endpoints) {
    return new RouteGuard(guard, Objects.requireNonNull(endpoints, "endpoints"));
  }

  /**
   * Adds this to an application.
   *
   * @param config its configuration, before it starts
   */
  public void addTo(JavalinConfig config) {
    config.jetty.modifyServletContextHandler(this::addFilters);
    config.routes.beforeMatched(this::decide);
    config.routes.wsBeforeUpgrade(this::decide);
    config.routes.exception(
        StoreUnavailableException.class, (thrown, ctx) -> fail(ctx, Guard.storeUnavailable()));
    config.routes.exception(
        EofException.class, (thrown, ctx) -> ctx.status(400)); // the client has gone
    config.routes.exception(
        Exception.class,
        (thrown, ctx) -> {
          LOG.error(
              "A handler failed: {} {}",
              thrown.getClass(),
              Arrays.toString(thrown.getStackTrace()));
          fail(
              ctx,
              Problem.of(500, "internal_error", "The server could not handle the request.")
                  .toResponse());
        });
  }

  /** The endpoints are no routes of Javalin's; the servlet filter answers them. */
  private void addFilters(ServletContextHandler context) {
    EnumSet<DispatcherType> requests = EnumSet.of(DispatcherType.REQUEST);
    if (endpoints != null) {
      int mountPath = guard.chain().environment().mountPath().length();
      FilterHolder answering = new FilterHolder(AuthFilter.of(guard).withEndpoints(endpoints));
      context.addFilter(answering, endpoints.basePath().substring(mountPath) + "/*", requests);
      endpoints
          .keySetPath()
          .ifPresent(path -> context.addFilter(answering, path.substring(mountPath), requests));
    }
    Filter whole =
        (request, response, chain) ->
            chain.doFilter(new WholeBody((HttpServletRequest) request), response);
    context.addFilter(new FilterHolder(whole), "/*", requests);
  }

  private void decide(Context ctx) throws Exception {
    Permission needed = needed(ctx);
    if (needed == null) {
      return;
    }
    AuthFilter filter = AuthFilter.of(guard.withDefault(needed));
    WholeBody body = WholeBody.of(ctx.req());
    body.beginGuard();
    filter.doFilter(
        ctx.req(),
        ctx.res(),
        (request, response) -> {
          body.continueWith(request);
          ctx.attribute(ALLOWED, true);
        });
    if (ctx.attribute(ALLOWED) == null) {
      ctx.skipRemainingHandlers(); // the filter has answered
    }
  }

  /** All of a route's roles; null for one where no credentials are looked at. */
  private @Nullable Permission needed(Context ctx) {
    Set<RouteRole> roles = ctx.routeRoles();
    if (roles.equals(Set.of(Needs.noGuard()))) {
      return null;
    }
    Permission all = null;
    for (RouteRole role : roles) {
      Permission one = permission(ctx, role);
      all = all == null ? one : all.and(one);
    }
    return all == null ? guard.defaultPermission() : all;
  }

  private static Permission permission(Context ctx, RouteRole role) {
    if (role instanceof Needs needs && needs.permission().isPresent()) {
      return needs.permission().get();
    }
    Endpoint route = ctx.endpoints().matchedHttpEndpoint();
    String fault =
        "%s has the role %s: give it Needs.of(permission), or Needs.noGuard() alone"
            .formatted(
                route == null ? "A WebSocket" : "The route " + route.path,
                role instanceof Needs ? "Needs.noGuard()" : role.getClass().getName());
    LOG.error("Closed to everybody: {}", fault);
    throw new IllegalStateException(fault);
  }

  /** Nothing of the handler's answer is sent, unless that has begun. */
  private static void fail(Context ctx, AuthResponse answer) {
    if (ctx.res().isCommitted()) {
      return;
    }
    ctx.res().reset();
    ctx.result(InputStream.nullInputStream());
    send(ctx, answer);
  }

  /**
   * Writes a whole response.
   *
   * @param ctx the request that it answers
   * @param answer the response
   */
  public static void send(Context ctx, AuthResponse answer) {
    try {
      AuthFilter.send(ctx.req(), ctx.res(), answer);
    } catch (IOException e) {
      LOG.debug("The client has gone");
    }
  }
}

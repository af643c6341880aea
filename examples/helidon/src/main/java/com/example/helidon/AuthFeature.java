package com.example.helidon;

import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpFeature;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts a guard before routes. A handler says what it needs by {@link #needs}; any other needs the
 * guard's default permission. Immutable. Helidon runs each request on a virtual thread, which may
 * block on a store or wait for its turn to hash.
 *
 * <pre>{@code
 * routing.addFeature(AuthFeature.of(guard, routes -> routes
 *     .get("/hello", App::hello)
 *     .get("/reports", AuthFeature.needs(Permission.role("admin"), App::reports))));
 * }</pre>
 */
public final class AuthFeature implements HttpFeature {
  private static final int MAX_TOO_LARGE = 16 * 1024 * 1024;
  private static final int MAX_UNREAD = 64 * 1024;

  private final Guard guard;
  private final Consumer<HttpRules> routes;
  private final @Nullable AuthEndpoints endpoints;
  private final @Nullable Handler preflights;

  private AuthFeature(
      Guard guard,
      Consumer<HttpRules> routes,
      @Nullable AuthEndpoints endpoints,
      @Nullable Handler preflights) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.routes = Objects.requireNonNull(routes, "routes");
    this.endpoints = endpoints;
    this.preflights = preflights;
  }

  /**
   * Routes behind a guard.
   *
   * @param guard checks requests
   * @param routes registers handlers and services
   * @return the feature
   */
  public static AuthFeature of(Guard guard, Consumer<HttpRules> routes) {
    return new AuthFeature(guard, routes, null, null);
  }

  /**
   * Answers the library's own endpoints as well.
   *
   * @param endpoints the endpoints
   * @return a new feature
   */
  public AuthFeature withEndpoints(AuthEndpoints endpoints) {
    return new AuthFeature(
        guard, routes, Objects.requireNonNull(endpoints, "endpoints"), preflights);
  }

  /**
   * Answers preflights of cross-origin requests; by default they need what any request needs.
   *
   * @param preflights answers them, and nothing else
   * @return a new feature
   */
  public AuthFeature withPreflights(Handler preflights) {
    return new AuthFeature(
        guard, routes, endpoints, Objects.requireNonNull(preflights, "preflights"));
  }

  /**
   * Gives a handler a permission of its own.
   *
   * @param permission what it needs
   * @param handler answers if the guard allows the request
   * @return the handler to register
   */
  public static Handler needs(Permission permission, Handler handler) {
    return new Needs(
        Objects.requireNonNull(permission, "permission"),
        Objects.requireNonNull(handler, "handler"));
  }

  /**
   * Who a request is from.
   *
   * @param request a request behind this feature
   * @return the caller; empty for an anonymous request
   */
  public static Optional<Authenticated> who(ServerRequest request) {
    return request.context().get(Authenticated.class);
  }

  @Override
  public void setup(HttpRouting.Builder routing) {
    routing.addFilter(this::enter);
    routing.error(
        StoreUnavailableException.class,
        (request, response, thrown) -> {
          response.headers().clear();
          send(request, response, Guard.storeUnavailable());
        });
    // A client that stops in the middle of its body.
    routing.error(
        DataReader.InsufficientDataAvailableException.class,
        (request, response, thrown) -> {
          response.headers().clear();
          response.status(Status.BAD_REQUEST_400).send();
        });
    // Helidon answers 500, without what a handler that failed has set.
    routing.error(
        Throwable.class,
        (request, response, thrown) -> {
          if (!(thrown instanceof HttpException)) {
            response.headers().clear();
            response.headers().set(HeaderNames.CACHE_CONTROL, "no-store");
          }
        });
    routes.accept(new GuardedRules(guard, routing));
  }

  private void enter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    Arrival arrival = Arrival.of(request, guard.chain().environment().proxies());
    if (preflights != null && arrival.request().isPreflight()) {
      handle(preflights, request, response);
    } else if (endpoints != null && endpoints.areFor(arrival.request())) {
      handle(answering(endpoints, arrival), request, response);
    } else {
      request.context().register(arrival);
      chain.proceed();
    }
    closeAsSaid(request, response, arrival);
  }

  /**
   * Helidon 4.5.0 says that it closes a connection, but keeps it, and takes what nobody has read of
   * a body for the next request.
   */
  private static void closeAsSaid(
      RoutingRequest request, RoutingResponse response, Arrival arrival) {
    if (response.headers().contains(HeaderValues.CONNECTION_CLOSE)
        && request.prologue().protocolVersion().startsWith("1")) {
      response.commit();
      discard(request, arrival, MAX_UNREAD);
      throw new CloseConnectionException("The response says that the connection is closed");
    }
  }

  private static Handler answering(AuthEndpoints endpoints, Arrival arrival) {
    return (request, response) ->
        answer(
            request,
            response,
            endpoints.handle(arrival.request(), arrival.body().stream()),
            arrival);
  }

  /** A filter can't throw what a handler can. */
  private static void handle(Handler handler, ServerRequest request, ServerResponse response) {
    try {
      handler.handle(request, response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static void send(ServerRequest request, ServerResponse response, AuthResponse answer) {
    response.status(answer.status());
    answer
        .headers()
        .forEach(line -> response.headers().add(HeaderNames.create(line.name()), line.value()));
    if (request.prologue().method().equals(Method.HEAD)) {
      response.contentLength(answer.bytes().length);
      response.send();
    } else {
      response.send(answer.bytes());
    }
  }

  /** A client may read a 413 only when it has sent all of its body, so that is discarded. */
  static void answer(
      ServerRequest request, ServerResponse response, AuthResponse answer, Arrival arrival) {
    send(request, response, answer);
    if (answer.status() == 413) {
      discard(request, arrival, MAX_TOO_LARGE);
    }
  }

  /** A client that holds its body back (RFC 9110 section 10.1.1) isn't asked for it. */
  private static void discard(ServerRequest request, Arrival arrival, int limit) {
    if (!request.continueSent() || request.content().consumed()) {
      return;
    }
    byte[] buffer = new byte[16 * 1024];
    try {
      int read = 0;
      for (int all = 0; read >= 0 && all < limit; all += read) {
        read = arrival.body().stream().read(buffer);
      }
    } catch (IOException | RuntimeException e) {
      return; // broken off, or read by the handler: there is no more to be had
    }
  }

  /** A handler with its permission, which {@link GuardedRules} looks for. */
  record Needs(Permission permission, Handler handler) implements Handler {
    @Override
    public void handle(ServerRequest request, ServerResponse response) {
      throw new IllegalStateException("Register this handler within AuthFeature.of(guard, …)");
    }
  }
}

package dev.sallyport.testkit.adapter;

import dev.sallyport.guard.Permission;
import java.util.Objects;
import java.util.Optional;

/**
 * One route that the host under test must have, behind the adapter.
 *
 * @param method the only method that it answers
 * @param path the exact path, below {@link AdapterSite#mountPath}
 * @param permission what it needs; empty for the default permission of the guard
 * @param arrival how a request gets to the handler
 * @param handler answers
 */
public record AdapterRoute(
    String method,
    String path,
    Optional<Permission> permission,
    Arrival arrival,
    AdapterHandler handler) {
  /** How a request gets to the handler; only {@link #DIRECT} unless the host has the ability. */
  public enum Arrival {
    /** As requests do. */
    DIRECT,
    /** After an asynchronous start, in another thread. */
    ASYNCHRONOUS,
    /** The host's own handler at this path forwards to this one, at a path without a route. */
    FORWARD,
    /**
     * The host's own handler at this path answers 409 by the host's way to report an error, whose
     * page is this handler.
     */
    ERROR_PAGE
  }

  /** Rejects null. */
  public AdapterRoute {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(permission, "permission");
    Objects.requireNonNull(arrival, "arrival");
    Objects.requireNonNull(handler, "handler");
  }
}

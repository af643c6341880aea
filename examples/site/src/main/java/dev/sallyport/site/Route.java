package dev.sallyport.site;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.RefusedRequestException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * One route, for a host to mount in its own idiom.
 *
 * @param method the method; a route for {@code GET} answers {@code HEAD} as well
 * @param path the exact path, as received
 * @param permission what it needs; empty for a route without a guard, where no credentials are
 *     looked at
 * @param handler answers
 */
public record Route(String method, String path, Optional<Permission> permission, Handler handler) {
  /** Rejects null. */
  public Route {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(permission, "permission");
    Objects.requireNonNull(handler, "handler");
  }

  /** Answers requests that the guard has allowed. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Answers one request.
     *
     * @param request the request
     * @param who the caller; empty for an anonymous request and on a route without a guard
     * @param body the body; not closed
     * @return the response
     * @throws IOException if the body can't be read
     * @throws RefusedRequestException to have its response sent
     */
    AuthResponse answer(AuthRequest request, Optional<Authenticated> who, InputStream body)
        throws IOException, RefusedRequestException;
  }

  static Route guarded(String method, String path, Permission permission, Handler handler) {
    return new Route(method, path, Optional.of(permission), handler);
  }

  /**
   * A route without a guard.
   *
   * @param method the method
   * @param path the exact path
   * @param handler answers
   * @return the route
   */
  public static Route open(String method, String path, Handler handler) {
    return new Route(method, path, Optional.empty(), handler);
  }

  /**
   * Whether it answers requests of a method.
   *
   * @param asked the method of a request
   * @return true for its own, and for {@code HEAD} if that is {@code GET}
   */
  public boolean accepts(String asked) {
    return asked.equals(method) || (asked.equals("HEAD") && method.equals("GET"));
  }

  /**
   * Answers one request, which the guard has allowed.
   *
   * @param request the request
   * @param who the caller, as the guard says
   * @param body the body; not closed
   * @return the response, also where the handler refuses the request
   * @throws IOException if the body can't be read
   * @throws dev.sallyport.StoreUnavailableException if a store can't answer
   */
  public AuthResponse answer(AuthRequest request, Optional<Authenticated> who, InputStream body)
      throws IOException {
    try {
      return handler.answer(request, who, body);
    } catch (RefusedRequestException e) {
      return e.response();
    }
  }
}

package dev.sallyport.site;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Routes in order, found by exact path as received and by method. A host that has a router of its
 * own loops over them; one that has none asks {@link #find}. Immutable.
 *
 * <p>They do not include the endpoints of {@link Site#endpoints()}.
 */
public final class Routes implements Iterable<Route> {
  private final List<Route> routes;

  private Routes(List<Route> routes) {
    this.routes = List.copyOf(routes);
  }

  static Routes of(List<Route> routes) {
    return new Routes(routes);
  }

  /**
   * The same and more.
   *
   * @param more the host's own
   * @return new routes
   */
  public Routes and(List<Route> more) {
    List<Route> all = new ArrayList<>(routes);
    all.addAll(more);
    return new Routes(all);
  }

  /**
   * The route for a request.
   *
   * @param request the request
   * @return the route with its path that accepts its method; empty if {@link #fallback} answers
   */
  public Optional<Route> find(AuthRequest request) {
    return at(request.path()).stream().filter(route -> route.accepts(request.method())).findFirst();
  }

  /**
   * The response to a request that no route answers.
   *
   * @param request the request
   * @return 405 with {@code Allow} if there are routes at its path, else 404, with a problem body
   */
  public AuthResponse fallback(AuthRequest request) {
    List<Route> here = at(request.path());
    if (here.isEmpty()) {
      return Problem.of(404, "not_found", "There is nothing at this path.").toResponse();
    }
    TreeSet<String> allowed = new TreeSet<>();
    for (Route route : here) {
      allowed.add(route.method());
      if (route.accepts("HEAD")) {
        allowed.add("HEAD");
      }
    }
    return Problem.of(405, "method_not_allowed", "This path does not support this method.")
        .withHeader("Allow", String.join(", ", allowed))
        .toResponse();
  }

  private List<Route> at(String path) {
    return routes.stream().filter(route -> route.path().equals(path)).toList();
  }

  @Override
  public Iterator<Route> iterator() {
    return routes.iterator();
  }
}

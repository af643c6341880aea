package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.Problem;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds endpoints by the exact path as received: one that is encoded or has parameters is a
 * different path.
 */
final class Routes {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private final TreeMap<String, SortedMap<String, Endpoint>> exact = new TreeMap<>();

  /** Keyed by the path without its last segment, which is a public id. */
  private final TreeMap<String, SortedMap<String, Endpoint>> items = new TreeMap<>();

  void add(String method, String path, Endpoint endpoint) {
    exact.computeIfAbsent(path, p -> new TreeMap<>()).put(method, endpoint);
  }

  void addItem(String method, String path, Endpoint endpoint) {
    items.computeIfAbsent(path, p -> new TreeMap<>()).put(method, endpoint);
  }

  boolean contains(String path) {
    return exact.containsKey(path);
  }

  /** The id at the end of the path of an item. */
  static String id(AuthRequest request) {
    return lastSegment(request.path());
  }

  Endpoint find(AuthRequest request) throws RefusedRequestException {
    SortedMap<String, Endpoint> methods = methods(request.path());
    if (methods == null) {
      throw notFound();
    }
    // An adapter leaves out the body of a response to HEAD.
    Endpoint endpoint = methods.get(request.method().equals("HEAD") ? "GET" : request.method());
    if (endpoint == null) {
      throw methodNotAllowed(methods);
    }
    return endpoint;
  }

  private @Nullable SortedMap<String, Endpoint> methods(String path) {
    SortedMap<String, Endpoint> methods = exact.get(path);
    String id = lastSegment(path);
    return methods == null && id.length() < path.length() && ID.matcher(id).matches()
        ? items.get(path.substring(0, path.length() - id.length() - 1))
        : methods;
  }

  private static String lastSegment(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static RefusedRequestException notFound() {
    return new RefusedRequestException(
        Problem.of(404, "not_found", "There is nothing at this path."));
  }

  private static RefusedRequestException methodNotAllowed(SortedMap<String, Endpoint> methods) {
    TreeSet<String> allowed = new TreeSet<>(methods.keySet());
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return new RefusedRequestException(
        Problem.of(405, "method_not_allowed", "This path does not support this method.")
            .withHeader("Allow", String.join(", ", allowed)));
  }

  /** The methods of each path, in a map of the caller's own. */
  SortedMap<String, Set<String>> methods() {
    SortedMap<String, Set<String>> methods = new TreeMap<>();
    exact.forEach((path, endpoints) -> methods.put(path, endpoints.keySet()));
    items.forEach((path, endpoints) -> methods.put(path + "/{id}", endpoints.keySet()));
    return methods;
  }

  /** The paths, in order. */
  @Override
  public String toString() {
    return methods().keySet().toString();
  }
}

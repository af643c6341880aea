package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.OriginPolicy;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Ready-made JSON endpoints below one base path, without a web framework: a host or an adapter
 * hands over every request whose path is the base path or lies below it, and writes out what comes
 * back. Immutable and safe for many threads; it blocks while a store is asked or a password is
 * hashed.
 *
 * <pre>{@code
 * AuthEndpoints endpoints = AuthEndpoints.of(accounts, guard);
 * server.createContext(endpoints.basePath(), HttpServerAdapter.endpoints(endpoints));
 * }</pre>
 */
public final class AuthEndpoints {
  private final String basePath;
  private final Map<String, SortedMap<String, Endpoint>> routes;

  private AuthEndpoints(Builder builder) {
    basePath = builder.basePath;
    Entrance entrance = new Entrance(builder.transport, builder.origins);
    routes =
        Map.of(
            basePath + "/register",
            methods("POST", new RegisterEndpoint(builder.accounts, entrance)),
            basePath + "/me",
            methods("GET", new MeEndpoint(builder.guard)));
  }

  private static SortedMap<String, Endpoint> methods(String method, Endpoint endpoint) {
    return new TreeMap<>(Map.of(method, endpoint));
  }

  /**
   * Endpoints with the defaults of {@link Builder}.
   *
   * @param accounts who signs users up
   * @param guard who checks requests; its chain must know the users of the accounts
   * @return the endpoints
   */
  public static AuthEndpoints of(Accounts accounts, Guard guard) {
    return builder(accounts, guard).build();
  }

  /**
   * Endpoints with options.
   *
   * @param accounts who signs users up
   * @param guard who checks requests; its chain must know the users of the accounts
   * @return a builder
   */
  public static Builder builder(Accounts accounts, Guard guard) {
    return new Builder(accounts, guard);
  }

  /**
   * Where they are.
   *
   * @return the base path, without a slash at its end
   */
  public String basePath() {
    return basePath;
  }

  /**
   * Answers one request.
   *
   * @param request the request
   * @param body its body; not closed, and possibly not read to its end
   * @return the response; a path that is none of ours is 404
   * @throws IOException if the body can't be read
   */
  public AuthResponse handle(AuthRequest request, InputStream body) throws IOException {
    try {
      return withNoStore(endpoint(request).answer(request, body));
    } catch (RefusedRequestException e) {
      return e.response();
    } catch (StoreUnavailableException e) {
      return Guard.storeUnavailable();
    }
  }

  /** By the exact path as received: what is encoded or has parameters is another path. */
  private Endpoint endpoint(AuthRequest request) throws RefusedRequestException {
    SortedMap<String, Endpoint> methods = routes.get(request.path());
    if (methods == null) {
      throw new RefusedRequestException(
          Problem.of(404, "not_found", "There is nothing at this path."));
    }
    // An adapter leaves out the body of an answer to HEAD.
    Endpoint endpoint = methods.get(request.method().equals("HEAD") ? "GET" : request.method());
    if (endpoint == null) {
      TreeSet<String> allowed = new TreeSet<>(methods.keySet());
      if (allowed.contains("GET")) {
        allowed.add("HEAD");
      }
      throw new RefusedRequestException(
          Problem.of(405, "method_not_allowed", "This path has no such method.")
              .withHeader("Allow", String.join(", ", allowed)));
    }
    return endpoint;
  }

  private static AuthResponse withNoStore(AuthResponse response) {
    if (response.headers().contains(AuthResponse.Header.NO_STORE)) {
      return response;
    }
    List<AuthResponse.Header> headers = new ArrayList<>(response.headers());
    headers.add(AuthResponse.Header.NO_STORE);
    return new AuthResponse(response.status(), headers, response.body());
  }

  @Override
  public String toString() {
    return "AuthEndpoints" + new TreeSet<>(routes.keySet());
  }

  /** Builds {@link AuthEndpoints}; not safe for several threads. */
  public static final class Builder {
    private final Accounts accounts;
    private final Guard guard;
    private String basePath = "/auth";
    private TransportSecurity transport = TransportSecurity.REQUIRED;
    private OriginPolicy origins = OriginPolicy.ownOnly();

    private Builder(Accounts accounts, Guard guard) {
      this.accounts = Objects.requireNonNull(accounts, "accounts");
      this.guard = Objects.requireNonNull(guard, "guard");
    }

    /**
     * Sets where the endpoints are.
     *
     * @param basePath for example {@code /auth}, the default: letters, digits, {@code -} and {@code
     *     _} behind each slash, and no slash at the end
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder basePath(String basePath) {
      if (!basePath.matches("(/[A-Za-z0-9_-]+)+")) {
        throw new IllegalArgumentException(
            "The base path must be like /auth or /api/auth, not '" + basePath + "'");
      }
      this.basePath = basePath;
      return this;
    }

    /**
     * Sets whether plain HTTP will do for what takes credentials in the body.
     *
     * @param transport by default {@link TransportSecurity#REQUIRED}; the same as the
     *     authenticators'
     * @return this
     */
    public Builder transport(TransportSecurity transport) {
      this.transport = Objects.requireNonNull(transport, "transport");
      return this;
    }

    /**
     * Sets whose pages may send credentials.
     *
     * @param origins by default {@link OriginPolicy#ownOnly()}; the same as the authenticators'
     * @return this
     */
    public Builder origins(OriginPolicy origins) {
      this.origins = Objects.requireNonNull(origins, "origins");
      return this;
    }

    /**
     * Makes them.
     *
     * @return the endpoints
     */
    public AuthEndpoints build() {
      return new AuthEndpoints(this);
    }
  }
}

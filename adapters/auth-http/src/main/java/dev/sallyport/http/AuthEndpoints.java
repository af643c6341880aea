package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.token.TokenAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ready-made JSON endpoints below one base path, without a web framework: a host or an adapter
 * passes in every request that they {@linkplain #areFor are for}, and sends the response that comes
 * back. Immutable and safe for many threads; it blocks on a store and while a password is hashed.
 *
 * <p>The guard's chain and the accounts decide which endpoints there are: login if the chain has
 * sessions; tokens and JWTs if it has those; the list of sessions if the accounts know their store.
 *
 * <pre>{@code
 * AuthEndpoints endpoints = AuthEndpoints.of(accounts, guard);
 * server.createContext(endpoints.basePath(), HttpServerAdapter.of(guard).endpoints(endpoints));
 * }</pre>
 */
public final class AuthEndpoints {
  private final String basePath;
  private final String keySetPath;
  private final Routes routes = new Routes();

  private AuthEndpoints(Builder builder) {
    Guard guard = builder.guard;
    String mountPath = guard.chain().environment().mountPath();
    basePath = mountPath + builder.basePath;
    keySetPath = mountPath + builder.keySetPath;
    PasswordLogin logins = builder.logins();
    AccountRoutes own = new AccountRoutes(builder.accounts, guard);
    own.addTo(routes, basePath);
    if (!builder.readOnlyUsers) {
      own.addChangesTo(routes, basePath, builder.endingSessions);
      if (!builder.withoutRegistration) {
        own.addRegistrationTo(routes, basePath);
      }
    }
    new SessionRoutes(guard, logins).addTo(routes, basePath, builder.endingSessions);
    guard
        .chain()
        .member(TokenAuthenticator.class)
        .map(found -> new TokenRoutes(found, guard, logins))
        .ifPresent(tokens -> tokens.addTo(routes, basePath + "/tokens"));
    JwtRoutes.authenticator(guard.chain())
        .map(found -> new JwtRoutes(found, guard, logins))
        .ifPresent(jwts -> jwts.addTo(routes, basePath + "/jwt", keySetPath));
    if (builder.introspection != null) {
      new IntrospectionRoutes(guard, builder.introspection, builder.introspectionsPerMinute)
          .addTo(routes, basePath + "/introspect");
    }
  }

  /**
   * Endpoints with the defaults of {@link Builder}.
   *
   * @param accounts signs users up
   * @param guard checks requests; its chain must know the users of the accounts
   * @return the endpoints
   */
  public static AuthEndpoints of(Accounts accounts, Guard guard) {
    return builder(accounts, guard).build();
  }

  /**
   * Endpoints with options.
   *
   * @param accounts signs users up
   * @param guard checks requests; its chain must know the users of the accounts
   * @return a builder
   */
  public static Builder builder(Accounts accounts, Guard guard) {
    return new Builder(accounts, guard);
  }

  /**
   * {@return the base path as requests have it: below the mount path of the guard's environment,
   * without a trailing slash}
   */
  public String basePath() {
    return basePath;
  }

  /**
   * The path of the public keys of our access tokens, to be mounted as well.
   *
   * @return the path, below the mount path; empty if no JWTs are signed with a public-key
   *     algorithm, since the path is then the host's own
   */
  public Optional<String> keySetPath() {
    return Optional.of(keySetPath).filter(routes::contains);
  }

  /**
   * Whether a request is for these endpoints, so that whatever they answer is the answer.
   *
   * @param request the request
   * @return whether its path is the base path, lies below it, or is that of the public keys, if
   *     there are any: otherwise the host may publish others there
   */
  public boolean areFor(AuthRequest request) {
    String path = request.path();
    return routes.contains(path)
        || (path.startsWith(basePath)
            && (path.length() == basePath.length() || path.charAt(basePath.length()) == '/'));
  }

  /**
   * Answers one request.
   *
   * @param request the request
   * @param body its body, read only where the endpoint needs it, and possibly not to the end; it is
   *     not closed. See {@link RequestBody#stream}
   * @return the response; 404 for any other path
   * @throws IOException if the body can't be read
   */
  public AuthResponse handle(AuthRequest request, InputStream body) throws IOException {
    try {
      return withNoStore(routes.find(request).answer(request, body));
    } catch (RefusedRequestException e) {
      return e.response();
    } catch (StoreUnavailableException e) {
      return Guard.storeUnavailable();
    }
  }

  private static AuthResponse withNoStore(AuthResponse response) {
    AuthResponse.Header noStore = AuthResponse.Header.NO_STORE;
    return response.header(noStore.name()).isPresent()
        ? response
        : response.withHeader(noStore.name(), noStore.value());
  }

  @Override
  public String toString() {
    return "AuthEndpoints" + routes;
  }

  /** Builds {@link AuthEndpoints}; not safe for several threads. */
  public static final class Builder {
    private final Accounts accounts;
    private final Guard guard;
    private String basePath = "/auth";
    private String keySetPath = "/.well-known/jwks.json";
    private @Nullable Permission introspection;
    private int introspectionsPerMinute;
    private Permission endingSessions = Permission.authenticated();
    private boolean readOnlyUsers;
    private boolean withoutRegistration;

    private Builder(Accounts accounts, Guard guard) {
      this.accounts = Objects.requireNonNull(accounts, "accounts");
      this.guard = Objects.requireNonNull(guard, "guard");
    }

    /**
     * Sets where the endpoints are.
     *
     * @param basePath for example {@code /auth}, the default: letters, digits, {@code -} and {@code
     *     _} after each slash, and no trailing slash
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
     * Sets where the public keys of our access tokens are.
     *
     * @param path by default {@code /.well-known/jwks.json}: letters, digits, {@code -}, {@code _}
     *     and {@code .} after each slash, but no {@code .} or {@code ..} alone
     * @return this
     * @throws IllegalArgumentException if it is anything else
     */
    public Builder keySetPath(String path) {
      if (!path.matches("(/(?!\\.{1,2}(/|$))[A-Za-z0-9_.-]+)+")) {
        throw new IllegalArgumentException(
            "The path of the keys must be like /.well-known/jwks.json, not '" + path + "'");
      }
      this.keySetPath = path;
      return this;
    }

    /**
     * Turns on {@code POST introspect} below the base path, by which other servers ask what a token
     * is worth (RFC 7662), at most 6,000 times a minute each. By default there is no such endpoint.
     *
     * @param permission what a caller needs besides being authenticated. Name a role: a scope alone
     *     lets in everyone whose credential is not restricted by scopes, such as any user with a
     *     session
     * @return this
     */
    public Builder introspection(Permission permission) {
      return introspection(permission, 6_000);
    }

    /**
     * As {@link #introspection(Permission)}, with another limit.
     *
     * @param permission as there
     * @param perMinute how many tokens one caller may ask about in a minute, on each node: 1 to
     *     10,000,000; any more are 429
     * @return this
     * @throws IllegalArgumentException if the limit is out of range
     */
    public Builder introspection(Permission permission, int perMinute) {
      if (perMinute < 1 || perMinute > 10_000_000) {
        throw new IllegalArgumentException(
            "A caller can introspect 1 to 10000000 tokens a minute, not " + perMinute);
      }
      this.introspection = Objects.requireNonNull(permission, "permission");
      this.introspectionsPerMinute = perMinute;
      return this;
    }

    /**
     * Leaves out what writes users: {@code register}, {@code password} and {@code logout-all} are
     * then 404. For users that are kept and changed elsewhere.
     *
     * @return this
     */
    public Builder readOnlyUsers() {
      this.readOnlyUsers = true;
      return this;
    }

    /**
     * Leaves out {@code register}, which is then 404. For hosts whose users are invited, and for
     * those where nobody may learn by signing up which names are taken.
     *
     * @return this
     */
    public Builder withoutRegistration() {
      this.withoutRegistration = true;
      return this;
    }

    /**
     * Sets what it takes to end sessions by {@code DELETE sessions/{id}} and {@code logout-all},
     * besides what managing the account takes. Whoever is at an unlocked screen can then log nobody
     * else out; {@code logout} stays open to all.
     *
     * @param permission by default {@link Permission#authenticated}; OWASP ASVS 5.0 asks for a
     *     recent login (7.5.2), which is {@link Permission#authenticatedWithin}
     * @return this
     */
    public Builder endingSessions(Permission permission) {
      this.endingSessions = Objects.requireNonNull(permission, "permission");
      return this;
    }

    private PasswordLogin logins() {
      return new PasswordLogin(accounts, guard);
    }

    /** {@return endpoints with these options} */
    public AuthEndpoints build() {
      return new AuthEndpoints(this);
    }
  }
}

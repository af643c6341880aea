package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Plan;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.token.TokenAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
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
  private final AuthenticatorChain chain;

  private AuthEndpoints(Builder builder) {
    Guard guard = builder.guard;
    chain = guard.chain();
    String mountPath = chain.environment().mountPath();
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
    chain
        .member(TokenAuthenticator.class)
        .map(found -> new TokenRoutes(found, guard, logins))
        .ifPresent(tokens -> tokens.addTo(routes, basePath + "/tokens"));
    JwtRoutes.authenticator(chain)
        .map(found -> new JwtRoutes(found, guard, logins))
        .ifPresent(jwts -> jwts.addTo(routes, basePath + "/jwt", keySetPath));
    if (builder.introspection != null) {
      new IntrospectionRoutes(guard, builder.introspection, builder.introspectionsPerMinute)
          .addTo(routes, basePath + "/introspect");
    }
    if (builder.javaScriptClient) {
      routes.add(
          "GET",
          basePath + "/sallyport.js",
          StaticText.of("text/javascript; charset=utf-8", StaticText.resource("sallyport.js")));
    }
    if (builder.openApi) {
      description().addTo(routes);
    }
  }

  private OpenApi description() {
    return new OpenApi(chain, basePath, keySetPath);
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
   * These endpoints as an OpenAPI 3.1 document, for example to write it to a file while one builds.
   * It describes those that there are, at their paths, with the schemes of the chain. The JAR has a
   * document of all that there can be, as {@code dev/sallyport/http/openapi.json}.
   *
   * @return the document, in JSON
   * @see Builder#openApi()
   */
  public String openApi() {
    return description().describe(routes.methods());
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
      return routes.find(request).respond(request, body);
    } catch (RefusedRequestException e) {
      return e.response();
    }
  }

  /**
   * Plans to answer one request, for a host whose threads must not block.
   *
   * @param request the request
   * @param body as for {@link #handle}, but no read of it may block: 16 KiB and a byte of it, or
   *     all if it is shorter, are enough
   * @return what completes to the same as {@link #handle}; what is the same for all or nobody
   *     answers needs nothing. It throws {@link UncheckedIOException} if the body can't be read
   */
  public Plan<AuthResponse> plan(AuthRequest request, InputStream body) {
    Endpoint endpoint;
    try {
      endpoint = routes.find(request);
    } catch (RefusedRequestException e) {
      return Plan.done(e.response());
    }
    Plan.Work work = endpoint.work(request);
    Supplier<Plan<AuthResponse>> answer =
        () -> {
          try {
            return Plan.done(endpoint.respond(request, body));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        };
    return work == null ? answer.get() : new Plan.Later<>(work, answer);
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
    private boolean openApi;
    private boolean javaScriptClient;
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

    /**
     * Serves {@code openapi.json} below the base path, to anybody: {@link AuthEndpoints#openApi()}.
     * By default there is no such file.
     *
     * @return this
     */
    public Builder openApi() {
      this.openApi = true;
      return this;
    }

    /**
     * Serves {@code sallyport.js} below the base path, to anybody: an ES module by which pages and
     * Node log in, renew, log out and call the host's own API. It is in the JAR as {@code
     * dev/sallyport/http/sallyport.js}. By default there is no such file.
     *
     * @return this
     */
    public Builder javaScriptClient() {
      this.javaScriptClient = true;
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

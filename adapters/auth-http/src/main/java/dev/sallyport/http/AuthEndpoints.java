package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.OriginPolicy;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.account.Accounts;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Entrance;
import dev.sallyport.guard.Guard;
import dev.sallyport.token.TokenAuthenticator;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Ready-made JSON endpoints below one base path, without a web framework: a host or an adapter
 * hands over every request whose path is the base path or lies below it, and writes out what comes
 * back. Immutable and safe for many threads; it blocks while a store is asked or a password is
 * hashed.
 *
 * <p>Which there are follows from the guard's chain and from the accounts: login where the chain
 * has sessions; tokens and JWTs where it has those; the list of sessions where the accounts know
 * their store.
 *
 * <pre>{@code
 * AuthEndpoints endpoints = AuthEndpoints.of(accounts, guard);
 * server.createContext(endpoints.basePath(), HttpServerAdapter.of(guard).endpoints(endpoints));
 * }</pre>
 */
public final class AuthEndpoints {
  /**
   * Where the public keys of our access tokens are, whatever the base path is. It is to be mounted
   * as well, where there are JWTs that are signed with a public-key algorithm.
   */
  public static final String KEY_SET_PATH = "/.well-known/jwks.json";

  private final String basePath;
  private final Routes routes = new Routes();

  private AuthEndpoints(Builder builder) {
    basePath = builder.basePath;
    Guard guard = builder.guard;
    Entrance entrance = Entrance.of(guard, builder.transport, builder.origins);
    PasswordLogin logins = builder.logins();
    new AccountRoutes(builder.accounts, guard, entrance).addTo(routes, basePath);
    new SessionRoutes(guard, entrance, logins).addTo(routes, basePath);
    guard
        .chain()
        .member(TokenAuthenticator.class)
        .map(found -> new TokenRoutes(found, guard, entrance, logins))
        .ifPresent(tokens -> tokens.addTo(routes, basePath + "/tokens"));
    JwtRoutes.authenticator(guard.chain())
        .map(found -> new JwtRoutes(found, guard, entrance, logins))
        .ifPresent(jwts -> jwts.addTo(routes, basePath + "/jwt"));
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

    private PasswordLogin logins() {
      return new PasswordLogin(accounts, guard);
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

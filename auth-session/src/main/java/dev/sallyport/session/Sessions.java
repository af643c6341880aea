package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Secret;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Begins sessions, gives them new ids, and ends them. A session is 256 random bits in a cookie; the
 * store holds their hash only. Safe for many threads; it blocks on the store.
 *
 * <pre>{@code
 * if (guard.checkBody(request, "login") instanceof Decision.Refuse refuse) {
 *   return refuse.response();
 * }
 * if (accounts.verify(name, password, request.client()) instanceof PasswordResult.Verified login
 *     && sessions.start(login, request) instanceof SessionResult.Started started) {
 *   response.addHeader("Set-Cookie", started.cookie().header());
 * }
 * }</pre>
 */
public final class Sessions {
  static final Duration LONGEST = Duration.ofDays(365);
  static final Lifetime STANDARD = Lifetime.sliding(Duration.ofMinutes(30), Duration.ofHours(8));
  static final Lifetime REMEMBERED = Lifetime.sliding(Duration.ofDays(14), Duration.ofDays(90));

  private final SessionRecords records;
  private final Set<String> keptAtLogin;

  private Sessions(Builder builder) {
    records = new SessionRecords(builder);
    keptAtLogin = builder.keptAtLogin;
  }

  /**
   * Sessions with the defaults of {@link Builder}.
   *
   * @param auth whose users log in, and where sessions are kept
   * @return the sessions
   */
  public static Sessions of(Sallyport auth) {
    return builder(auth).build();
  }

  /**
   * Sessions with options.
   *
   * @param auth whose users log in, and where sessions are kept
   * @return a builder
   */
  public static Builder builder(Sallyport auth) {
    return new Builder(auth);
  }

  /**
   * Begins a session for a user whose password was right. Ensuring that no other site's page made
   * the request is the job of {@code Guard.checkBody}, before the password is read.
   *
   * @param login the proof
   * @param request the login request. A session that it carries is ended: no id that the client had
   *     before the login is valid afterwards
   * @return the session with its cookie
   * @throws IllegalArgumentException if the request came over plain HTTP, where the environment
   *     doesn't permit it
   * @throws StoreUnavailableException if the store could not answer
   */
  public SessionResult start(PasswordResult.Verified login, AuthRequest request) {
    return start(login.user(), login.at(), request, false);
  }

  /**
   * Begins a session that outlives the browser, with a lifetime of its own ("remember me").
   *
   * @param login the proof
   * @param request the login request, as for {@link #start(PasswordResult.Verified, AuthRequest)}
   * @return the session with its cookie
   * @throws IllegalArgumentException if the request came over plain HTTP, where the environment
   *     doesn't permit it
   * @throws StoreUnavailableException if the store could not answer
   */
  public SessionResult startRemembered(PasswordResult.Verified login, AuthRequest request) {
    return start(login.user(), login.at(), request, true);
  }

  /**
   * Begins a session for a user who has proved their identity other than by a password.
   *
   * @param user the user as read before the proof was checked, never later
   * @param provedAt when they did
   * @param request the login request, as for {@link #start(PasswordResult.Verified, AuthRequest)}
   * @param remember whether the session outlives the browser
   * @return the session with its cookie
   * @throws IllegalArgumentException if the user is deactivated, or the request came over plain
   *     HTTP, where the environment doesn't permit it
   * @throws StoreUnavailableException if the store could not answer
   */
  public SessionResult start(User user, Instant provedAt, AuthRequest request, boolean remember) {
    if (!user.isActive()) {
      throw new IllegalArgumentException("A deactivated user can't log in");
    }
    if (!records.permits(request)) {
      throw new IllegalArgumentException(
          "No session begins over plain HTTP: call Guard.checkBody before the password is read. Behind a"
              + " proxy that speaks TLS, name it in TrustedProxies; for development, see"
              + " TransportSecurity");
    }
    TokenRecord former = records.live(request, records.issuer().now()).orElse(null);
    boolean own = former != null && former.userId().equals(user.id());
    if (former != null && own) {
      records.issuer().end(former, "login");
    }
    Map<String, String> kept =
        former == null ? Map.of() : SessionAttributes.only(keptAtLogin, former);
    SessionResult start = records.add(user, provedAt, request, remember, kept);
    if (former != null && !own && start instanceof SessionResult.Started) {
      records.issuer().end(former, "login"); // another user's: a failed login leaves it alone
    }
    return start;
  }

  /**
   * Gives the session of a request a new id. Call it whenever its user's rights change, so that an
   * earlier id becomes worthless. Attributes and both expiry times stay.
   *
   * @param request a request whose session was authenticated
   * @return the session with its new cookie; empty if the request no longer has one
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<SessionResult.Started> rotate(AuthRequest request) {
    return records.move(request, now -> records.live(request, now), TokenRecord::epoch);
  }

  /**
   * Continues the caller's session under a new id after a change that ended all sessions: a new
   * password, or a logout everywhere else.
   *
   * @param request the request that made the change
   * @param who the caller as authenticated before the change
   * @param changed the user right after that change: the epoch is the next one
   * @return the session with its new cookie; empty if there is no session to continue, or it was
   *     ended some other way
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<SessionResult.Started> renew(
      AuthRequest request, Authenticated who, User changed) {
    return records.move(
        request,
        now -> records.find(request, now).filter(found -> goesOn(found, who, changed)),
        found -> changed.epoch());
  }

  private static boolean goesOn(TokenRecord found, Authenticated who, User changed) {
    return found.epoch() + 1 == changed.epoch()
        && found.userId().equals(changed.id())
        && who.credentialId().filter(found.id()::equals).isPresent();
  }

  /**
   * Changes the attributes of a request's session: short texts of the host's own, never
   * credentials. They survive a change of id; a login drops them unless the builder names them.
   *
   * @param request a request whose session was authenticated
   * @param change computes the new attributes from the old ones; it may be called more than once
   * @return false if the request no longer has a session
   * @throws IllegalArgumentException for more than 16 attributes, a name that is empty, longer than
   *     64 characters or begins with a dot, or a value longer than 1,024 characters
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean updateAttributes(AuthRequest request, UnaryOperator<Map<String, String>> change) {
    return records.update(request, change);
  }

  /**
   * Gives the token that a page of this site needs for its unsafe requests if the browser sends
   * neither {@code Sec-Fetch-Site} nor {@code Origin}.
   *
   * @param request a request whose session was authenticated
   * @return the token to send in {@code X-CSRF-Token} or in the form field {@code csrf_token};
   *     empty if the request has no session cookie
   */
  public Optional<Secret> csrfToken(AuthRequest request) {
    return records.secret(request).map(CsrfToken::of).map(Secret::of);
  }

  /**
   * Ends the session of a request, and returns the cookie that makes the browser forget it. The
   * caller must check that this is permitted, as {@link SessionAuthenticator#planLogout} does. If
   * the session is rotated at the same time, one of the two wins: either it is over, or it has a
   * new id, which this request doesn't know.
   *
   * @param request the request
   * @return the cookie to send, whether or not there was a session
   * @throws StoreUnavailableException if the store could not answer
   */
  public SetCookie end(AuthRequest request) {
    records
        .live(request, records.issuer().now())
        .ifPresent(current -> records.issuer().end(current, "logout"));
    return records.cookie().expired();
  }

  SessionRecords records() {
    return records;
  }

  @Override
  public String toString() {
    return "Sessions[" + records.cookie().name() + "]";
  }

  /** Builds {@link Sessions}; not safe for several threads. */
  public static final class Builder {
    final TokenStore tokens;
    final IssuedCredentials.Builder issuer;
    Lifetime standard = STANDARD;
    Lifetime remembered = REMEMBERED;
    Set<String> keptAtLogin = Set.of();

    private Builder(Sallyport auth) {
      this.tokens = auth.tokens();
      this.issuer =
          IssuedCredentials.builder(
              auth.environment(), TokenKind.SESSION, auth.tokens(), auth.users());
    }

    /**
     * Sets how long a session lives.
     *
     * @param lifetime a sliding one of at most 365 days; by default 30 minutes of inactivity and 8
     *     hours in all, a working day at a machine that others may have access to
     * @return this
     * @throws IllegalArgumentException if it doesn't slide or is longer than that
     */
    public Builder lifetime(Lifetime lifetime) {
      this.standard = lifetime.requireSliding("A session", LONGEST);
      return this;
    }

    /**
     * Sets how long the session of a user who asked to be remembered lives.
     *
     * @param lifetime a sliding one of at most 365 days; by default 14 days of inactivity and 90
     *     days in all
     * @return this
     * @throws IllegalArgumentException if it doesn't slide or is longer than that
     */
    public Builder rememberedLifetime(Lifetime lifetime) {
      this.remembered = lifetime.requireSliding("A session", LONGEST);
      return this;
    }

    /**
     * Sets how many sessions a user may have at a time.
     *
     * @param limit by default 100, with the oldest making room; {@link TokenLimit#NONE} for no
     *     limit
     * @return this
     */
    public Builder limit(TokenLimit limit) {
      issuer.limit(limit);
      return this;
    }

    /**
     * Names the attributes that a login takes over from the session that it ends, even another
     * user's: never name anything that affects rights.
     *
     * @param names the attributes; by default none
     * @return this
     * @throws IllegalArgumentException if one is not a valid attribute name
     */
    public Builder keepAtLogin(String... names) {
      List.of(names).forEach(SessionAttributes::checkName);
      this.keptAtLogin = Set.copyOf(List.of(names));
      return this;
    }

    /** {@return sessions with these options} */
    public Sessions build() {
      return new Sessions(this);
    }
  }
}

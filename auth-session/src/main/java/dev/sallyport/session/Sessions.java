package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthListener;
import dev.sallyport.guard.Entrance;
import dev.sallyport.issue.Issuer;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Begins sessions, gives them new ids, and ends them. A session is 256 random bits in a cookie; the
 * store holds their hash only. Safe for many threads; it blocks while a store is asked.
 *
 * <pre>{@code
 * if (entrance.check(request, "login") instanceof Decision.Refuse refuse) {
 *   return refuse.response();
 * }
 * if (accounts.verify(name, password, request.client()) instanceof PasswordVerdict.Verified login
 *     && sessions.start(login, request) instanceof SessionStart.Started started) {
 *   response.addHeader("Set-Cookie", started.cookie().header());
 * }
 * }</pre>
 */
public final class Sessions {
  private final SessionRecords records;
  private final Set<String> keptAtLogin;

  private Sessions(Builder builder) {
    records = new SessionRecords(builder);
    keptAtLogin = builder.keptAtLogin;
  }

  /**
   * Sessions with the defaults of {@link Builder}.
   *
   * @param tokens where they are kept
   * @param users who the users are
   * @return the sessions
   */
  public static Sessions of(TokenStore tokens, CredentialStore users) {
    return builder(tokens, users).build();
  }

  /**
   * Sessions with options.
   *
   * @param tokens where they are kept
   * @param users who the users are
   * @return a builder
   */
  public static Builder builder(TokenStore tokens, CredentialStore users) {
    return new Builder(tokens, users);
  }

  /**
   * Begins a session for a user whose password was right. That no other site's page made the
   * request is for an {@link Entrance} to see to, before the password is read.
   *
   * @param login the proof
   * @param request the request that logs in. A session that it carries is ended: no id that a
   *     client has had before the login is good after it
   * @return the session with its cookie
   * @throws IllegalArgumentException if the request came over plain HTTP, where the builder's
   *     transport doesn't permit it
   * @throws StoreUnavailableException if the store could not answer
   */
  public SessionStart start(PasswordVerdict.Verified login, AuthRequest request) {
    return start(login.user(), login.at(), request, false);
  }

  /**
   * Begins a session that outlives the browser, with timeouts of its own ("remember me").
   *
   * @param login the proof
   * @param request the request that logs in, as for {@link #start(PasswordVerdict.Verified,
   *     AuthRequest)}
   * @return the session with its cookie
   * @throws IllegalArgumentException if the request came over plain HTTP, where the builder's
   *     transport doesn't permit it
   * @throws StoreUnavailableException if the store could not answer
   */
  public SessionStart startRemembered(PasswordVerdict.Verified login, AuthRequest request) {
    return start(login.user(), login.at(), request, true);
  }

  /**
   * Begins a session for a user who has proved themselves in another way than by a password.
   *
   * @param user the user as they were read before the proof was checked, never later
   * @param provedAt when they did
   * @param request the request that logs in, as for {@link #start(PasswordVerdict.Verified,
   *     AuthRequest)}
   * @param remember whether it outlives the browser
   * @return the session with its cookie
   * @throws IllegalArgumentException if the user is deactivated, or the request came over plain
   *     HTTP, where the builder's transport doesn't permit it
   * @throws StoreUnavailableException if the store could not answer
   */
  public SessionStart start(User user, Instant provedAt, AuthRequest request, boolean remember) {
    if (!user.isActive()) {
      throw new IllegalArgumentException("A deactivated user can't log in");
    }
    if (!records.permits(request)) {
      throw new IllegalArgumentException(
          "No session begins over plain HTTP: ask an Entrance before the password is read. Behind a"
              + " proxy that speaks TLS, name it in TrustedProxies; for development, see"
              + " TransportSecurity");
    }
    TokenRecord former = records.look(request, records.issuer().now()).live().orElse(null);
    boolean own = former != null && former.userId().equals(user.id());
    if (former != null && own) {
      records.issuer().end(former, "login");
    }
    Map<String, String> kept =
        former == null ? Map.of() : SessionAttributes.only(keptAtLogin, former);
    SessionStart start = records.add(user, provedAt, request, remember, kept);
    if (former != null && !own && start instanceof SessionStart.Started) {
      records.issuer().end(former, "login"); // another user's: a login that fails leaves it
    }
    return start;
  }

  /**
   * Gives the session of a request a new id. Call it whenever its user's rights change, so that an
   * id from before is worth nothing after. Attributes and both timeouts go on.
   *
   * @param request a request whose session was authenticated
   * @return the session with its new cookie; empty if the request has none any more
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<SessionStart.Started> rotate(AuthRequest request) {
    return records.move(request, now -> records.look(request, now).live(), TokenRecord::epoch);
  }

  /**
   * Lets the caller's session go on under a new id after a change that has ended all sessions: a
   * new password, or a logout everywhere else.
   *
   * @param request the request that made the change
   * @param who what its session was authenticated as, before the change
   * @param changed the user behind that change and no other: the epoch is the next one
   * @return the session with its new cookie; empty if there is no session to go on with, or it has
   *     been ended otherwise
   * @throws StoreUnavailableException if the store could not answer
   */
  public Optional<SessionStart.Started> renew(
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
   * Changes the attributes of a request's session: small texts of the host's, never credentials.
   * They stay when the id changes, and are dropped at a login unless the builder names them.
   *
   * @param request a request whose session was authenticated
   * @param change makes the new attributes of the old ones; it may be asked more than once
   * @return false if the request has no session any more
   * @throws IllegalArgumentException for more than 16 attributes, a name that is empty, longer than
   *     64 characters or begins with a dot, or a value longer than 1,024 characters
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean updateAttributes(AuthRequest request, UnaryOperator<Map<String, String>> change) {
    return records.update(request, change);
  }

  /**
   * What a page of this site needs for its unsafe requests where the browser sends neither {@code
   * Sec-Fetch-Site} nor {@code Origin}.
   *
   * @param request a request whose session was authenticated
   * @return the token to send in {@code X-CSRF-Token} or in the form field {@code csrf_token};
   *     empty if the request has no session cookie
   */
  public Optional<String> csrfToken(AuthRequest request) {
    return records.secret(request).map(CsrfToken::of);
  }

  /**
   * Ends the session of a request, and tells what makes the browser forget it. Whoever may call it
   * is for the caller to check: {@link SessionAuthenticator#planLogout} does. Of an end and a
   * rotation at once, one wins: either nothing goes on, or the session has a new id, which this
   * request doesn't know.
   *
   * @param request the request
   * @return the cookie to send, whether there was a session or not
   * @throws StoreUnavailableException if the store could not answer
   */
  public SetCookie end(AuthRequest request) {
    records
        .look(request, records.issuer().now())
        .live()
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
    final Issuer.Builder issuer;
    TransportSecurity transport = TransportSecurity.REQUIRED;
    Timeouts standard = Timeouts.STANDARD;
    Timeouts remembered = Timeouts.REMEMBERED;
    Set<String> keptAtLogin = Set.of();

    private Builder(TokenStore tokens, CredentialStore users) {
      this.tokens = tokens;
      this.issuer = Issuer.builder(TokenKind.SESSION, tokens, users);
    }

    /**
     * Sets whether plain HTTP will do. Where it may for development, the cookie is {@code
     * dev-session} and not {@code Secure}; else it is {@code __Host-session}.
     *
     * @param transport by default {@link TransportSecurity#REQUIRED}
     * @return this
     */
    public Builder transport(TransportSecurity transport) {
      this.transport = Objects.requireNonNull(transport, "transport");
      return this;
    }

    /**
     * Sets how long a session lives.
     *
     * @param timeouts by default {@link Timeouts#STANDARD}
     * @return this
     */
    public Builder timeouts(Timeouts timeouts) {
      this.standard = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /**
     * Sets how long a session lives whose user asked to be remembered.
     *
     * @param timeouts by default {@link Timeouts#REMEMBERED}
     * @return this
     */
    public Builder remembered(Timeouts timeouts) {
      this.remembered = Objects.requireNonNull(timeouts, "timeouts");
      return this;
    }

    /**
     * Sets how many sessions a user may have at a time.
     *
     * @param limit by default 100, and the oldest makes room; {@link TokenLimit#NONE} for no limit
     * @return this
     */
    public Builder limit(TokenLimit limit) {
      issuer.limit(limit);
      return this;
    }

    /**
     * Names the attributes that a login takes over from the session that it ends, whoever's that
     * was: nothing that decides about rights.
     *
     * @param names the attributes; by default none
     * @return this
     * @throws IllegalArgumentException if one is a name that no attribute can have
     */
    public Builder keepAtLogin(String... names) {
      List.of(names).forEach(SessionAttributes::checkName);
      this.keptAtLogin = Set.copyOf(List.of(names));
      return this;
    }

    /**
     * Sets who hears of sessions that begin, move and end.
     *
     * @param listener the listener; by default {@link AuthListener#slf4j()}
     * @return this
     */
    public Builder listener(AuthListener listener) {
      issuer.listener(listener);
      return this;
    }

    /**
     * Sets where the time comes from.
     *
     * @param clock the clock; by default the system's
     * @return this
     */
    public Builder clock(Clock clock) {
      issuer.clock(clock);
      return this;
    }

    /**
     * Sets where ids come from.
     *
     * @param random the source
     * @return this
     */
    public Builder random(SecureRandom random) {
      issuer.random(random);
      return this;
    }

    /**
     * Makes them.
     *
     * @return the sessions
     */
    public Sessions build() {
      return new Sessions(this);
    }
  }
}

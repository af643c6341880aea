package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.Plan;
import dev.sallyport.SetCookie;
import dev.sallyport.credential.CookieAuthentication;
import dev.sallyport.credential.Lookup;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Accepts session cookies. A cookie that is no longer valid counts as absent; an unsafe request
 * that another site's page may have made is refused. Immutable and safe for many threads; it blocks
 * on the store, which it asks once per request.
 *
 * <pre>{@code
 * Sessions sessions = Sessions.of(auth);
 * Authenticator session = SessionAuthenticator.of(sessions);
 * }</pre>
 */
public final class SessionAuthenticator implements Authenticator {
  private static final String NAME = "session";
  private static final NotAttempted MISMATCH = NotAttempted.stale("binding_mismatch");

  /** How long a login is fresh enough to issue credentials that outlive its session. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private final Sessions sessions;
  private final SessionRecords records;
  private final CookieAuthentication cookie;
  private final Binding toUserAgent;
  private final Binding toNetwork;
  private final List<Challenge> challenges;

  private SessionAuthenticator(Builder builder) {
    sessions = builder.sessions;
    records = sessions.records();
    cookie =
        CookieAuthentication.of(
            NAME,
            records.cookie(),
            records.issuer().environment(),
            CsrfToken::isIn,
            "csrf_token_missing_or_wrong");
    toUserAgent = builder.toUserAgent;
    toNetwork = builder.toNetwork;
    challenges =
        builder.realm == null ? List.of() : List.of(Challenge.of("Session", builder.realm));
  }

  /**
   * Accepts the cookies of these sessions, with the defaults of {@link Builder}.
   *
   * @param sessions begins and ends them
   * @return the authenticator
   */
  public static SessionAuthenticator of(Sessions sessions) {
    return builder(sessions).build();
  }

  /**
   * Accepts the cookies of sessions with all defaults; {@link #sessions} begins them.
   *
   * @param auth whose users log in, and where sessions are kept
   * @return the authenticator
   */
  public static SessionAuthenticator of(Sallyport auth) {
    return of(Sessions.of(auth));
  }

  /**
   * Accepts the cookies of these sessions, with options.
   *
   * @param sessions begins and ends them
   * @return a builder
   */
  public static Builder builder(Sessions sessions) {
    return new Builder(sessions);
  }

  /** {@return the sessions that this authenticator accepts} */
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    return cookie.authenticate(request, secret -> candidate(secret, request));
  }

  @Override
  public Plan<AuthResult> plan(AuthRequest request) {
    return cookie.plan(request, secret -> candidate(secret, request), records.issuer().mayBlock());
  }

  private CookieAuthentication.Candidate candidate(String secret, AuthRequest request) {
    Instant now = records.issuer().now();
    Lookup found = records.look(secret, now);
    if (!(found instanceof Lookup.Live live)) {
      return CookieAuthentication.Candidate.none(found);
    }
    AuthResult result = isBound(live.record(), request, now) ? authenticated(live, now) : MISMATCH;
    return records.issuer().candidate(live, result, now);
  }

  private AuthResult authenticated(Lookup.Live live, Instant now) {
    TokenRecord record = live.record();
    Authenticated.Builder who =
        Authenticated.builder(live.user().principal(), NAME)
            .credentialId(record.id())
            .authenticatedAt(record.authenticatedAt())
            .epoch(live.user().epoch());
    if (!now.isBefore(record.authenticatedAt().plus(FRESH))) {
      record.expiresAt().ifPresent(who::expiresAt);
    }
    if (!challenges.isEmpty()) {
      who.challenge(challenges.get(0));
    }
    return who.attributes(SessionAttributes.ofHost(record)).build();
  }

  private boolean isBound(TokenRecord record, AuthRequest request, Instant now) {
    String mark = SessionAttributes.client(record);
    if (mark.isEmpty()) {
      return true;
    }
    boolean agent = toUserAgent == Binding.OFF || ClientMark.hasAgentOf(mark, request);
    boolean network = toNetwork == Binding.OFF || ClientMark.hasNetworkOf(mark, request);
    boolean ends =
        (!agent && toUserAgent == Binding.STRICT) || (!network && toNetwork == Binding.STRICT);
    if (ends) {
      records.issuer().end(record, "binding_mismatch");
    }
    if (!agent) {
      publishMismatch(record, "user_agent", ends, request, now);
    }
    if (!network) {
      publishMismatch(record, "network", ends, request, now);
    }
    return !ends;
  }

  private void publishMismatch(
      TokenRecord record, String what, boolean ended, AuthRequest request, Instant now) {
    records
        .issuer()
        .publish(
            new AuthEvent.BindingMismatch(
                now, record.id(), record.userId(), what, ended, request.clientAddress()));
  }

  /** Plans to end the session of the request. */
  @Override
  public Logout planLogout(AuthRequest request) {
    return cookie.planLogout(request, this::end, records.cookie().expired());
  }

  private Optional<Runnable> end(String secret) {
    return records.look(secret, records.issuer().now()) instanceof Lookup.Live live
        ? Optional.of(() -> records.issuer().end(live.record(), "logout"))
        : Optional.empty();
  }

  @Override
  public List<SetCookie> expiredCookies() {
    return List.of(records.cookie().expired());
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> authSchemes() {
    return challenges.isEmpty() ? Set.of() : Set.of("Session");
  }

  @Override
  public List<Challenge> challenges(AuthRequest request) {
    return challenges;
  }

  @Override
  public String toString() {
    return "SessionAuthenticator[" + sessions + "]";
  }

  /** Builds a {@link SessionAuthenticator}; not safe for several threads. */
  public static final class Builder {
    private final Sessions sessions;
    private Binding toUserAgent = Binding.LOG;
    private Binding toNetwork = Binding.LOG;
    private @Nullable String realm = "api";

    private Builder(Sessions sessions) {
      this.sessions = Objects.requireNonNull(sessions, "sessions");
    }

    /**
     * Sets what happens to a session whose user agent changes, as it does when a browser is
     * updated.
     *
     * @param binding by default {@link Binding#LOG}
     * @return this
     */
    public Builder bindToUserAgent(Binding binding) {
      this.toUserAgent = Objects.requireNonNull(binding, "binding");
      return this;
    }

    /**
     * Sets what happens to a session whose network changes: IPv4 /24, IPv6 /56. It changes when a
     * phone leaves the house.
     *
     * @param binding by default {@link Binding#LOG}
     * @return this
     */
    public Builder bindToNetwork(Binding binding) {
      this.toNetwork = Objects.requireNonNull(binding, "binding");
      return this;
    }

    /**
     * Sets the realm of the challenge {@code Session realm="…"}, which browsers ignore.
     *
     * @param realm printable ASCII; by default {@code api}
     * @return this
     */
    public Builder realm(String realm) {
      this.realm = Objects.requireNonNull(realm, "realm");
      return this;
    }

    /**
     * Leaves the challenge out. A chain without any other then answers 403 instead of 401.
     *
     * @return this
     */
    public Builder withoutChallenge() {
      this.realm = null;
      return this;
    }

    /**
     * Builds the authenticator.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if the realm is not printable ASCII
     */
    public SessionAuthenticator build() {
      return new SessionAuthenticator(this);
    }
  }
}

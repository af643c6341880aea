package dev.sallyport.session;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Takes the cookie of a session. A cookie that is no longer good counts as absent; an unsafe
 * request that another site's page may have made is refused. Immutable and safe for many threads;
 * it blocks while the store is asked, which is once a request.
 *
 * <pre>{@code
 * Sessions sessions = Sessions.of(tokens, users);
 * Authenticator session = SessionAuthenticator.of(sessions);
 * }</pre>
 */
public final class SessionAuthenticator implements Authenticator {
  private static final String NAME = "session";
  private static final NotAttempted ENDED = NotAttempted.stale("ended_meanwhile");
  private static final NotAttempted MISMATCH = NotAttempted.stale("binding_mismatch");

  /** For how long a login is fresh enough to issue what outlives its session. */
  private static final Duration FRESH = Duration.ofMinutes(15);

  private final Sessions sessions;
  private final SessionRecords records;
  private final OriginPolicy origins;
  private final Binding toUserAgent;
  private final Binding toNetwork;
  private final List<Challenge> challenges;
  private final Rejected insecure = Rejected.of(NAME, Reason.INSECURE_TRANSPORT);
  private final Rejected crossSite = Rejected.of(NAME, Reason.CROSS_SITE);
  private final Rejected noToken =
      Rejected.of(NAME, new Reason("csrf_token_missing_or_wrong", Refusal.CSRF));

  private SessionAuthenticator(Builder builder) {
    sessions = builder.sessions;
    records = sessions.records();
    origins = builder.origins;
    toUserAgent = builder.toUserAgent;
    toNetwork = builder.toNetwork;
    challenges =
        builder.realm == null ? List.of() : List.of(Challenge.of("Session", builder.realm));
  }

  /**
   * Takes the cookies of these sessions, with the defaults of {@link Builder}.
   *
   * @param sessions what begins and ends them
   * @return the authenticator
   */
  public static SessionAuthenticator of(Sessions sessions) {
    return builder(sessions).build();
  }

  /**
   * Takes the cookies of sessions with all defaults; {@link #sessions} begins them.
   *
   * @param tokens where they are kept
   * @param users who the users are
   * @return the authenticator
   */
  public static SessionAuthenticator of(TokenStore tokens, CredentialStore users) {
    return of(Sessions.of(tokens, users));
  }

  /**
   * Takes the cookies of these sessions, with options.
   *
   * @param sessions what begins and ends them
   * @return a builder
   */
  public static Builder builder(Sessions sessions) {
    return new Builder(sessions);
  }

  /**
   * What begins and ends the sessions that this authenticator takes.
   *
   * @return the sessions
   */
  public Sessions sessions() {
    return sessions;
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    List<String> cookies = records.cookie().values(request);
    if (cookies.isEmpty()) {
      return NotAttempted.NO_CREDENTIALS;
    }
    if (!records.permits(request)) {
      return insecure;
    }
    Instant now = records.issuer().now();
    Presented presented = records.look(cookies, now);
    if (!presented.isLive()) {
      return presented.nothing();
    }
    TokenRecord record = presented.found().record();
    if (!isBound(record, request, now)) {
      return MISMATCH;
    }
    if (!request.isSafe()) {
      Rejected refusal = judgeOrigin(request, presented.secret());
      if (refusal != null) {
        return refusal;
      }
    }
    return records.issuer().noteUse(record, now) ? authenticated(presented, record, now) : ENDED;
  }

  private AuthResult authenticated(Presented presented, TokenRecord record, Instant now) {
    Authenticated.Builder who =
        Authenticated.builder(presented.found().user().principal(), NAME)
            .credentialId(record.id())
            .authenticatedAt(record.authenticatedAt())
            .epoch(presented.found().user().epoch());
    if (!now.isBefore(record.authenticatedAt().plus(FRESH))) {
      record.expiresAt().ifPresent(who::expiresAt);
    }
    if (!challenges.isEmpty()) {
      who.challenge(challenges.get(0));
    }
    return who.attributes(SessionAttributes.ofHost(record)).build();
  }

  /** By what the browser says; where it says nothing, by what only the site's own page can know. */
  private @Nullable Rejected judgeOrigin(AuthRequest request, String secret) {
    return switch (origins.judge(request)) {
      case OWN -> null;
      case FOREIGN -> crossSite;
      case UNKNOWN -> CsrfToken.isIn(request, secret) ? null : noToken;
    };
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

  /**
   * Plans to end the session of the request. The browser is told to forget the cookie, unless
   * another site's page may have made the request and the browser held the cookie back: then it may
   * still be good.
   */
  @Override
  public Logout planLogout(AuthRequest request) {
    List<String> cookies = records.cookie().values(request);
    boolean sent = !cookies.isEmpty();
    if (sent && !records.permits(request)) {
      return Logout.refused(insecure);
    }
    Presented presented = records.look(cookies, records.issuer().now());
    if (presented.isLive()) {
      Rejected refusal = judgeOrigin(request, presented.secret());
      return refusal == null
          ? Logout.of(
              () -> records.issuer().end(presented.found().record(), "logout"),
              records.cookie().expired())
          : Logout.refused(refusal);
    }
    return sent || origins.judge(request) != OriginPolicy.Verdict.FOREIGN
        ? Logout.nothing(records.cookie().expired())
        : Logout.nothing();
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
    private OriginPolicy origins = OriginPolicy.ownOnly();
    private Binding toUserAgent = Binding.LOG;
    private Binding toNetwork = Binding.LOG;
    private @Nullable String realm = "api";

    private Builder(Sessions sessions) {
      this.sessions = Objects.requireNonNull(sessions, "sessions");
    }

    /**
     * Sets whose pages may send unsafe requests.
     *
     * @param origins by default {@link OriginPolicy#ownOnly()}
     * @return this
     */
    public Builder origins(OriginPolicy origins) {
      this.origins = Objects.requireNonNull(origins, "origins");
      return this;
    }

    /**
     * Sets what happens to a session whose user agent changes. A browser's update changes it.
     *
     * @param binding by default {@link Binding#LOG}
     * @return this
     */
    public Builder bindToUserAgent(Binding binding) {
      this.toUserAgent = Objects.requireNonNull(binding, "binding");
      return this;
    }

    /**
     * Sets what happens to a session whose network changes: IPv4 /24, IPv6 /56. A phone that leaves
     * the house changes it.
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
     * Leaves the challenge out. A chain that has no other then answers 403 in place of 401.
     *
     * @return this
     */
    public Builder withoutChallenge() {
      this.realm = null;
      return this;
    }

    /**
     * Makes it.
     *
     * @return the authenticator
     * @throws IllegalArgumentException if the realm is not printable ASCII
     */
    public SessionAuthenticator build() {
      return new SessionAuthenticator(this);
    }
  }
}

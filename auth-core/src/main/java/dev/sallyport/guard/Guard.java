package dev.sallyport.guard;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes of a request and a permission either "go on as this principal" or a whole response. It
 * knows no web framework; an adapter writes the response out and decides nothing. Immutable and
 * safe for many threads. It blocks while a store is asked or a password is hashed.
 *
 * <p>It matches no paths: the host says which permission a route needs.
 */
public final class Guard {
  private static final Duration OUTAGE_RETRY = Duration.ofSeconds(5);

  private final AuthenticatorChain chain;
  private final Permission fallback;
  private final Clock clock;

  private Guard(AuthenticatorChain chain, Permission fallback, Clock clock) {
    this.chain = Objects.requireNonNull(chain, "chain");
    this.fallback = Objects.requireNonNull(fallback, "permission");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * A guard whose default permission is {@link Permission#authenticated()}.
   *
   * @param chain who is asked
   * @return the guard
   */
  public static Guard of(AuthenticatorChain chain) {
    return new Guard(chain, Permission.authenticated(), Clock.systemUTC());
  }

  /**
   * The same guard with another default permission.
   *
   * @param permission what a route needs that names none
   * @return a new guard
   */
  public Guard withDefault(Permission permission) {
    return new Guard(chain, permission, clock);
  }

  /**
   * The same guard with another clock, which {@link Permission#authenticatedWithin} asks.
   *
   * @param clock the clock
   * @return a new guard
   */
  public Guard withClock(Clock clock) {
    return new Guard(chain, fallback, clock);
  }

  /**
   * Who is asked.
   *
   * @return the chain
   */
  public AuthenticatorChain chain() {
    return chain;
  }

  /**
   * Checks a request against the default permission.
   *
   * @param request the request
   * @return go on, or what to answer
   */
  public Decision check(AuthRequest request) {
    return check(request, fallback);
  }

  /**
   * Checks a request.
   *
   * @param request the request
   * @param permission what the route needs
   * @return go on, or what to answer
   */
  public Decision check(AuthRequest request, Permission permission) {
    try {
      AuthResult result = chain.authenticate(request);
      if (result instanceof Rejected rejected) {
        return new Decision.Refuse(refuse(request, rejected));
      }
      return authorize(request, result instanceof Authenticated who ? who : null, permission);
    } catch (StoreUnavailableException e) {
      return new Decision.Refuse(storeUnavailable());
    }
  }

  private Decision authorize(
      AuthRequest request, @Nullable Authenticated who, Permission permission) {
    Verdict verdict = permission.check(new Access(request, who, clock));
    if (verdict.isAllowed()) {
      return who == null ? Decision.Proceed.ANONYMOUS : new Decision.Proceed(who);
    }
    return new Decision.Refuse(
        who == null
            ? unauthorized(
                "authentication_required", "Authentication is required.", chain.challenges(request))
            : forbid(request, who, verdict));
  }

  private AuthResponse forbid(AuthRequest request, Authenticated who, Verdict verdict) {
    return switch (verdict.kind()) {
      case REAUTHENTICATE -> refuseUntilReauthenticated(request);
      case INSUFFICIENT_SCOPE -> {
        String scope = verdict.scope().orElseThrow();
        Challenge refused =
            who.challenge()
                .map(c -> c.with("error", "insufficient_scope").with("scope", scope))
                .orElse(null);
        yield Problem.of(403, "insufficient_scope", "The credential lacks the scope " + scope + ".")
            .withChallenges(chain.challenges(request, refused))
            .toResponse();
      }
      default -> Problem.of(403, "forbidden", "This is not allowed.").toResponse();
    };
  }

  /**
   * The response to who is authenticated, but not recently enough for what they ask.
   *
   * @param request the request
   * @return a 401 with the code {@code reauthentication_required}
   */
  public AuthResponse refuseUntilReauthenticated(AuthRequest request) {
    return unauthorized(
        "reauthentication_required",
        "The last proof of identity is too old; authenticate again.",
        chain.challenges(request));
  }

  /**
   * The response to a rejected request.
   *
   * @param request the request
   * @param rejected what the chain said
   * @return the response
   */
  public AuthResponse refuse(AuthRequest request, Rejected rejected) {
    return refuse(rejected, challenges(request, rejected));
  }

  /**
   * The response to a login that failed. Its challenges are such that no browser opens a dialogue
   * over the host's own form.
   *
   * @param request the request
   * @param rejected why it failed
   * @return the response
   */
  public AuthResponse refuseLogin(AuthRequest request, Rejected rejected) {
    return refuse(rejected, chain.challenges(request).stream().map(Challenge::unprompted).toList());
  }

  private List<Challenge> challenges(AuthRequest request, Rejected rejected) {
    Challenge challenge = rejected.challenge().orElse(null);
    boolean withError = rejected.reason().refusal() == Refusal.INVALID_TOKEN;
    return chain.challenges(
        request,
        challenge != null && withError ? challenge.with("error", "invalid_token") : challenge);
  }

  private static AuthResponse refuse(Rejected rejected, List<Challenge> challenges) {
    Refusal refusal = rejected.reason().refusal();
    return switch (refusal) {
      case MALFORMED_CREDENTIALS ->
          unauthorized(refusal.code(), "The credentials are malformed.", challenges);
      case INVALID_CREDENTIALS ->
          unauthorized(refusal.code(), "The credentials are wrong.", challenges);
      case INVALID_TOKEN -> unauthorized(refusal.code(), "The token is not valid.", challenges);
      case CSRF ->
          Problem.of(403, refusal.code(), "The request may come from another site.").toResponse();
      case INSECURE_TRANSPORT ->
          Problem.of(403, refusal.code(), "Credentials are accepted over HTTPS only.").toResponse();
      case THROTTLED ->
          Problem.of(429, refusal.code(), "Too many failed attempts.")
              .withRetryAfter(rejected.retryAfter().orElse(null))
              .toResponse();
      case BUSY -> unavailable(rejected.retryAfter().orElse(null));
    };
  }

  /**
   * The response while a store can't answer.
   *
   * @return a 503 that asks for five seconds
   */
  public static AuthResponse storeUnavailable() {
    return unavailable(OUTAGE_RETRY);
  }

  /**
   * The response while there is no capacity.
   *
   * @param retryAfter when to try again; null for one second
   * @return a 503
   */
  public static AuthResponse unavailable(@Nullable Duration retryAfter) {
    return Problem.of(503, Refusal.BUSY.code(), "The service is temporarily unavailable.")
        .withRetryAfter(retryAfter)
        .toResponse();
  }

  /** 401, or 403 where there is no challenge, since a 401 must have one (RFC 9110 §15.5.2). */
  private static AuthResponse unauthorized(String code, String detail, List<Challenge> challenges) {
    return Problem.of(challenges.isEmpty() ? 403 : 401, code, detail)
        .withChallenges(challenges)
        .toResponse();
  }
}

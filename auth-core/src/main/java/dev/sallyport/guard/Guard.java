package dev.sallyport.guard;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Plan;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Turns a request and a permission into either "go on as this principal" or a whole response. It
 * knows no web framework; an adapter writes the response out and decides nothing. Immutable and
 * thread-safe. It blocks while a store is asked or a password is hashed.
 *
 * <p>It matches no paths: the host says which permission a route needs.
 */
public final class Guard {
  private static final Duration OUTAGE_RETRY = Duration.ofSeconds(5);

  private static final Reason NO_ORIGIN = new Reason("origin_missing", Refusal.CSRF);

  private final AuthenticatorChain chain;
  private final AuthEnvironment environment;
  private final Permission fallback;
  private final @Nullable DecisionObserver observer;

  private Guard(
      AuthenticatorChain chain, Permission fallback, @Nullable DecisionObserver observer) {
    this.chain = Objects.requireNonNull(chain, "chain");
    this.environment = chain.environment();
    this.fallback = Objects.requireNonNull(fallback, "permission");
    this.observer = observer;
  }

  /**
   * A guard whose default permission is {@link Permission#authenticated()}.
   *
   * @param chain who is asked; its environment is the guard's
   * @return the guard
   */
  public static Guard of(AuthenticatorChain chain) {
    return new Guard(chain, Permission.authenticated(), null);
  }

  /**
   * The same guard with another default permission.
   *
   * @param permission what a route needs that names none
   * @return a new guard
   */
  public Guard withDefault(Permission permission) {
    return new Guard(chain, permission, observer);
  }

  /**
   * {@return the same guard with another chain}
   *
   * @param other who is asked; its environment is the new guard's
   */
  public Guard withChain(AuthenticatorChain other) {
    return new Guard(other, fallback, observer);
  }

  /**
   * {@return the same guard, whose decisions are observed, but for those of {@link #plan}}
   *
   * @param observer takes the place of one that was set before
   */
  public Guard observedBy(DecisionObserver observer) {
    return new Guard(chain, fallback, Objects.requireNonNull(observer, "observer"));
  }

  /** {@return the chain that is asked} */
  public AuthenticatorChain chain() {
    return chain;
  }

  /** {@return who observes the decisions, if somebody does} */
  public Optional<DecisionObserver> observer() {
    return Optional.ofNullable(observer);
  }

  /** {@return what a route needs that names no permission} */
  public Permission defaultPermission() {
    return fallback;
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
    return observer == null
        ? decide(request, permission)
        : DecisionStep.CHECK.observed(observer, request, () -> decide(request, permission));
  }

  private Decision decide(AuthRequest request, Permission permission) {
    try {
      return decide(request, chain.authenticate(request), permission);
    } catch (StoreUnavailableException e) {
      return new Decision.Refuse(outage());
    }
  }

  /**
   * Plans to check a request, for a host whose threads must not block. Where nobody's credentials
   * are in the request, or a JWT that was seen before, nothing is left to do. No observer is told,
   * since the parts of a plan are done in several threads.
   *
   * @param request the request
   * @param permission what the route needs; it is asked where the last part of the plan is done
   * @return what completes to the same as {@link #check(AuthRequest, Permission)}
   */
  public Plan<Decision> plan(AuthRequest request, Permission permission) {
    try {
      return chain
          .plan(request)
          .then(result -> Plan.done(decide(request, result, permission)))
          .recover(outage -> Plan.done(new Decision.Refuse(outage())));
    } catch (StoreUnavailableException e) { // where nothing was left to do
      return Plan.done(new Decision.Refuse(outage()));
    }
  }

  private Decision decide(AuthRequest request, AuthResult result, Permission permission) {
    return result instanceof Rejected rejected
        ? new Decision.Refuse(Problems.of(rejected, challenges(request, rejected)))
        : authorize(request, result instanceof Authenticated who ? who : null, permission);
  }

  /**
   * Decides about somebody who has been authenticated already: for a permission on a handler behind
   * a filter. No credentials are looked at, and no store is asked.
   *
   * @param request the request
   * @param who who the request is from; empty for an anonymous one
   * @param permission what the handler needs
   * @return go on, or what to answer
   */
  public Decision authorize(
      AuthRequest request, Optional<Authenticated> who, Permission permission) {
    Authenticated known = who.orElse(null);
    return observer == null
        ? authorize(request, known, permission)
        : DecisionStep.AUTHORIZE.observed(
            observer, request, () -> authorize(request, known, permission));
  }

  private Decision authorize(
      AuthRequest request, @Nullable Authenticated who, Permission permission) {
    Verdict verdict = permission.check(new Access(request, who, environment.clock()));
    if (verdict.isAllowed()) {
      return who == null ? Decision.Proceed.ANONYMOUS : new Decision.Proceed(who);
    }
    return new Decision.Refuse(
        who == null
            ? Problems.unauthorized(
                "authentication_required", "Authentication is required.", chain.challenges(request))
            : forbid(request, who, verdict));
  }

  private Problem forbid(AuthRequest request, Authenticated who, Verdict verdict) {
    return switch (verdict.kind()) {
      case REAUTHENTICATE -> stale(request);
      case INSUFFICIENT_SCOPE -> {
        String scope = verdict.scope().orElseThrow();
        Challenge refused =
            who.challenge()
                .map(c -> c.with("error", "insufficient_scope").with("scope", scope))
                .orElse(null);
        yield Problem.of(403, "insufficient_scope", "The credential lacks the scope " + scope + ".")
            .withChallenges(chain.challenges(request, refused));
      }
      default -> Problem.of(403, "forbidden", "This is not allowed.");
    };
  }

  /**
   * Looks at a request that carries credentials in its body, where no scheme sees them: a login, a
   * sign-up, a new password by a code. Ask before the body is read.
   *
   * <pre>{@code
   * if (guard.checkBody(request, "login") instanceof Decision.Refuse refuse) {
   *   return refuse.response();
   * }
   * }</pre>
   *
   * <p>It refuses what came over plain HTTP, and what another site's page may have sent. A request
   * that doesn't say where it comes from passes: no current browser sent it, and it carries the
   * credentials itself.
   *
   * @param request the request
   * @param purpose what it is for, for the event, for example {@code login}
   * @return go on, or what to answer
   */
  public Decision checkBody(AuthRequest request, String purpose) {
    if (request.isContradictory()) {
      return refuse(request, purpose, Reason.CONTRADICTORY_AUTHORITY);
    }
    if (!environment.transport().permits(request)) {
      return refuse(request, purpose, Reason.INSECURE_TRANSPORT);
    }
    return environment.origins().judge(request) == OriginPolicy.Origin.FOREIGN
        ? refuse(request, purpose, Reason.CROSS_SITE)
        : Decision.Proceed.ANONYMOUS;
  }

  /**
   * As {@link #checkBody}, for a request whose credentials are in a cookie, which a browser sends
   * by itself: one that doesn't say where it comes from is refused as well.
   *
   * @param request the request
   * @param purpose what it is for, for the event, for example {@code refresh}
   * @return go on, or what to answer
   */
  public Decision checkCookie(AuthRequest request, String purpose) {
    Decision decision = checkBody(request, purpose);
    return decision instanceof Decision.Proceed
            && environment.origins().judge(request) != OriginPolicy.Origin.OWN
        ? refuse(request, purpose, NO_ORIGIN)
        : decision;
  }

  private Decision refuse(AuthRequest request, String purpose, Reason reason) {
    Rejected rejected = Rejected.of(purpose, reason);
    environment.report(rejected, request.clientAddress());
    return new Decision.Refuse(Problems.of(rejected, challenges(request, rejected)));
  }

  /**
   * The response to somebody who is authenticated, but not recently enough for this request.
   *
   * @param request the request
   * @return a 401 with the code {@code reauthentication_required}
   */
  public AuthResponse refuseUntilReauthenticated(AuthRequest request) {
    return stale(request).toResponse();
  }

  private Problem stale(AuthRequest request) {
    return Problems.unauthorized(
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
    return Problems.of(rejected, challenges(request, rejected)).toResponse();
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
    return Problems.of(
            rejected, chain.challenges(request).stream().map(Challenge::unprompted).toList())
        .toResponse();
  }

  private List<Challenge> challenges(AuthRequest request, Rejected rejected) {
    Challenge challenge = rejected.challenge().orElse(null);
    boolean withError = rejected.reason().refusal() == Refusal.INVALID_TOKEN;
    return chain.challenges(
        request,
        challenge != null && withError ? challenge.with("error", "invalid_token") : challenge);
  }

  /**
   * {@return the response while a store can't answer: a 503 that asks the client to wait five
   * seconds}
   */
  public static AuthResponse storeUnavailable() {
    return outage().toResponse();
  }

  private static Problem outage() {
    return Problem.unavailable(OUTAGE_RETRY);
  }

  /**
   * The response while there is no capacity.
   *
   * @param retryAfter when to try again; null for one second
   * @return a 503
   */
  public static AuthResponse unavailable(@Nullable Duration retryAfter) {
    return Problem.unavailable(retryAfter).toResponse();
  }
}

package dev.sallyport.credential;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Plan;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a cookie authenticates. A browser sends it by itself: so whatever is wrong with it counts as
 * absent, and an unsafe request must show that no other site's page made it. Immutable and
 * thread-safe.
 */
public final class CookieAuthentication {
  /** A cookie that holds nothing of a valid form. */
  public static final NotAttempted MALFORMED = NotAttempted.stale("malformed_cookie");

  private static final NotAttempted SEVERAL = NotAttempted.stale("several_cookies");
  private static final NotAttempted ENDED = NotAttempted.stale("ended_meanwhile");

  private final CredentialCookie cookie;
  private final TransportSecurity transport;
  private final OriginPolicy origins;
  private final BiPredicate<AuthRequest, String> proof;
  private final Rejected insecure;
  private final Rejected crossSite;
  private final Rejected unproved;

  private CookieAuthentication(
      String scheme,
      CredentialCookie cookie,
      AuthEnvironment environment,
      BiPredicate<AuthRequest, String> proof,
      String unproved) {
    this.cookie = Objects.requireNonNull(cookie, "cookie");
    this.transport = environment.transport();
    this.origins = environment.origins();
    this.proof = Objects.requireNonNull(proof, "proof");
    this.insecure = Rejected.of(scheme, Reason.INSECURE_TRANSPORT);
    this.crossSite = Rejected.of(scheme, Reason.CROSS_SITE);
    this.unproved = Rejected.of(scheme, new Reason(unproved, Refusal.CSRF));
  }

  /**
   * A cookie of a scheme. An unsafe request that doesn't say where it comes from is refused.
   *
   * @param scheme the name of the authenticator
   * @param cookie the cookie
   * @param environment whether plain HTTP is accepted, and whose pages may send unsafe requests
   * @return what authenticates
   */
  public static CookieAuthentication of(
      String scheme, CredentialCookie cookie, AuthEnvironment environment) {
    return new CookieAuthentication(
        scheme, cookie, environment, (request, value) -> false, "origin_missing");
  }

  /**
   * A cookie of a scheme whose pages can prove that they are the site's own where the browser says
   * nothing.
   *
   * @param scheme the name of the authenticator
   * @param cookie the cookie
   * @param environment whether plain HTTP is accepted, and whose pages may send unsafe requests
   * @param proof whether an unsafe request proves it, given the value of the cookie
   * @param unproved the reason for which it is refused otherwise, in snake_case
   * @return what authenticates
   */
  public static CookieAuthentication of(
      String scheme,
      CredentialCookie cookie,
      AuthEnvironment environment,
      BiPredicate<AuthRequest, String> proof,
      String unproved) {
    return new CookieAuthentication(scheme, cookie, environment, proof, unproved);
  }

  /** Whose credential a cookie holds. */
  @FunctionalInterface
  public interface Candidate {
    /**
     * Nobody's.
     *
     * @param lookup what was found; null if the value has no valid form
     * @return a candidate that counts as absent
     */
    static Candidate none(@Nullable Lookup lookup) {
      NotAttempted stale = lookup instanceof Lookup.Dead dead ? dead.stale() : MALFORMED;
      return () -> stale;
    }

    /** {@return who it is, or a stale {@link NotAttempted}} */
    AuthResult result();

    /**
     * Notes that the credential was used. It is asked only if the request is not refused.
     *
     * @return false if it has been ended meanwhile
     */
    default boolean use() {
      return true;
    }
  }

  /**
   * Looks at one request.
   *
   * @param request the request
   * @param look says whose credential a value is
   * @return as {@link dev.sallyport.Authenticator#authenticate}
   */
  public AuthResult authenticate(AuthRequest request, Function<String, Candidate> look) {
    List<String> values = cookie.values(request);
    if (values.isEmpty()) {
      return NotAttempted.NO_CREDENTIALS;
    }
    if (!transport.permits(request)) {
      return insecure;
    }
    if (values.size() > 1) {
      return SEVERAL;
    }
    String value = values.get(0);
    Candidate candidate = look.apply(value);
    if (!(candidate.result() instanceof Authenticated who)) {
      return candidate.result();
    }
    Rejected refusal = request.isSafe() ? null : judgeOrigin(request, value);
    if (refusal != null) {
      return refusal;
    }
    return candidate.use() ? who : ENDED;
  }

  /**
   * Plans to look at one request: only one that has the cookie needs more than a look at its
   * header.
   *
   * @param request the request
   * @param look says whose credential a value is
   * @param mayBlock whether {@code look} may block
   * @return what completes to the same as {@link #authenticate}
   */
  public Plan<AuthResult> plan(
      AuthRequest request, Function<String, Candidate> look, boolean mayBlock) {
    return !mayBlock || cookie.values(request).isEmpty()
        ? Plan.done(authenticate(request, look))
        : Plan.store(() -> Plan.done(authenticate(request, look)));
  }

  private @Nullable Rejected judgeOrigin(AuthRequest request, String value) {
    return switch (origins.judge(request)) {
      case OWN -> null;
      case FOREIGN -> crossSite;
      case UNKNOWN -> proof.test(request, value) ? null : unproved;
    };
  }

  /**
   * Plans a logout. The browser is told to forget the cookies, unless another site's page may have
   * made the request and the browser held them back: then they may still be good.
   *
   * @param request the request
   * @param end what ends the credential of a value; empty if there is nothing to end
   * @param forgotten what makes the browser forget
   * @return as {@link dev.sallyport.Authenticator#planLogout}
   */
  public Logout planLogout(
      AuthRequest request, Function<String, Optional<Runnable>> end, SetCookie... forgotten) {
    List<String> values = cookie.values(request);
    if (!values.isEmpty() && !transport.permits(request)) {
      return Logout.refused(insecure);
    }
    Optional<Runnable> work = values.size() == 1 ? end.apply(values.get(0)) : Optional.empty();
    if (work.isPresent()) {
      Rejected refusal = judgeOrigin(request, values.get(0));
      return refusal == null ? Logout.of(work.get(), forgotten) : Logout.refused(refusal);
    }
    return !values.isEmpty() || origins.judge(request) != OriginPolicy.Origin.FOREIGN
        ? Logout.nothing(forgotten)
        : Logout.nothing();
  }

  @Override
  public String toString() {
    return "CookieAuthentication[" + cookie + "]";
  }
}

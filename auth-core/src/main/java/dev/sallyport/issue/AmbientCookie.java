package dev.sallyport.issue;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How a token in a cookie authenticates. A browser sends a cookie by itself: so what is wrong with
 * it counts as absent, and an unsafe request must show that no other site's page made it. For
 * schemes whose tokens are otherwise in a header. Immutable and safe for many threads.
 */
public final class AmbientCookie {
  /** A cookie that holds nothing of a valid form. */
  public static final NotAttempted MALFORMED = NotAttempted.stale("malformed_cookie");

  private static final NotAttempted SEVERAL = NotAttempted.stale("several_cookies");

  private final CredentialCookie cookie;
  private final TransportSecurity transport;
  private final OriginPolicy origins;
  private final Rejected insecure;
  private final Rejected crossSite;
  private final Rejected noOrigin;

  /**
   * A cookie of a scheme.
   *
   * @param scheme the name of the authenticator
   * @param cookie the cookie
   * @param transport whether plain HTTP will do
   * @param origins whose pages may send unsafe requests
   */
  public AmbientCookie(
      String scheme, CredentialCookie cookie, TransportSecurity transport, OriginPolicy origins) {
    this.cookie = Objects.requireNonNull(cookie, "cookie");
    this.transport = Objects.requireNonNull(transport, "transport");
    this.origins = Objects.requireNonNull(origins, "origins");
    this.insecure = Rejected.of(scheme, Reason.INSECURE_TRANSPORT);
    this.crossSite = Rejected.of(scheme, Reason.CROSS_SITE);
    this.noOrigin = Rejected.of(scheme, new Reason("origin_missing", Refusal.CSRF));
  }

  /** Says whose token a cookie holds. */
  @FunctionalInterface
  public interface Look {
    /**
     * Looks at the one value.
     *
     * @param value what the client sent
     * @param counts whether this is a use of the token; false if the request is refused anyway
     * @return who it is, or a stale {@link NotAttempted}
     */
    AuthResult at(String value, boolean counts);
  }

  /**
   * Looks at one request.
   *
   * @param request the request
   * @param look says whose token it is
   * @return as {@link dev.sallyport.Authenticator#authenticate}
   */
  public AuthResult authenticate(AuthRequest request, Look look) {
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
    Rejected refusal = request.isSafe() ? null : judgeOrigin(request);
    AuthResult found = look.at(values.get(0), refusal == null);
    return refusal != null && found instanceof Authenticated ? refusal : found;
  }

  /** There is no token of the page's, as a session has one: who says nothing is refused. */
  private @Nullable Rejected judgeOrigin(AuthRequest request) {
    return switch (origins.judge(request)) {
      case OWN -> null;
      case FOREIGN -> crossSite;
      case UNKNOWN -> noOrigin;
    };
  }

  /**
   * Plans a logout.
   *
   * @param request the request
   * @param end what ends the token of a value; empty if there is nothing to end
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
      Rejected refusal = judgeOrigin(request);
      return refusal == null ? Logout.of(work.get(), forgotten) : Logout.refused(refusal);
    }
    // The browser may have held a good cookie back from another site's page.
    return !values.isEmpty() || origins.judge(request) != OriginPolicy.Verdict.FOREIGN
        ? Logout.nothing(forgotten)
        : Logout.nothing();
  }

  @Override
  public String toString() {
    return "AmbientCookie[" + cookie + "]";
  }
}

package dev.sallyport.guard;

import dev.sallyport.AuthRequest;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import java.util.Objects;

/**
 * What stands before a handler that takes credentials in its body, so that no scheme looks at them:
 * a login, a sign-up, a new password by a code. Ask before the body is read. Immutable and safe for
 * many threads.
 *
 * <pre>{@code
 * if (entrance.check(request, "login") instanceof Decision.Refuse refuse) {
 *   return refuse.response();
 * }
 * }</pre>
 */
public final class Entrance {
  private static final Reason NO_ORIGIN = new Reason("origin_missing", Refusal.CSRF);

  private final Guard guard;
  private final TransportSecurity transport;
  private final OriginPolicy origins;

  private Entrance(Guard guard, TransportSecurity transport, OriginPolicy origins) {
    this.guard = Objects.requireNonNull(guard, "guard");
    this.transport = Objects.requireNonNull(transport, "transport");
    this.origins = Objects.requireNonNull(origins, "origins");
  }

  /**
   * An entrance.
   *
   * @param guard who makes the answers; its chain reports what is refused
   * @param transport whether plain HTTP will do; the same as the authenticators'
   * @param origins whose pages may send credentials; the same as the authenticators'
   * @return the entrance
   */
  public static Entrance of(Guard guard, TransportSecurity transport, OriginPolicy origins) {
    return new Entrance(guard, transport, origins);
  }

  /**
   * Refuses what came over plain HTTP, and what another site's page may have sent. A request that
   * says nothing of where it comes from passes: it is no browser's of today, and it carries the
   * credentials itself.
   *
   * @param request the request
   * @param what what it is for, for the event, for example {@code login}
   * @return go on, or what to answer
   */
  public Decision check(AuthRequest request, String what) {
    if (!transport.permits(request)) {
      return refuse(request, Rejected.of(what, Reason.INSECURE_TRANSPORT));
    }
    return origins.judge(request) == OriginPolicy.Verdict.FOREIGN
        ? refuse(request, Rejected.of(what, Reason.CROSS_SITE))
        : Decision.Proceed.ANONYMOUS;
  }

  /**
   * As {@link #check}, for a request whose credentials are in a cookie, which a browser sends by
   * itself: who does not say where it comes from is refused as well.
   *
   * @param request the request
   * @param what what it is for, for the event, for example {@code refresh}
   * @return go on, or what to answer
   */
  public Decision checkCookie(AuthRequest request, String what) {
    Decision decision = check(request, what);
    return decision instanceof Decision.Proceed
            && origins.judge(request) != OriginPolicy.Verdict.OWN
        ? refuse(request, Rejected.of(what, NO_ORIGIN))
        : decision;
  }

  private Decision refuse(AuthRequest request, Rejected rejected) {
    guard.chain().report(rejected, request);
    return new Decision.Refuse(guard.refuse(request, rejected));
  }
}

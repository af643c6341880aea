package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.jwt.JwtAuthenticator;
import java.util.List;

/** Identifies the caller of an endpoint that needs an account here. */
record Caller(Guard guard) {
  /** The scope that a credential with scopes needs to manage an account. */
  private static final Permission ACCOUNT = Permission.scope("account");

  private static final Rejected ENDED =
      Rejected.of("jwt", new Reason("family_ended", Refusal.INVALID_TOKEN));

  /** The caller, who must have an account here. */
  Authenticated known(AuthRequest request) throws RefusedRequestException {
    return check(request, Permission.authenticated());
  }

  /**
   * The caller, who must have an account here and be allowed to manage it with these credentials.
   */
  Authenticated manager(AuthRequest request) throws RefusedRequestException {
    return manager(request, Permission.authenticated());
  }

  /** A {@link #manager} who has a permission besides. */
  Authenticated manager(AuthRequest request, Permission permission) throws RefusedRequestException {
    Authenticated who = check(request, ACCOUNT.and(permission));
    if (hasEnded(who)) {
      throw new RefusedRequestException(guard.refuse(request, ENDED));
    }
    return who;
  }

  private Authenticated check(AuthRequest request, Permission permission)
      throws RefusedRequestException {
    Decision decision = guard.check(request, permission);
    if (decision instanceof Decision.Refuse refuse) {
      throw new RefusedRequestException(refuse.response());
    }
    Authenticated who = ((Decision.Proceed) decision).who().orElseThrow();
    if (who.epoch().isEmpty()) {
      throw new RefusedRequestException(
          Problem.of(403, "no_local_account", "The principal has no account here."));
    }
    return who;
  }

  /**
   * Whether this is an access token whose login has ended: it still lives, but manages no account.
   */
  private boolean hasEnded(Authenticated who) {
    try {
      return JwtRoutes.authenticator(guard.chain())
          .filter(found -> who.scheme().equals(found.name()))
          .flatMap(JwtAuthenticator::families)
          .filter(found -> found.find(who).isEmpty())
          .isPresent();
    } catch (StoreUnavailableException e) {
      guard.chain().environment().reportOutage("jwt", e);
      throw e;
    }
  }

  static boolean isCurrent(Authenticated who, String id) {
    return who.credentialId().filter(id::equals).isPresent();
  }

  /** The response once the credential with that id has ended, which may be the caller's own. */
  AuthResponse ended(Authenticated who, String id) {
    return CookieResponse.done(isCurrent(who, id) ? guard.chain().expiredCookies(who) : List.of());
  }

  /** Ends the browser's former credential of a scheme before a new one replaces its cookies. */
  void endFormer(AuthRequest request, Authenticator scheme) {
    if (scheme.expiredCookies().isEmpty()) {
      return;
    }
    try {
      scheme.planLogout(request).carryOut();
    } catch (StoreUnavailableException e) {
      guard
          .chain()
          .environment()
          .reportOutage(scheme.name(), e); // the new one exists: a 503 would lose it
    }
  }
}

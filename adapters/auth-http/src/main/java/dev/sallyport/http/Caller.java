package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;

/** Finds out who calls an endpoint that needs an account here. */
record Caller(Guard guard) {
  /** The scope without which a credential that has scopes manages no account. */
  private static final Permission ACCOUNT = Permission.scope("account");

  private static final Rejected ENDED =
      Rejected.of("jwt", new Reason("family_ended", Refusal.INVALID_TOKEN));

  /** Whoever has an account here. */
  Authenticated known(AuthRequest request) throws RefusedRequestException {
    return check(request, Permission.authenticated());
  }

  /** Whoever has an account here, and may manage it with these credentials. */
  Authenticated manager(AuthRequest request) throws RefusedRequestException {
    Authenticated who = check(request, ACCOUNT);
    if (JwtCookies.of(guard.chain()).hasEnded(who)) {
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
}

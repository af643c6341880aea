package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Logout;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.RefreshFamilies;
import java.util.List;
import java.util.Optional;

/** The families of refresh tokens of a chain, if it has any, and what becomes of their cookies. */
record JwtCookies(AuthenticatorChain chain, Optional<JwtAuthenticator> authenticator) {
  static JwtCookies of(AuthenticatorChain chain) {
    return new JwtCookies(
        chain,
        chain.members().stream()
            .flatMap(member -> member.unwrap(JwtAuthenticator.class).stream())
            .filter(found -> found.families().isPresent())
            .findFirst());
  }

  Optional<RefreshFamilies> families() {
    return authenticator.flatMap(JwtAuthenticator::families);
  }

  /**
   * Whether an access token authenticates whose login has ended: it lives, but manages no account.
   */
  boolean hasEnded(Authenticated who) {
    try {
      return authenticator
          .filter(found -> who.scheme().equals(found.name()) && who.epoch().isPresent())
          .flatMap(JwtAuthenticator::families)
          .filter(found -> !found.isLive(who))
          .isPresent();
    } catch (StoreUnavailableException e) {
      chain.reportOutage("jwt", e);
      throw e;
    }
  }

  /** Has the browser forget the tokens that authenticated, which have ended. */
  AuthResponse forgotten(AuthResponse answer, Authenticated who) {
    return authenticator
        .filter(found -> who.scheme().equals(found.name()))
        .flatMap(JwtAuthenticator::families)
        .map(found -> with(answer, found.forget()))
        .orElse(answer);
  }

  /** Ends the family that a browser had, before another takes its cookies' place. */
  void endFormer(AuthRequest request) {
    try {
      authenticator
          .filter(found -> families().flatMap(RefreshFamilies::cookiePath).isPresent())
          .map(found -> found.planLogout(request))
          .ifPresent(Logout::carryOut);
    } catch (StoreUnavailableException e) {
      chain.reportOutage("jwt", e); // the new one is made: a 503 would lose it
    }
  }

  static AuthResponse with(AuthResponse answer, List<SetCookie> cookies) {
    AuthResponse filled = answer;
    for (SetCookie cookie : cookies) {
      filled = BrowserSessions.with(filled, cookie);
    }
    return filled;
  }
}

package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Logout;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.util.Optional;

/** The opaque tokens of a chain, if it has any, and what a browser is to do with their cookie. */
record TokenCookies(AuthenticatorChain chain, Optional<TokenAuthenticator> authenticator) {
  static TokenCookies of(AuthenticatorChain chain) {
    return new TokenCookies(chain, chain.member(TokenAuthenticator.class));
  }

  /** Has the browser forget the token that authenticated, which has ended. */
  AuthResponse forgotten(AuthResponse answer, Authenticated who) {
    return authenticator
        .filter(found -> who.scheme().equals(found.name()))
        .map(TokenAuthenticator::tokens)
        .flatMap(Tokens::forget)
        .map(cookie -> BrowserSessions.with(answer, cookie))
        .orElse(answer);
  }

  /** Ends the token that a browser had, before another takes its cookie's place. */
  void endFormer(AuthRequest request) {
    try {
      authenticator
          .filter(found -> found.tokens().forget().isPresent())
          .map(found -> found.planLogout(request))
          .ifPresent(Logout::carryOut);
    } catch (StoreUnavailableException e) {
      chain.reportOutage("token", e); // the new one is made: a 503 would lose it
    }
  }
}

package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionStart;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.User;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The sessions of a chain, if it has any; and what an answer does to the caller's own. */
record BrowserSessions(AuthenticatorChain chain, Optional<SessionAuthenticator> authenticator) {
  static BrowserSessions of(AuthenticatorChain chain) {
    return new BrowserSessions(chain, chain.member(SessionAuthenticator.class));
  }

  private Optional<Sessions> authenticating(Authenticated who) {
    return authenticator
        .filter(found -> who.scheme().equals(found.name()))
        .map(SessionAuthenticator::sessions);
  }

  /** The public id of the caller's session, if a session is what authenticates. */
  @Nullable String id(Authenticated who) {
    return authenticating(who).flatMap(s -> who.credentialId()).orElse(null);
  }

  Optional<String> csrfToken(AuthRequest request, Authenticated who) {
    return authenticating(who).flatMap(found -> found.csrfToken(request));
  }

  /** Lets the caller's session go on after what has ended all; if it can't, it is forgotten. */
  AuthResponse renewed(AuthResponse answer, AuthRequest request, Authenticated who, User changed) {
    return withCookie(
        answer,
        who,
        found ->
            found
                .renew(request, who, changed)
                .map(SessionStart.Started::cookie)
                .orElseGet(() -> found.end(request)));
  }

  /** Has the browser forget the caller's session, which has ended. */
  AuthResponse forgotten(AuthResponse answer, AuthRequest request, Authenticated who) {
    return withCookie(answer, who, found -> found.end(request));
  }

  private AuthResponse withCookie(
      AuthResponse answer, Authenticated who, Function<Sessions, SetCookie> cookie) {
    try {
      return authenticating(who).map(found -> with(answer, cookie.apply(found))).orElse(answer);
    } catch (StoreUnavailableException e) {
      // What was asked for is done, and the old cookie is worthless: a 503 would deny both.
      chain.reportOutage("session", e);
      return answer;
    }
  }

  static AuthResponse with(AuthResponse answer, SetCookie cookie) {
    return answer.withHeader("Set-Cookie", cookie.header());
  }
}

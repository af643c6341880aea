package dev.sallyport.http;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Secret;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The caller's session, if the caller was authenticated by one. */
record CallerSession(AuthenticatorChain chain) {
  private Optional<Sessions> authenticating(Authenticated who) {
    return chain
        .member(SessionAuthenticator.class)
        .filter(found -> who.scheme().equals(found.name()))
        .map(SessionAuthenticator::sessions);
  }

  @Nullable String id(Authenticated who) {
    return authenticating(who).flatMap(found -> who.credentialId()).orElse(null);
  }

  Optional<Secret> csrfToken(AuthRequest request, Authenticated who) {
    return authenticating(who).flatMap(found -> found.csrfToken(request));
  }

  /**
   * Continues it after a change that ended all credentials; failing that, the browser forgets them.
   */
  List<SetCookie> renew(AuthRequest request, Authenticated who, User changed) {
    try {
      return authenticating(who)
          .flatMap(found -> found.renew(request, who, changed))
          .map(SessionResult.Started::cookie)
          .map(List::of)
          .orElseGet(() -> chain.expiredCookies(who));
    } catch (StoreUnavailableException e) {
      // The change is made, and the old cookie is worthless: a 503 would deny both.
      chain.environment().reportOutage("session", e);
      return List.of();
    }
  }
}

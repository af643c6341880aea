package dev.sallyport.token;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.issue.AmbientCookie;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.issue.Found;
import dev.sallyport.issue.Issuer;
import dev.sallyport.store.SecretDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A cookie: a browser sends it by itself. */
final class CookieCarrier implements Carrier {
  private static final NotAttempted ENDED = NotAttempted.stale("ended_meanwhile");

  private final Tokens tokens;
  private final Issuer issuer;
  private final CredentialCookie cookie;
  private final AmbientCookie ambient;
  private final Challenge challenge;

  CookieCarrier(Tokens tokens, CredentialCookie cookie, OriginPolicy origins, String realm) {
    this.tokens = tokens;
    this.issuer = tokens.issuer();
    this.cookie = cookie;
    this.ambient = new AmbientCookie(SCHEME, cookie, tokens.transport(), origins);
    this.challenge = Challenge.of("Cookie", realm);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    return ambient.authenticate(request, this::look);
  }

  private AuthResult look(String value, boolean counts) {
    byte[] secret = tokens.format().secret(value);
    if (secret == null) {
      return AmbientCookie.MALFORMED;
    }
    Instant now = issuer.now();
    Found found = issuer.find(SecretDigest.of(secret), now);
    if (!found.isLive()) {
      return found.stale();
    }
    return !counts || issuer.noteUse(found.record(), now)
        ? TokenResult.of(found, SCHEME).challenge(challenge).build()
        : ENDED;
  }

  @Override
  public Logout planLogout(AuthRequest request) {
    return ambient.planLogout(request, this::end, cookie.expired());
  }

  private Optional<Runnable> end(String value) {
    byte[] secret = tokens.format().secret(value);
    Found found =
        secret == null ? Found.NOTHING : issuer.find(SecretDigest.of(secret), issuer.now());
    return found.isLive()
        ? Optional.of(() -> issuer.end(found.record(), "logout"))
        : Optional.empty();
  }

  @Override
  public Set<String> authSchemes() {
    return Set.of();
  }

  @Override
  public List<Challenge> challenges() {
    return List.of(challenge);
  }

  @Override
  public String toString() {
    return "[" + cookie.name() + "]";
  }
}

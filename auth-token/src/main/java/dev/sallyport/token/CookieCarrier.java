package dev.sallyport.token;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Challenge;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.OriginPolicy;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.issue.Found;
import dev.sallyport.issue.Issuer;
import dev.sallyport.store.SecretDigest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cookie: a browser sends it by itself, so what is wrong with it counts as absent, and an unsafe
 * request must show that no other site's page made it.
 */
final class CookieCarrier implements Carrier {
  private static final NotAttempted SEVERAL = NotAttempted.stale("several_cookies");
  private static final NotAttempted MALFORMED = NotAttempted.stale("malformed_cookie");
  private static final NotAttempted ENDED = NotAttempted.stale("ended_meanwhile");
  private static final Rejected INSECURE = Rejected.of(SCHEME, Reason.INSECURE_TRANSPORT);
  private static final Rejected CROSS_SITE = Rejected.of(SCHEME, Reason.CROSS_SITE);
  private static final Rejected NO_ORIGIN =
      Rejected.of(SCHEME, new Reason("origin_missing", Refusal.CSRF));

  private final Tokens tokens;
  private final Issuer issuer;
  private final CredentialCookie cookie;
  private final OriginPolicy origins;
  private final Challenge challenge;

  CookieCarrier(Tokens tokens, CredentialCookie cookie, OriginPolicy origins, String realm) {
    this.tokens = tokens;
    this.issuer = tokens.issuer();
    this.cookie = cookie;
    this.origins = origins;
    this.challenge = Challenge.of("Cookie", realm);
  }

  @Override
  public AuthResult authenticate(AuthRequest request) {
    List<String> values = cookie.values(request);
    if (values.isEmpty()) {
      return NotAttempted.NO_CREDENTIALS;
    }
    if (!tokens.transport().permits(request)) {
      return INSECURE;
    }
    if (values.size() > 1) {
      return SEVERAL;
    }
    byte[] secret = tokens.format().secret(values.get(0));
    if (secret == null) {
      return MALFORMED;
    }
    Instant now = issuer.now();
    Found found = issuer.find(SecretDigest.of(secret), now);
    if (!found.isLive()) {
      return found.stale();
    }
    Rejected refusal = request.isSafe() ? null : judgeOrigin(request);
    if (refusal != null) {
      return refusal;
    }
    return issuer.noteUse(found.record(), now)
        ? TokenResult.of(found, SCHEME).challenge(challenge).build()
        : ENDED;
  }

  /** There is no token of the page's, as a session has one: who says nothing is refused. */
  private @Nullable Rejected judgeOrigin(AuthRequest request) {
    return switch (origins.judge(request)) {
      case OWN -> null;
      case FOREIGN -> CROSS_SITE;
      case UNKNOWN -> NO_ORIGIN;
    };
  }

  @Override
  public Logout planLogout(AuthRequest request) {
    List<String> values = cookie.values(request);
    if (!values.isEmpty() && !tokens.transport().permits(request)) {
      return Logout.refused(INSECURE);
    }
    byte[] secret = values.size() == 1 ? tokens.format().secret(values.get(0)) : null;
    Found found =
        secret == null ? Found.NOTHING : issuer.find(SecretDigest.of(secret), issuer.now());
    if (found.isLive()) {
      Rejected refusal = judgeOrigin(request);
      return refusal == null
          ? Logout.of(() -> issuer.end(found.record(), "logout"), cookie.expired())
          : Logout.refused(refusal);
    }
    // The browser may have held a good cookie back from another site's page.
    return !values.isEmpty() || origins.judge(request) != OriginPolicy.Verdict.FOREIGN
        ? Logout.nothing(cookie.expired())
        : Logout.nothing();
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

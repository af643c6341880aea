package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import java.time.Instant;
import java.util.Set;

/** Identifies the user of one of our own access tokens. */
final class OwnIdentity implements Identity {
  private final Challenge challenge;

  OwnIdentity(Challenge challenge) {
    this.challenge = challenge;
  }

  @Override
  public AuthResult of(VerifiedJwt jwt) {
    String session = jwt.text(ClaimName.SESSION);
    String username = jwt.text(ClaimName.USERNAME);
    Long epoch = jwt.number(ClaimName.EPOCH);
    Long provedAt = jwt.number(ClaimName.AUTHENTICATED_AT);
    Long sessionEnd = jwt.number(ClaimName.SESSION_EXPIRES_AT);
    Set<String> roles = Identity.texts(jwt.claim(ClaimName.ROLES));
    Object scope = jwt.claim(ClaimName.SCOPE);
    Set<String> scopes = Identity.texts(scope);
    if (session == null
        || username == null
        || username.isEmpty()
        || epoch == null
        || provedAt == null
        || roles == null
        || (scope != null && scopes == null)
        || jwt.id().isEmpty()
        || jwt.issuedAt().isEmpty()) {
      return Identity.badClaims().withChallenge(challenge);
    }
    Authenticated.Builder who =
        Authenticated.builder(new Principal(jwt.subject(), username, roles), SCHEME)
            .credentialId(session)
            .epoch(epoch)
            .authenticatedAt(Instant.ofEpochSecond(provedAt))
            .expiresAt(sessionEnd == null ? jwt.expiresAt() : Instant.ofEpochSecond(sessionEnd))
            .attributes(jwt.added())
            .challenge(challenge);
    return (scopes == null ? who : who.scopes(scopes)).build();
  }
}

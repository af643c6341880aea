package dev.sallyport.jwt;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The user of an access token of our own. */
final class OwnIdentity implements Identity {
  private final Challenge challenge;

  OwnIdentity(Challenge challenge) {
    this.challenge = challenge;
  }

  @Override
  public AuthResult of(VerifiedJwt jwt) {
    String session = jwt.text(AccessClaims.SESSION);
    String username = jwt.text(AccessClaims.USERNAME);
    Long epoch = jwt.number(AccessClaims.EPOCH);
    Long provedAt = jwt.number(AccessClaims.AUTHENTICATED_AT);
    Set<String> roles = Identity.texts(jwt.claims().get(AccessClaims.ROLES));
    Object scope = jwt.claims().get(AccessClaims.SCOPE);
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
            .attributes(added(jwt))
            .challenge(challenge);
    return (scopes == null ? who : who.scopes(scopes)).build();
  }

  /** What the host has added. */
  private static Map<String, Object> added(VerifiedJwt jwt) {
    Map<String, Object> added = new HashMap<>(jwt.claims());
    added.keySet().removeAll(AccessClaims.RESERVED);
    return added;
  }
}

package dev.sallyport.jwt.refresh;

import dev.sallyport.Authenticated;
import dev.sallyport.Principal;
import dev.sallyport.jwt.json.JsonObject;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of our access tokens (RFC 7519 section 4.1, RFC 9068 section 2.2, RFC 7643, OpenID
 * Connect): how they are written, and what they mean when they come back.
 */
final class AccessClaims {
  /** RFC 9068 section 2.2: the client that the token was issued to. */
  private static final String CLIENT = "client_id";

  /** The family of refresh tokens that the token was issued for. */
  private static final String SESSION = "sid";

  private static final String EPOCH = "epoch";
  private static final String AUTHENTICATED_AT = "auth_time";

  /** When that family ends at the latest, in seconds, like {@code exp}. */
  private static final String SESSION_EXPIRES_AT = "sid_exp";

  private static final String USERNAME = "username";
  private static final String ROLES = "roles";
  private static final String SCOPE = "scope";

  /** RFC 7800 section 3.1, RFC 9449 section 6.1: the key that the token is bound to. */
  private static final String CONFIRMATION = "cnf";

  private static final Set<String> OWN =
      Set.of(
          CLIENT,
          SESSION,
          EPOCH,
          AUTHENTICATED_AT,
          SESSION_EXPIRES_AT,
          USERNAME,
          ROLES,
          SCOPE,
          CONFIRMATION);

  private AccessClaims() {}

  /** Whether only the issuer can set a claim. */
  static boolean isReserved(String claim) {
    return OWN.contains(claim) || VerifiedJwt.REGISTERED_CLAIMS.contains(claim);
  }

  /** What a token says of a user and their login; a mutable map. */
  static Map<String, Object> of(String clientId, User user, TokenRecord family) {
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put(CLIENT, clientId);
    claims.put(SESSION, family.id());
    claims.put(EPOCH, user.epoch());
    claims.put(AUTHENTICATED_AT, family.authenticatedAt().getEpochSecond());
    claims.put(SESSION_EXPIRES_AT, family.expiresAt().orElseThrow().getEpochSecond());
    claims.put(USERNAME, user.name());
    claims.put(ROLES, user.principal().roles());
    family.scopes().ifPresent(scopes -> claims.put(SCOPE, String.join(" ", scopes)));
    BoundKey.of(family).ifPresent(key -> claims.put(CONFIRMATION, Map.of("jkt", key)));
    return claims;
  }

  /** Reads it back; empty if it is not what {@link #of} writes. */
  static Optional<Authenticated.Builder> read(VerifiedJwt jwt, String scheme) {
    Map<String, Object> claims = new HashMap<>(jwt.claims());
    Object provedAt = claims.get(AUTHENTICATED_AT);
    Object sessionEnd = claims.get(SESSION_EXPIRES_AT);
    Set<String> roles = JsonObject.texts(claims.get(ROLES));
    Object scope = claims.get(SCOPE);
    Set<String> scopes = JsonObject.texts(scope);
    if (!(claims.get(SESSION) instanceof String session)
        || !(claims.get(USERNAME) instanceof String username)
        || username.isEmpty()
        || !(claims.get(EPOCH) instanceof Long epoch)
        || !(provedAt instanceof Long proved)
        || roles == null
        || (scope != null && scopes == null)
        || jwt.id().isEmpty()
        || jwt.issuedAt().isEmpty()) {
      return Optional.empty();
    }
    claims.keySet().removeAll(OWN);
    Authenticated.Builder who =
        Authenticated.builder(new Principal(jwt.subject(), username, roles), scheme)
            .credentialId(session)
            .epoch(epoch)
            .authenticatedAt(Instant.ofEpochSecond(proved))
            .expiresAt(
                sessionEnd instanceof Long end ? Instant.ofEpochSecond(end) : jwt.expiresAt())
            .attributes(claims);
    return Optional.of(scopes == null ? who : who.scopes(scopes));
  }
}

package dev.sallyport.jwt;

import java.util.HashSet;
import java.util.Set;

/**
 * What the claims of our access tokens are called (RFC 9068 section 2.2, RFC 7643, OpenID Connect).
 */
final class AccessClaims {
  /** The family of refresh tokens that it was made for. */
  static final String SESSION = "sid";

  static final String EPOCH = "epoch";
  static final String USERNAME = "username";
  static final String ROLES = "roles";
  static final String SCOPE = "scope";
  static final String AUTHENTICATED_AT = "auth_time";

  /** What a host's own claims can't be called. */
  static final Set<String> RESERVED = reserved();

  private AccessClaims() {}

  private static Set<String> reserved() {
    Set<String> reserved = new HashSet<>(Claims.REGISTERED);
    reserved.addAll(Set.of(SESSION, EPOCH, USERNAME, ROLES, SCOPE, AUTHENTICATED_AT));
    return Set.copyOf(reserved);
  }
}

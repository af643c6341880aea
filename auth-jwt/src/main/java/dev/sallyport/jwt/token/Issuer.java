package dev.sallyport.jwt.token;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.jws.CompactJws;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.store.SecretDigest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One issuer's keys, and what its tokens must say.
 *
 * @param seen the tokens that it remembers; null for none
 */
record Issuer(
    AuthEnvironment environment,
    VerificationKeys keys,
    JwtPolicy policy,
    @Nullable SeenTokens<VerifiedJwt> seen) {
  /**
   * Checks a parsed token.
   *
   * @param early its claims, if they have been read already
   */
  JwtResult verify(CompactJws jws, @Nullable Claims early, boolean evenExpired) {
    if (jws.text.length > policy.maxLength()) {
      return new JwtResult.Refused(JwtRefusal.OVERSIZED);
    }
    Instant now = environment.now();
    VerificationKey key = keys.find(jws.header.algorithm(), jws.header.keyId(), now).orElse(null);
    if (key == null) {
      return new JwtResult.Refused(JwtRefusal.UNKNOWN_KEY);
    }
    if (!key.algorithm().isNamed(jws.header.algorithm())) {
      return new JwtResult.Refused(JwtRefusal.WRONG_ALGORITHM);
    }
    if (!jws.isSignedBy(key)) {
      return new JwtResult.Refused(JwtRefusal.BAD_SIGNATURE);
    }
    Claims claims = early == null ? Claims.parse(jws.payload, true) : early;
    if (claims == null) {
      return new JwtResult.Refused(JwtRefusal.BAD_CLAIMS);
    }
    JwtRefusal fault = policy.judge(jws.header, claims, now, evenExpired);
    return fault == null ? new VerifiedJwt(this, key, claims) : new JwtResult.Refused(fault);
  }

  @Override
  public String toString() {
    return policy.issuer() + " " + keys;
  }

  @Nullable VerifiedJwt recall(SecretDigest token) {
    return seen == null ? null : seen.find(token);
  }

  void remember(SecretDigest token, VerifiedJwt jwt, int length) {
    if (seen != null) {
      seen.add(token, jwt, jwt.all(), length);
    }
  }

  boolean stillAccepts(VerificationKey key, Claims claims) {
    Instant now = environment.now();
    return !policy.hasExpired(claims.expiresAt, now) && keys.holds(key, now);
  }
}

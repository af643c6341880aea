package dev.sallyport.benchmarks.cold;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.Jws;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.util.Base64;

/** jjwt, with its JSON by Jackson. */
final class ColdJjwt {
  private ColdJjwt() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) {
    Jws<Claims> jws =
        Jwts.parser()
            .requireIssuer(ColdToken.ISSUER)
            .requireAudience(ColdToken.AUDIENCE)
            .clockSkewSeconds(ColdToken.LEEWAY)
            .verifyWith(Keys.hmacShaKeyFor(Base64.getUrlDecoder().decode(args[0])))
            .build()
            .parseSignedClaims(args[1]);
    String subject = jws.getPayload().getSubject();
    if (!subject.equals(ColdToken.SUBJECT)) {
      throw new IllegalStateException(subject);
    }
  }
}

package dev.sallyport.jwt.refresh;

import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Makes an access token alone, which hosts get with a refresh token and a record only. */
public final class IssuerDoor {
  private final JwtIssuer issuer;
  private final User user;
  private final TokenRecord family;

  /** A user and the family that the tokens are of. */
  public IssuerDoor(JwtIssuer issuer, User user, String familyId, Set<String> scopes) {
    this.issuer = issuer;
    this.user = user;
    Instant now = Instant.now();
    this.family =
        TokenRecord.builder(TokenKind.FAMILY, SecretDigest.of(familyId), familyId, user.id(), now)
            .expiresAt(now.plus(Duration.ofDays(90)))
            .scopes(scopes)
            .build();
  }

  /** A token with the times of now. */
  public String issue() {
    return issuer.issue(user, family, "AAAAAAAAAAAAAAAA", Instant.now(), Integer.MAX_VALUE).text();
  }
}

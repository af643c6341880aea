package dev.sallyport.jwt.refresh;

import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assembles token pairs.
 *
 * @param cookies the cookies that deliver them; null if the body of a response does
 */
record TokenPairs(IssuedCredentials families, JwtIssuer issuer, @Nullable PairCookies cookies) {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  TokenPair pair(User user, TokenRecord family, RefreshToken refresh, Instant now) {
    AccessToken access =
        issuer.issue(
            user, family, families.newPublicId(), now, cookies == null ? NO_LIMIT : cookies.room());
    Duration lasting = until(family.endsAt().orElseThrow(), now);
    return new TokenPair(
        access,
        refresh.text(),
        family,
        // As the client would calculate it from exp and iat.
        Duration.ofSeconds(access.expiresAt().getEpochSecond() - now.getEpochSecond()),
        lasting,
        cookies == null ? List.of() : cookies.holding(access.text(), refresh, lasting));
  }

  private static Duration until(Instant end, Instant now) {
    return Duration.ofSeconds(Math.max(0, Duration.between(now, end).toSeconds()));
  }
}

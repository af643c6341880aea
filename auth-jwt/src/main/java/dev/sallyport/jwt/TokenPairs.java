package dev.sallyport.jwt;

import dev.sallyport.SetCookie;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts pairs together.
 *
 * @param cookies what they are delivered in; null where it is the body of an answer
 */
record TokenPairs(JwtIssuer issuer, @Nullable Cookies cookies) {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /** The cookie of the access token, and that of the refresh token. */
  record Cookies(CredentialCookie access, CredentialCookie refresh) {
    private static final int MAX_COOKIE = 4096;

    /** How long an access token can be, so that browsers take its cookie. */
    int room() {
      return MAX_COOKIE - access.name().length();
    }

    List<SetCookie> expired() {
      return List.of(access.expired(), refresh.expired());
    }
  }

  TokenPair pair(User user, TokenRecord family, RefreshToken refresh, Instant now) {
    AccessToken access =
        issuer.issue(user, family, now, cookies == null ? NO_LIMIT : cookies.room());
    Duration lasting = until(family.endsAt().orElseThrow(), now);
    return new TokenPair(
        access,
        refresh.text(),
        family,
        // As the client would reckon it from exp and iat.
        Duration.ofSeconds(access.expiresAt().getEpochSecond() - now.getEpochSecond()),
        lasting,
        cookies == null ? List.of() : filled(cookies, access.text(), refresh.text(), lasting));
  }

  private static Duration until(Instant end, Instant now) {
    return Duration.ofSeconds(Math.max(0, Duration.between(now, end).toSeconds()));
  }

  /** An access token that has expired still says whose family a logout is to end. */
  private static List<SetCookie> filled(
      Cookies cookies, String access, String refresh, Duration lasting) {
    return List.of(
        cookies.access.holding(access, lasting), cookies.refresh.holding(refresh, lasting));
  }
}

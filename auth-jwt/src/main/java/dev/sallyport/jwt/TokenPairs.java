package dev.sallyport.jwt;

import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.issue.CredentialCookie;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

  /**
   * The cookies of both tokens, and one that names their family. A sibling subdomain can plant a
   * refresh token of its own, since that cookie is for one path; it can't plant the name, whose
   * cookie is {@code __Host-}.
   */
  record Cookies(CredentialCookie access, CredentialCookie refresh, CredentialCookie family) {
    private static final int MAX_COOKIE = 4096;

    /** How long an access token can be, so that browsers take its cookie. */
    int room() {
      return MAX_COOKIE - access.name().length();
    }

    /** The refresh token of a request; null unless there is one, and of the family named. */
    @Nullable String refreshToken(AuthRequest request) {
      List<String> tokens = refresh.values(request);
      List<String> names = family.values(request);
      RefreshToken token =
          tokens.size() == 1 && names.size() == 1 ? RefreshToken.parse(tokens.get(0)) : null;
      return token != null && isNamed(token, names.get(0)) ? tokens.get(0) : null;
    }

    private static boolean isNamed(RefreshToken token, String name) {
      return MessageDigest.isEqual(
          name(token).getBytes(StandardCharsets.UTF_8), name.getBytes(StandardCharsets.UTF_8));
    }

    List<SetCookie> expired() {
      return List.of(access.expired(), refresh.expired(), family.expired());
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
        cookies == null ? List.of() : filled(cookies, access.text(), refresh, lasting));
  }

  /** What the third cookie calls a family: not its public id, which logs tell. */
  private static String name(RefreshToken token) {
    return SecretDigest.of(token.familyId()).text();
  }

  private static Duration until(Instant end, Instant now) {
    return Duration.ofSeconds(Math.max(0, Duration.between(now, end).toSeconds()));
  }

  /** An access token that has expired still says whose family a logout is to end. */
  private static List<SetCookie> filled(
      Cookies cookies, String access, RefreshToken refresh, Duration lasting) {
    return List.of(
        cookies.access.holding(access, lasting),
        cookies.refresh.holding(refresh.text(), lasting),
        cookies.family.holding(name(refresh), lasting));
  }
}

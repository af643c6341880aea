package dev.sallyport.jwt;

import dev.sallyport.AuthRequest;
import dev.sallyport.SetCookie;
import dev.sallyport.TransportSecurity;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.credential.IssuedCredentials;
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
 * Assembles token pairs.
 *
 * @param cookies the cookies that deliver them; null if the body of a response does
 */
record TokenPairs(IssuedCredentials families, JwtIssuer issuer, @Nullable Cookies cookies) {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  /**
   * The cookies of both tokens, and one that names their family. A sibling subdomain can plant a
   * refresh token of its own, because that cookie is for one path; it can't plant the name, whose
   * cookie is {@code __Host-}.
   */
  record Cookies(CredentialCookie access, CredentialCookie refresh, CredentialCookie family) {
    private static final int MAX_COOKIE = 4096;
    private static final int MAX_PATH = 1024;

    static Cookies of(String path, TransportSecurity transport) {
      return new Cookies(
          CredentialCookie.of("jwt", transport),
          CredentialCookie.forPath("jwt-refresh", path, transport),
          CredentialCookie.of("jwt-family", transport));
    }

    static String checkedPath(String path) {
      if (!path.matches("(/[A-Za-z0-9_-]+)+") || path.length() > MAX_PATH) {
        throw new IllegalArgumentException(
            "The path must be like /auth/jwt, and have at most " + MAX_PATH + " characters");
      }
      return path;
    }

    /** The maximum length of an access token whose cookie browsers accept. */
    int room() {
      return MAX_COOKIE - access.name().length();
    }

    /**
     * The refresh token of a request; null unless there is exactly one, of the family that is
     * named.
     */
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
        cookies == null ? List.of() : filled(cookies, access.text(), refresh, lasting));
  }

  /** The name of a family in the third cookie: not its public id, which appears in logs. */
  private static String name(RefreshToken token) {
    return SecretDigest.of(token.familyId()).text();
  }

  private static Duration until(Instant end, Instant now) {
    return Duration.ofSeconds(Math.max(0, Duration.between(now, end).toSeconds()));
  }

  /** Even an expired access token tells which family a logout is to end. */
  private static List<SetCookie> filled(
      Cookies cookies, String access, RefreshToken refresh, Duration lasting) {
    return List.of(
        cookies.access.holding(access, lasting),
        cookies.refresh.holding(refresh.text(), lasting),
        cookies.family.holding(name(refresh), lasting));
  }
}

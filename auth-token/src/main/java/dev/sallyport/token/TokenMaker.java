package dev.sallyport.token;

import dev.sallyport.Authenticated;
import dev.sallyport.Secret;
import dev.sallyport.SetCookie;
import dev.sallyport.credential.CredentialCookie;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.User;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes tokens and their records. */
record TokenMaker(
    IssuedCredentials issuer,
    TokenFormat format,
    Lifetime lifetime,
    @Nullable CredentialCookie cookie) {
  /** The longest that browsers keep a cookie (RFC 6265bis section 5.5). */
  private static final Duration LONGEST_COOKIE = Duration.ofDays(400);

  TokenResult issue(User user, Instant provedAt, NewToken wanted) {
    return issue(user.id(), user.epoch(), provedAt, wanted, null);
  }

  /** A token issued to a credential is no broader and ends no later than it. */
  TokenResult issue(Authenticated who, NewToken wanted) {
    long epoch =
        who.epoch()
            .orElseThrow(() -> new IllegalArgumentException("The caller has no account here"));
    NewToken narrowed = wanted;
    if (who.scopes().isPresent()) {
      Set<String> had = who.scopes().get();
      Set<String> beyond = new HashSet<>(wanted.scopes());
      beyond.removeAll(had);
      if (!beyond.isEmpty() || had.isEmpty()) {
        return new TokenResult.TooBroad(beyond); // without rights, it may issue nothing
      }
      narrowed = wanted.scopes().isEmpty() ? wanted.restrictedTo(had) : wanted;
    }
    Instant latest = who.expiresAt().orElse(null);
    if (latest != null && wanted.lifetime().isPresent()) {
      Instant end = wanted.lifetime().get().end(issuer.now()).orElse(null);
      if (end == null || end.isAfter(latest)) {
        return new TokenResult.TooLong(latest);
      }
    }
    return issue(
        who.principal().id(), epoch, who.authenticatedAt().orElse(Instant.EPOCH), narrowed, latest);
  }

  private TokenResult issue(
      String userId, long epoch, Instant provedAt, NewToken wanted, @Nullable Instant latest) {
    String token = format.token(issuer.randomBytes(TokenFormat.SECRET_BYTES));
    TokenRecord record = record(SecretDigest.of(token), userId, epoch, provedAt, wanted, latest);
    return issuer.add(record)
        ? new TokenResult.Issued(record, Secret.of(token), cookie(record, token))
        : new TokenResult.TooMany();
  }

  /** Adds a record for a secret that somebody else made. */
  Optional<String> add(User user, SecretDigest key, NewToken wanted) {
    TokenRecord record = record(key, user.id(), user.epoch(), Instant.EPOCH, wanted, null);
    try {
      return issuer.add(record) ? Optional.of(record.id()) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // there already
    }
  }

  private TokenRecord record(
      SecretDigest key,
      String userId,
      long epoch,
      Instant provedAt,
      NewToken wanted,
      @Nullable Instant latest) {
    Instant now = issuer.now();
    Lifetime lives = wanted.lifetime().orElse(lifetime);
    return issuer
        .record(key, userId, epoch, now)
        .label(wanted.label())
        .scopes(wanted.scopes().isEmpty() ? null : wanted.scopes())
        .authenticatedAt(provedAt)
        .idleExpiresAt(lives.idleEnd(now).orElse(null))
        .expiresAt(earlier(lives.end(now).orElse(null), latest))
        .client(wanted.client())
        .build();
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /** The browser doesn't learn of each use, so the cookie lasts as long as the token can. */
  private Optional<SetCookie> cookie(TokenRecord record, String token) {
    return Optional.ofNullable(cookie)
        .map(
            found ->
                found.holding(
                    token,
                    record
                        .expiresAt()
                        .map(end -> Duration.between(record.createdAt(), end))
                        .orElse(LONGEST_COOKIE)));
  }
}

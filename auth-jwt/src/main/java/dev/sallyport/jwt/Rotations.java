package dev.sallyport.jwt;

import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.issue.Found;
import dev.sallyport.issue.Issuer;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenRecord.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Exchanges refresh tokens, each once. A successor's secret is derived from the token that was
 * presented, and swapped in by comparing: so all who present the same token get the same successor,
 * wherever they are.
 */
final class Rotations {
  /** Each swap that fails is somebody else's success; so many in a row are the store's fault. */
  private static final int MAX_TURNS = 100;

  private final Issuer families;
  private final SigningKeySet keys;
  private final TokenPairs pairs;
  private final Duration idle;
  private final Duration grace;

  Rotations(Issuer families, SigningKeySet keys, TokenPairs pairs, Duration idle, Duration grace) {
    this.families = families;
    this.keys = keys;
    this.pairs = pairs;
    this.idle = idle;
    this.grace = grace;
  }

  /** A token that somebody here has made, and the key that made it. */
  private record Genuine(RefreshToken token, VerificationKey key) {}

  Refreshing exchange(String text) {
    Instant now = families.now();
    RefreshToken token = RefreshToken.parse(text);
    if (token == null) {
      return refused("malformed");
    }
    VerificationKey key = keys.find(token.keyId(), now);
    if (key == null || !token.isMadeBy(key)) {
      return refused(
          key == null ? RefreshFamilies.UNKNOWN_KEY : "forged"); // and nothing has happened
    }
    return exchange(new Genuine(token, key), now);
  }

  private Refreshing exchange(Genuine presented, Instant now) {
    SecretDigest family = SecretDigest.of(presented.token.familyId());
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Found found = families.find(family, now);
      if (!found.isLive()) {
        return refused(found.standing().reason());
      }
      Rotation current = found.record().rotation().orElseThrow();
      if (isCurrent(presented.token, current)) {
        Optional<Refreshing> done = rotate(presented, found, now);
        if (done.isPresent()) {
          return done.get();
        }
      } else {
        return isGraced(presented, current, now)
            ? repeat(presented, found, now)
            : reused(presented.token, found.record());
      }
    }
    throw new StoreUnavailableException("The store refuses a swap although nothing has changed");
  }

  private static boolean isCurrent(RefreshToken token, Rotation current) {
    return token.generation() == current.generation()
        && SecretDigest.of(token.secret()).equals(current.digest());
  }

  /** Empty if somebody else was first. */
  private Optional<Refreshing> rotate(Genuine presented, Found found, Instant now) {
    byte[] secret = presented.token.nextSecret(presented.key);
    VerificationKey maker = keys.current().verificationKey();
    long generation = presented.token.generation() + 1;
    TokenRecord next =
        found.record().toBuilder()
            .lastSeenAt(now)
            .idleExpiresAt(now.plus(idle))
            .rotation(
                new Rotation(generation, SecretDigest.of(secret), maker.keyId().orElseThrow(), now))
            .build();
    // Made before the swap: where no token can be made, the old one stays good.
    RefreshToken successor = RefreshToken.make(next.id(), generation, secret, maker);
    TokenPair pair = pairs.pair(found.user(), next, successor, now);
    if (!families.replace(found.record(), next, now)) {
      return Optional.empty();
    }
    // An epoch that was raised meanwhile wins, and so does a revocation.
    Found after = families.find(next.key(), now);
    if (!after.isLive()) {
      return Optional.of(refused(after.standing().reason()));
    }
    families.publish(new AuthEvent.RefreshRotated(now, next.id(), next.userId(), generation));
    return Optional.of(new Refreshing.Refreshed(pair));
  }

  /** Whether it is the one just before, and its successor is so young that nobody has used it. */
  private boolean isGraced(Genuine presented, Rotation current, Instant now) {
    return presented.token.generation() + 1 == current.generation()
        && !grace.isZero()
        && !now.isAfter(current.rotatedAt().plus(grace))
        && SecretDigest.of(presented.token.nextSecret(presented.key)).equals(current.digest());
  }

  /** The same successor again, with a fresh access token. Nothing is written. */
  private Refreshing repeat(Genuine presented, Found found, Instant now) {
    TokenRecord record = found.record();
    Rotation current = record.rotation().orElseThrow();
    VerificationKey maker = keys.find(current.keyId(), now);
    if (maker == null) {
      return refused(RefreshFamilies.UNKNOWN_KEY);
    }
    byte[] secret = presented.token.nextSecret(presented.key);
    RefreshToken successor = RefreshToken.make(record.id(), current.generation(), secret, maker);
    TokenPair pair = pairs.pair(found.user(), record, successor, now);
    families.publish(
        new AuthEvent.RefreshGraceUsed(now, record.id(), record.userId(), current.generation()));
    return new Refreshing.Refreshed(pair);
  }

  private Refreshing reused(RefreshToken token, TokenRecord record) {
    families.end(record, "reuse");
    families.publish(
        new AuthEvent.RefreshReuseDetected(
            families.now(), record.id(), record.userId(), token.generation()));
    return refused("reused");
  }

  /** Ends the family of a token that somebody here has made, of whatever generation. */
  boolean revoke(String text) {
    Instant now = families.now();
    RefreshToken token = RefreshToken.parse(text);
    VerificationKey key = token == null ? null : keys.find(token.keyId(), now);
    if (token == null || key == null || !token.isMadeBy(key)) {
      return false;
    }
    Found found = families.find(SecretDigest.of(token.familyId()), now);
    return found.isLive() && families.end(found.record(), "revoked");
  }

  private static Refreshing refused(String reason) {
    return new Refreshing.Refused(new Reason(reason, Refusal.INVALID_TOKEN));
  }
}

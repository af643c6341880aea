package dev.sallyport.jwt.refresh;

import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.credential.IssuedCredentials;
import dev.sallyport.credential.Lookup;
import dev.sallyport.credential.TokenIntrospection;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenRecord.Rotation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges refresh tokens, each once. A successor's secret is derived from the token that was
 * presented, and is stored by compare-and-swap: so everyone who presents the same token gets the
 * same successor, on any node.
 */
record Rotations(
    IssuedCredentials families,
    SigningKeySet keys,
    TokenPairs pairs,
    Lifetime lifetime,
    Duration grace,
    BoundKey binding) {
  /** A failed swap means that somebody else succeeded; this many in a row are the store's fault. */
  private static final int MAX_TURNS = 100;

  /** A token that was made here, and the key that made it. */
  private record Genuine(RefreshToken token, SigningKey key) {}

  RefreshResult exchange(String text, @Nullable DpopProof proof) {
    Instant now = families.now();
    RefreshToken token = RefreshToken.parse(text);
    if (token == null) {
      return refused("malformed");
    }
    SigningKey key = keys.secret(token.keyId(), now).orElse(null);
    if (key == null || !token.isMadeBy(key)) {
      return refused(
          key == null ? RefreshFamilies.UNKNOWN_KEY : "forged"); // the family is left alone
    }
    return exchange(new Genuine(token, key), proof, now);
  }

  /** Ends the family of a token of any generation that was made here. */
  boolean revoke(String text) {
    RefreshToken token = RefreshToken.parse(text);
    return token != null
        && family(token).filter(found -> families.end(found.record(), "revoked")).isPresent();
  }

  /** Describes a token, if it would be exchanged next. Nothing changes. */
  Optional<Map<String, Object>> introspect(String text) {
    RefreshToken token = RefreshToken.parse(text);
    return token == null
        ? Optional.empty()
        : family(token)
            .filter(found -> isCurrent(token, found.record().rotation().orElseThrow()))
            .map(live -> TokenIntrospection.describe(live, TokenIntrospection.REFRESH_TOKEN));
  }

  private Optional<Lookup.Live> family(RefreshToken token) {
    Instant now = families.now();
    return keys.secret(token.keyId(), now)
        .filter(token::isMadeBy)
        .flatMap(key -> families.find(SecretDigest.of(token.familyId()), now).live());
  }

  private RefreshResult exchange(Genuine presented, @Nullable DpopProof proof, Instant now) {
    SecretDigest family = SecretDigest.of(presented.token.familyId());
    for (int turn = 0; turn < MAX_TURNS; turn++) {
      Lookup lookup = families.find(family, now);
      if (!(lookup instanceof Lookup.Live found)) {
        return refused(((Lookup.Dead) lookup).reason());
      }
      // Before anything else: a thief without the key can't even show that there was a theft.
      Reason unproved = turn == 0 ? binding.refuse(found.record(), proof) : null;
      if (unproved != null) {
        return new RefreshResult.Refused(unproved);
      }
      Rotation current = found.record().rotation().orElseThrow();
      if (isCurrent(presented.token, current)) {
        Optional<RefreshResult> done = rotate(presented, found, now);
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
  private Optional<RefreshResult> rotate(Genuine presented, Lookup.Live found, Instant now) {
    byte[] secret = presented.token.nextSecret(presented.key);
    SigningKey maker = keys.current();
    long generation = presented.token.generation() + 1;
    TokenRecord next =
        found.record().toBuilder()
            .lastSeenAt(now)
            .idleExpiresAt(lifetime.idleEnd(now).orElseThrow())
            .rotation(
                new Rotation(generation, SecretDigest.of(secret), maker.keyId().orElseThrow(), now))
            .build();
    // Made before the swap: if no token can be made, the old one stays valid.
    RefreshToken successor = RefreshToken.make(next.id(), generation, secret, maker);
    TokenPair pair = pairs.pair(found.user(), next, successor, now);
    if (!families.replace(found.record(), next, now)) {
      return Optional.empty();
    }
    // If the epoch was raised or the family revoked meanwhile, that wins.
    if (families.find(next.key(), now) instanceof Lookup.Dead dead) {
      return Optional.of(refused(dead.reason()));
    }
    families.publish(
        new AuthEvent.RefreshRotated(now, next.id(), next.userId(), generation, false));
    return Optional.of(new RefreshResult.Refreshed(pair));
  }

  /**
   * Whether it is the previous token, and its successor is current and still within the grace
   * period.
   */
  private boolean isGraced(Genuine presented, Rotation current, Instant now) {
    return presented.token.generation() + 1 == current.generation()
        && !grace.isZero()
        && !now.isAfter(current.rotatedAt().plus(grace))
        && SecretDigest.of(presented.token.nextSecret(presented.key)).equals(current.digest());
  }

  /** The same successor again, with a fresh access token. Nothing is written. */
  private RefreshResult repeat(Genuine presented, Lookup.Live found, Instant now) {
    TokenRecord record = found.record();
    Rotation current = record.rotation().orElseThrow();
    SigningKey maker = keys.secret(current.keyId(), now).orElse(null);
    if (maker == null) {
      return refused(RefreshFamilies.UNKNOWN_KEY);
    }
    byte[] secret = presented.token.nextSecret(presented.key);
    RefreshToken successor = RefreshToken.make(record.id(), current.generation(), secret, maker);
    TokenPair pair = pairs.pair(found.user(), record, successor, now);
    families.publish(
        new AuthEvent.RefreshRotated(
            now, record.id(), record.userId(), current.generation(), true));
    return new RefreshResult.Refreshed(pair);
  }

  private RefreshResult reused(RefreshToken token, TokenRecord record) {
    families.end(record, "reuse");
    families.publish(
        new AuthEvent.RefreshReuseDetected(
            families.now(), record.id(), record.userId(), token.generation()));
    return refused("reused");
  }

  private static RefreshResult refused(String reason) {
    return new RefreshResult.Refused(new Reason(reason, Refusal.INVALID_TOKEN));
  }
}

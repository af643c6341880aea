package dev.sallyport.password;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way to a hash: a wait that is remembered, a password that is remembered, an equal check in
 * flight, a reservation of the throttle, and only then the hash.
 */
final class ThrottledChecks {
  private final Throttle throttle;
  private final CredentialDigests digests;
  private final @Nullable VerifiedPasswords remembered;
  private final ChecksInFlight inFlight;
  private final Hashing hashing;
  private final Clock clock;

  ThrottledChecks(
      Throttle throttle,
      SecureRandom random,
      boolean remember,
      Duration maxWait,
      Hashing hashing,
      Clock clock) {
    this.throttle = throttle;
    this.digests = new CredentialDigests(random);
    this.remembered = remember ? new VerifiedPasswords() : null;
    this.inFlight = new ChecksInFlight(maxWait);
    this.hashing = hashing;
    this.clock = clock;
  }

  /** Computes the hash. */
  interface Hashing {
    PasswordVerdict verdict(Credentials credentials, boolean knownAddress);
  }

  /**
   * Checks credentials.
   *
   * @param repeated whether a remembered password will do
   */
  PasswordVerdict check(Credentials credentials, boolean repeated) {
    Instant now = clock.instant();
    ByteBuffer digest = digests.of(credentials);
    VerifiedPasswords.Entry entry =
        remembered == null ? null : remembered.find(credentials, now.toEpochMilli());
    if (entry != null) {
      long rest = entry.rest(now.toEpochMilli());
      if (rest > 0) {
        return PasswordVerdict.Refused.throttled(Duration.ofMillis(rest));
      }
      User user = credentials.user();
      if (repeated && user != null && entry.answers(digest)) {
        return new PasswordVerdict.Verified(user, now);
      }
    }
    User user = credentials.user();
    ChecksInFlight.Key key =
        new ChecksInFlight.Key(
            digest, user == null ? 0 : user.epoch(), user == null || user.isActive());
    return inFlight.share(
        key,
        () -> lead(credentials, digest, repeated),
        verdict -> adopt(credentials, repeated, verdict));
  }

  /** Looks once more first: an equal check may have ended since the memory was asked. */
  private PasswordVerdict lead(Credentials credentials, ByteBuffer digest, boolean repeated) {
    Instant now = clock.instant();
    VerifiedPasswords.Entry entry =
        remembered == null ? null : remembered.find(credentials, now.toEpochMilli());
    User user = credentials.user();
    if (entry != null
        && user != null
        && repeated
        && entry.rest(now.toEpochMilli()) <= 0
        && entry.answers(digest)) {
      return new PasswordVerdict.Verified(user, now);
    }
    PasswordVerdict verdict = throttled(credentials, digest, entry);
    if (repeated && verdict instanceof PasswordVerdict.Verified verified) {
      remember(now(credentials, verified), verified);
    }
    return verdict;
  }

  /** Counts the check as failed before it is made, and settles the count by its verdict. */
  private PasswordVerdict throttled(
      Credentials credentials, ByteBuffer digest, VerifiedPasswords.@Nullable Entry entry) {
    Attempt attempt = throttle.reserve(credentials.account(), credentials.client());
    if (!(attempt instanceof Attempt.Granted granted)) {
      Attempt.Refused refused = (Attempt.Refused) attempt;
      if (entry != null && refused.isWaiting()) {
        entry.waitUntil(clock.millis() + refused.retryAfter().toMillis());
      }
      return PasswordVerdict.Refused.throttled(refused.retryAfter());
    }
    PasswordVerdict verdict;
    try {
      verdict = hashing.verdict(credentials, granted.isKnownAddress());
    } catch (RuntimeException | Error e) {
      giveBack(granted, e);
      throw e;
    }
    if (verdict instanceof PasswordVerdict.Verified) {
      granted.right();
      if (entry != null) {
        entry.forgiveAll();
      }
    } else if (((PasswordVerdict.Refused) verdict).reason().equals(PasswordVerdict.NO_TURN)) {
      granted.giveBack();
    } else {
      Duration wait = granted.wrong().orElse(Duration.ZERO);
      if (entry != null) {
        entry.settle(digest);
        if (!wait.isZero()) {
          entry.waitUntil(clock.millis() + wait.toMillis());
        }
      }
    }
    return verdict;
  }

  private static void giveBack(Attempt.Granted granted, Throwable cause) {
    try {
      granted.giveBack();
    } catch (StoreUnavailableException e) {
      cause.addSuppressed(e); // its lease ends by itself
    }
  }

  /** The right password of another's check is one's own, with what one has read of the user. */
  private PasswordVerdict adopt(
      Credentials credentials, boolean repeated, PasswordVerdict verdict) {
    User user = credentials.user();
    if (!(verdict instanceof PasswordVerdict.Verified theirs) || user == null) {
      return verdict;
    }
    User own = user.toBuilder().passwordHash(theirs.user().passwordHash().orElse(null)).build();
    PasswordVerdict.Verified verified = new PasswordVerdict.Verified(own, theirs.at());
    Credentials now = now(credentials, verified);
    if (repeated && remembered != null && remembered.find(now, clock.millis()) == null) {
      remember(now, verified); // the check that was shared was a login's
    }
    return verified;
  }

  /** The credentials with the user as verified, whose hash may be a new one. */
  private static Credentials now(Credentials credentials, PasswordVerdict.Verified verified) {
    return Credentials.of(
        credentials.username(), verified.user(), credentials.password(), credentials.client());
  }

  private void remember(Credentials credentials, PasswordVerdict.Verified verified) {
    if (remembered != null) {
      remembered.add(credentials, digests.of(credentials), verified.at().toEpochMilli());
    }
  }
}

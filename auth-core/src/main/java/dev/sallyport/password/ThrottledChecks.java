package dev.sallyport.password;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Plan;
import dev.sallyport.store.User;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.nio.ByteBuffer;
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
  private final QueuedHashing hashing;
  private final Clock clock;

  ThrottledChecks(
      Throttle throttle,
      AuthEnvironment environment,
      boolean remember,
      Duration maxWait,
      QueuedHashing hashing) {
    this.throttle = throttle;
    this.digests = new CredentialDigests(environment.random());
    this.remembered = remember ? new VerifiedPasswords() : null;
    this.inFlight = new ChecksInFlight(maxWait);
    this.hashing = hashing;
    this.clock = environment.clock();
  }

  /**
   * Checks credentials.
   *
   * @param repeated whether a remembered password is accepted
   */
  PasswordResult check(Credentials credentials, boolean repeated) {
    ByteBuffer digest = digests.of(credentials);
    PasswordResult known = known(credentials, digest, repeated);
    return known == null ? shared(credentials, digest, repeated) : known;
  }

  /** How many can be under way at a time. */
  int capacity() {
    return hashing.turns().capacity() + ChecksInFlight.MAX_FOLLOWERS;
  }

  void giveUp(Thread thread) {
    hashing.turns().giveUp(thread);
    inFlight.giveUp(thread);
  }

  /** Plans the same for a remembered password: only what the memory can't answer is hashed. */
  Plan<PasswordResult> planRepeated(Credentials credentials) {
    ByteBuffer digest = digests.of(credentials);
    PasswordResult known = known(credentials, digest, true);
    return known == null ? Plan.hash(() -> shared(credentials, digest, true)) : Plan.done(known);
  }

  /** What the memory answers; null if the credentials must be checked. */
  private @Nullable PasswordResult known(
      Credentials credentials, ByteBuffer digest, boolean repeated) {
    Instant now = clock.instant();
    VerifiedPasswords.Entry entry =
        remembered == null ? null : remembered.find(credentials, now.toEpochMilli());
    if (entry != null) {
      long rest = entry.rest(now.toEpochMilli());
      if (rest > 0) {
        return PasswordResult.Refused.throttled(Duration.ofMillis(rest));
      }
      User user = credentials.user();
      if (repeated && user != null && entry.answers(digest)) {
        return new PasswordResult.Verified(user, now);
      }
    }
    return null;
  }

  /** Checks the credentials together with whoever checks the same ones. */
  private PasswordResult shared(Credentials credentials, ByteBuffer digest, boolean repeated) {
    User user = credentials.user();
    ChecksInFlight.Key key =
        new ChecksInFlight.Key(
            digest, user == null ? 0 : user.epoch(), user == null || user.isActive());
    return inFlight.share(
        key,
        credentials.network(),
        () -> lead(credentials, digest, repeated),
        verdict -> adopt(credentials, repeated, verdict));
  }

  /** Looks once more first: an equal check may have ended since the memory was asked. */
  private PasswordResult lead(Credentials credentials, ByteBuffer digest, boolean repeated) {
    Instant now = clock.instant();
    VerifiedPasswords.Entry entry =
        remembered == null ? null : remembered.find(credentials, now.toEpochMilli());
    User user = credentials.user();
    if (entry != null
        && user != null
        && repeated
        && entry.rest(now.toEpochMilli()) <= 0
        && entry.answers(digest)) {
      return new PasswordResult.Verified(user, now);
    }
    PasswordResult verdict = throttled(credentials, digest, entry);
    if (repeated && verdict instanceof PasswordResult.Verified verified) {
      remember(now(credentials, verified), verified);
    }
    return verdict;
  }

  /** Counts the check as failed before it is made, and settles the count by its verdict. */
  private PasswordResult throttled(
      Credentials credentials, ByteBuffer digest, VerifiedPasswords.@Nullable Entry entry) {
    Attempt attempt = throttle.reserve(credentials.account(), credentials.client());
    if (!(attempt instanceof Attempt.Granted granted)) {
      Attempt.Refused refused = (Attempt.Refused) attempt;
      if (entry != null && refused.isWaiting()) {
        entry.waitUntil(clock.millis() + refused.retryAfter().toMillis());
      }
      return PasswordResult.Refused.throttled(refused.retryAfter());
    }
    PasswordResult verdict =
        granted.during(() -> hashing.verdict(credentials, granted.isKnownAddress()));
    if (verdict instanceof PasswordResult.Verified) {
      granted.right();
      if (entry != null) {
        entry.forgiveAll();
      }
    } else if (((PasswordResult.Refused) verdict).isUndecided()) {
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

  /**
   * A shared check's correct password counts as this check's own, with the user that this check has
   * read.
   */
  private PasswordResult adopt(Credentials credentials, boolean repeated, PasswordResult verdict) {
    User user = credentials.user();
    if (!(verdict instanceof PasswordResult.Verified theirs) || user == null) {
      return verdict;
    }
    User own = user.toBuilder().passwordHash(theirs.user().passwordHash().orElse(null)).build();
    PasswordResult.Verified verified = new PasswordResult.Verified(own, theirs.at());
    Credentials now = now(credentials, verified);
    if (repeated && remembered != null && remembered.find(now, clock.millis()) == null) {
      remember(now, verified); // the check that was shared was a login's
    }
    return verified;
  }

  /** The credentials with the user as verified, whose hash may be a new one. */
  private static Credentials now(Credentials credentials, PasswordResult.Verified verified) {
    return Credentials.of(
        credentials.username(), verified.user(), credentials.password(), credentials.client());
  }

  private void remember(Credentials credentials, PasswordResult.Verified verified) {
    if (remembered != null) {
      remembered.add(credentials, digests.of(credentials), verified.at().toEpochMilli());
    }
  }
}

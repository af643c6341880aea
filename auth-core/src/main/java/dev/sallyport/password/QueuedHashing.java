package dev.sallyport.password;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Hashes when it is the client's turn, and upgrades stored hashes after a correct password. */
record QueuedHashing(
    CredentialStore users,
    PasswordHasher hasher,
    HashCheck hashes,
    HashingQueue turns,
    AuthEnvironment environment) {
  PasswordResult verdict(Credentials credentials, boolean knownAddress) {
    HashingQueue.Turn turn =
        turns.take(new HashingQueue.Applicant(credentials.network(), knownAddress));
    if (turn != HashingQueue.Turn.GRANTED) {
      return turn == HashingQueue.Turn.GIVEN_UP
          ? PasswordResult.Refused.givenUp()
          : PasswordResult.Refused.busy();
    }
    HashCheck.Outcome outcome;
    try {
      outcome = hashes.check(credentials.user(), credentials.password());
    } finally {
      turns.giveBack();
    }
    User user = credentials.user();
    if (user == null || outcome.failure() != null) {
      return new PasswordResult.Refused(Objects.requireNonNull(outcome.failure()), null);
    }
    return new PasswordResult.Verified(upgraded(user, outcome.replacement()), environment.now());
  }

  /**
   * Replaces the stored hash if it is still the one that was verified; a failed replacement harms
   * nobody.
   */
  private User upgraded(User user, @Nullable String replacement) {
    String stored = user.passwordHash().orElse(null);
    if (stored == null || replacement == null) {
      return user;
    }
    try {
      if (users.replaceHash(user.id(), stored, replacement)) {
        environment.publish(
            new AuthEvent.AccountChanged(environment.now(), user.id(), "password_upgraded"));
        return user.toBuilder().passwordHash(replacement).build();
      }
    } catch (StoreUnavailableException e) {
      environment.reportOutage("password_upgrade", e);
    }
    return user;
  }

  /** Hashes a new password; empty if there was no turn in time. */
  Optional<String> hash(Password password, HashingQueue.Applicant applicant) {
    if (turns.take(applicant) != HashingQueue.Turn.GRANTED) {
      return Optional.empty();
    }
    try {
      return Optional.of(hasher.hash(password, environment.random()));
    } finally {
      turns.giveBack();
    }
  }
}

package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.AccountStore.Change;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Conditional changes of users' rows, and the housekeeping behind them: the raised epoch is what
 * ends sessions and tokens, and removing their records only saves space.
 */
record UserUpdates(AuthEnvironment environment, AccountStore users, @Nullable TokenStore tokens) {

  /** How a change ended; the user is the last that was seen, null if there is none. */
  record Outcome(Change change, @Nullable User user) {}

  /**
   * Changes a row, from a fresh snapshot each time somebody else has changed it; each failure of
   * one is the success of another.
   *
   * @param still whether the change still makes sense for a snapshot; if not, it ends as stale
   */
  Outcome update(String userId, Predicate<User> still, UnaryOperator<User> change) {
    while (true) {
      Optional<User> found = users.findById(userId);
      if (found.isEmpty() || !still.test(found.get())) {
        return new Outcome(Change.STALE, found.orElse(null));
      }
      User current = found.get();
      User next = change.apply(current);
      Change outcome = users.update(current, next);
      if (outcome != Change.STALE) {
        User stored = next.toBuilder().version(current.version() + 1).build();
        return new Outcome(outcome, outcome == Change.DONE ? stored : current);
      }
    }
  }

  /** Removes what the epochs have ended, except one session. */
  void clean(User user, @Nullable String keptId) {
    if (tokens == null) {
      return;
    }
    try {
      Instant now = environment.now();
      int removed = removeEnded(tokens, user, keptId, now);
      if (removed > 0) {
        environment.publish(new AuthEvent.SeveralEnded(now, user.id(), removed));
      }
    } catch (StoreUnavailableException e) {
      environment.reportOutage("housekeeping", e); // they are worthless already
    }
  }

  private int removeEnded(TokenStore store, User user, @Nullable String keptId, Instant now) {
    long tokensEnded =
        environment.tokensOutlivePasswordChange() ? user.revocationEpoch() : user.epoch();
    Set<TokenKind> others = TokenKind.all();
    others.remove(TokenKind.TOKEN);
    return store.removeAll(
            user.id(), Selection.of(others).issuedBefore(user.epoch()).except(keptId), now)
        + store.removeAll(
            user.id(),
            Selection.of(Set.of(TokenKind.TOKEN)).issuedBefore(tokensEnded).except(keptId),
            now);
  }
}

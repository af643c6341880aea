package dev.sallyport.issue;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.store.User;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * What a user holds of some kinds of credentials: lists it and ends it, for the user themselves and
 * for an administrator. Safe for many threads; it blocks while a store is asked.
 */
public final class Holdings {
  private final TokenStore tokens;
  private final CredentialStore users;
  private final Set<TokenKind> kinds;
  private final BiPredicate<TokenRecord, User> isCurrent;
  private final AuthListener listener;
  private final Clock clock;

  Holdings(
      TokenStore tokens,
      CredentialStore users,
      Set<TokenKind> kinds,
      BiPredicate<TokenRecord, User> isCurrent,
      AuthListener listener,
      Clock clock) {
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.users = Objects.requireNonNull(users, "users");
    this.kinds = EnumSet.copyOf(kinds);
    this.isCurrent = isCurrent;
    this.listener = Objects.requireNonNull(listener, "listener");
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * What users hold of some kinds that end with their epoch.
   *
   * @param tokens where it is kept
   * @param users who the users are
   * @param kinds which kinds, at least one
   * @param listener who hears of what is ended
   * @param clock where the time comes from
   * @return the holdings
   */
  public static Holdings of(
      TokenStore tokens,
      CredentialStore users,
      Set<TokenKind> kinds,
      AuthListener listener,
      Clock clock) {
    return new Holdings(
        tokens, users, kinds, (record, user) -> record.epoch() >= user.epoch(), listener, clock);
  }

  /**
   * Lists what a user holds; of more than {@link TokenStore#MAX_LISTED} records the newest.
   *
   * @param userId the user
   * @return the records that are still good, oldest first; they hold no secret
   * @throws StoreUnavailableException if a store could not answer
   */
  public List<TokenRecord> list(String userId) {
    return reportingOutage(() -> current(userId));
  }

  private List<TokenRecord> current(String userId) {
    Optional<User> user = users.findById(userId);
    return user.isEmpty()
        ? List.of()
        : tokens.list(userId, kinds, clock.instant()).stream()
            .filter(record -> isCurrent.test(record, user.get()))
            .toList();
  }

  private <T> T reportingOutage(Supplier<T> work) {
    try {
      return work.get();
    } catch (StoreUnavailableException e) {
      listener.publish(
          new AuthEvent.StoreOutage(clock.instant(), "holdings", e.getClass().getName()));
      throw e;
    }
  }

  /**
   * Ends one of them.
   *
   * @param userId the user
   * @param id its public id; it can be anything
   * @return true if this call ended it; false if the user has none of that id
   * @throws StoreUnavailableException if the store could not answer
   */
  public boolean end(String userId, String id) {
    for (TokenKind kind : kinds) {
      if (reportingOutage(() -> tokens.remove(userId, Set.of(kind), id))) {
        Instant now = clock.instant();
        listener.publish(new AuthEvent.Ended(now, kind.text(), id, userId, "revoked"));
        return true;
      }
    }
    return false;
  }

  /**
   * Ends all of them.
   *
   * @param userId the user
   * @return how many this call ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public int endAll(String userId) {
    return endAll(userId, "");
  }

  /**
   * Ends those whose label begins so.
   *
   * @param userId the user
   * @param labelPrefix how the label begins, compared exactly; empty for all
   * @return how many this call ended
   * @throws StoreUnavailableException if the store could not answer
   */
  public int endAll(String userId, String labelPrefix) {
    Selection which = Selection.of(kinds).labelled(labelPrefix);
    int ended = reportingOutage(() -> tokens.removeAll(userId, which));
    if (ended > 0) {
      listener.publish(new AuthEvent.SeveralEnded(clock.instant(), userId, ended));
    }
    return ended;
  }

  @Override
  public String toString() {
    return "Holdings" + kinds;
  }
}

package dev.sallyport.credential;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import dev.sallyport.store.User;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What a user holds of some kinds of credentials: lists it and ends it, for the user themselves and
 * for an administrator. Thread-safe; it blocks while a store is asked.
 */
public final class UserCredentials {
  private final AuthEnvironment environment;
  private final TokenStore tokens;
  private final CredentialStore users;
  private final Set<TokenKind> kinds;
  private final BiPredicate<TokenRecord, User> isCurrent;

  UserCredentials(
      AuthEnvironment environment,
      TokenStore tokens,
      CredentialStore users,
      Set<TokenKind> kinds,
      BiPredicate<TokenRecord, User> isCurrent) {
    this.environment = Objects.requireNonNull(environment, "environment");
    this.tokens = Objects.requireNonNull(tokens, "tokens");
    this.users = Objects.requireNonNull(users, "users");
    this.kinds = EnumSet.copyOf(kinds);
    this.isCurrent = isCurrent;
  }

  /**
   * What users hold of some kinds that end with their epoch.
   *
   * @param environment the clock and the listener
   * @param tokens where it is kept
   * @param users the users
   * @param kinds which kinds, at least one
   * @return the credentials
   */
  public static UserCredentials of(
      AuthEnvironment environment, TokenStore tokens, CredentialStore users, Set<TokenKind> kinds) {
    return new UserCredentials(
        environment, tokens, users, kinds, (record, user) -> record.epoch() >= user.epoch());
  }

  /**
   * Lists what a user holds; of more than {@link TokenStore#MAX_LISTED} records the newest.
   *
   * @param userId the user
   * @return the records that are still good, oldest first; they hold no secret
   * @throws StoreUnavailableException if a store could not answer
   */
  public List<TokenRecord> list(String userId) {
    return environment.reportingOutage("user_credentials", () -> current(userId));
  }

  private List<TokenRecord> current(String userId) {
    Optional<User> user = users.findById(userId);
    return user.isEmpty()
        ? List.of()
        : tokens.list(userId, kinds, environment.now()).stream()
            .filter(record -> isCurrent.test(record, user.get()))
            .toList();
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
    Instant now = environment.now();
    for (TokenKind kind : kinds) {
      if (environment.reportingOutage(
          "user_credentials", () -> tokens.remove(userId, Set.of(kind), id, now))) {
        environment.publish(new AuthEvent.Ended(now, kind.text(), id, userId, "revoked"));
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
    Instant now = environment.now();
    int ended =
        environment.reportingOutage("user_credentials", () -> tokens.removeAll(userId, which, now));
    if (ended > 0) {
      environment.publish(new AuthEvent.SeveralEnded(now, userId, ended));
    }
    return ended;
  }

  @Override
  public String toString() {
    return "UserCredentials" + kinds;
  }
}

package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Fault;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes of an account that need no password. */
record AccountChanges(UserUpdates rows) {
  static final String RENAMED = "renamed";
  static final String DELETED = "deleted";

  AccountResult change(
      String userId,
      String what,
      @Nullable String keptSession,
      UnaryOperator<User.Builder> change) {
    UserUpdates.Outcome outcome =
        rows.update(userId, user -> true, user -> change.apply(user.toBuilder()).build());
    if (outcome.user() == null) {
      return AccountResult.Refused.because(what, AccountResult.UNKNOWN_USER);
    }
    rows.clean(outcome.user(), keptSession);
    report(userId, what);
    return new AccountResult.Done(outcome.user());
  }

  AccountResult rename(String userId, String username) {
    List<Fault> faults = Username.faults(username);
    if (!faults.isEmpty()) {
      return new AccountResult.Invalid(faults);
    }
    UserUpdates.Outcome outcome =
        rows.update(userId, user -> true, user -> user.toBuilder().name(username).build());
    if (outcome.user() == null) {
      return AccountResult.Refused.because(RENAMED, AccountResult.UNKNOWN_USER);
    }
    if (outcome.change() == AccountStore.Change.NAME_TAKEN) {
      return AccountResult.Refused.because(RENAMED, AccountResult.USERNAME_TAKEN);
    }
    report(userId, RENAMED);
    return new AccountResult.Done(outcome.user());
  }

  AccountResult delete(String userId) {
    while (true) {
      Optional<User> found = rows.users().findById(userId);
      if (found.isEmpty()) {
        return AccountResult.Refused.because(DELETED, AccountResult.UNKNOWN_USER);
      }
      if (rows.users().delete(found.get()) == AccountStore.Change.DONE) {
        rows.clean(found.get().toBuilder().revokeAll().build(), null);
        report(userId, DELETED);
        return new AccountResult.Done(found.get());
      }
    }
  }

  private void report(String userId, String what) {
    AuthEnvironment environment = rows.environment();
    environment.publish(new AuthEvent.AccountChanged(environment.now(), userId, what));
  }
}

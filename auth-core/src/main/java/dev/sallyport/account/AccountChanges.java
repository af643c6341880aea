package dev.sallyport.account;

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
record AccountChanges(UserRows rows) {
  AccountChange change(
      String userId,
      String what,
      @Nullable String keptSession,
      UnaryOperator<User.Builder> change) {
    UserRows.Outcome outcome =
        rows.update(userId, user -> true, user -> change.apply(user.toBuilder()).build());
    if (outcome.user() == null) {
      return new AccountChange.UnknownUser();
    }
    rows.clean(outcome.user(), keptSession);
    report(userId, what);
    return new AccountChange.Done(outcome.user());
  }

  Renaming rename(String userId, String username) {
    List<Fault> faults = Username.faults(username);
    if (!faults.isEmpty()) {
      return new Renaming.Invalid(faults);
    }
    UserRows.Outcome outcome =
        rows.update(userId, user -> true, user -> user.toBuilder().name(username).build());
    if (outcome.user() == null) {
      return new Renaming.UnknownUser();
    }
    if (outcome.change() == AccountStore.Change.NAME_TAKEN) {
      return new Renaming.UsernameTaken();
    }
    report(userId, "renamed");
    return new Renaming.Renamed(outcome.user());
  }

  AccountChange delete(String userId) {
    while (true) {
      Optional<User> found = rows.users().findById(userId);
      if (found.isEmpty()) {
        return new AccountChange.UnknownUser();
      }
      if (rows.users().delete(found.get()) == AccountStore.Change.DONE) {
        rows.clean(found.get().toBuilder().revokeAll().build(), null);
        report(userId, "deleted");
        return new AccountChange.Done(found.get());
      }
    }
  }

  private void report(String userId, String what) {
    Reports reports = rows.reports();
    reports.publish(new AuthEvent.AccountChanged(reports.now(), userId, what));
  }
}

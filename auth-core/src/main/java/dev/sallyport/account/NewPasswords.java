package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Judges, hashes and sets new passwords of users that are there already. */
record NewPasswords(UserRows rows, Passwords passwords, PasswordPolicy policy) {
  static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final String DURING = "password_change";

  List<Fault> faults(String username, Password password) {
    return policy.faults(username, password, passwords.hasher());
  }

  /** The faults on the field that a client calls the new password by, beside a current one. */
  List<Fault> faultsOfNext(String username, Password next) {
    return faults(username, next).stream()
        .map(fault -> new Fault("new_password", fault.code(), fault.detail()))
        .toList();
  }

  /** Hashes for a client, or for the host itself. */
  Optional<String> hash(Password password, @Nullable Client client) {
    return client == null ? passwords.hash(password) : passwords.hash(password, client.address());
  }

  PasswordChange change(
      String userId, Password current, Password next, Client client, @Nullable String keptSession) {
    Optional<User> user = rows.users().findById(userId);
    return user.isEmpty()
        ? new PasswordChange.Superseded()
        : change(user.get(), current, next, client, keptSession);
  }

  private PasswordChange change(
      User user, Password current, Password next, Client client, @Nullable String keptSession) {
    List<Fault> faults = faultsOfNext(user.name(), next);
    if (!faults.isEmpty()) {
      return new PasswordChange.Invalid(faults);
    }
    PasswordVerdict verdict = passwords.verify(user.name(), current, client.address());
    if (verdict instanceof PasswordVerdict.Refused refused) {
      rows.reports().refused(refused, DURING, user.name(), client.address());
      return new PasswordChange.Refused(refused);
    }
    User verified = ((PasswordVerdict.Verified) verdict).user();
    if (!verified.id().equals(user.id())) {
      return new PasswordChange.Superseded(); // the name went to somebody else meanwhile
    }
    Optional<String> hash = hash(next, client);
    if (hash.isEmpty()) {
      return new PasswordChange.Busy(BUSY_RETRY);
    }
    Optional<User> changed =
        set(verified, verified.epoch(), b -> b.changePassword(hash.get()), keptSession, false);
    return changed.isPresent()
        ? new PasswordChange.Changed(changed.get())
        : new PasswordChange.Superseded();
  }

  /** Sets a password if the user's epoch is still this one; empty if it is not. */
  Optional<User> set(
      User user,
      long epoch,
      UnaryOperator<User.Builder> change,
      @Nullable String keptSession,
      boolean byReset) {
    UserRows.Outcome outcome =
        rows.update(
            user.id(), now -> now.epoch() == epoch, now -> change.apply(now.toBuilder()).build());
    if (outcome.change() != AccountStore.Change.DONE || outcome.user() == null) {
      return Optional.empty();
    }
    rows.clean(outcome.user(), keptSession);
    Reports reports = rows.reports();
    reports.publish(new AuthEvent.PasswordChanged(reports.now(), user.id(), byReset));
    return Optional.of(outcome.user());
  }
}

package dev.sallyport.account;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Checks, hashes and sets new passwords of existing users. */
record NewPasswords(UserUpdates rows, Passwords passwords, PasswordPolicy policy) {
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);
  private static final String DURING = "password_change";
  private static final AccountResult CHANGED =
      AccountResult.Refused.because(DURING, AccountResult.ACCOUNT_CHANGED);

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
    return client == null ? passwords.hash(password) : passwords.hash(password, client);
  }

  AccountResult change(
      String userId, Password current, Password next, Client client, @Nullable String keptSession) {
    Optional<User> user = rows.users().findById(userId);
    return user.isEmpty() ? CHANGED : change(user.get(), current, next, client, keptSession);
  }

  private AccountResult change(
      User user, Password current, Password next, Client client, @Nullable String keptSession) {
    List<Fault> faults = faultsOfNext(user.name(), next);
    if (!faults.isEmpty()) {
      return new AccountResult.Invalid(faults);
    }
    PasswordResult verdict = passwords.verify(user.name(), current, client);
    if (verdict instanceof PasswordResult.Refused refused) {
      Rejected rejected = refused.rejected(DURING).withSubject(user.name());
      rows.environment().report(rejected, client.address());
      return new AccountResult.Refused(asWrongPassword(rejected));
    }
    User verified = ((PasswordResult.Verified) verdict).user();
    if (!verified.id().equals(user.id())) {
      return CHANGED; // somebody else got the name in the meantime
    }
    Optional<String> hash = hash(next, client);
    if (hash.isEmpty()) {
      return busy(DURING);
    }
    Optional<User> changed =
        set(verified, verified.epoch(), b -> b.changePassword(hash.get()), keptSession, false);
    return changed.<AccountResult>map(AccountResult.Done::new).orElse(CHANGED);
  }

  /** Whoever changes a password is known: what was wrong is the one field. */
  private static Rejected asWrongPassword(Rejected rejected) {
    Reason reason = rejected.reason();
    return reason.refusal() == Refusal.INVALID_CREDENTIALS
        ? Rejected.of(DURING, new Reason(reason.name(), Refusal.WRONG_PASSWORD))
        : rejected;
  }

  static AccountResult busy(String during) {
    return new AccountResult.Refused(
        Rejected.of(during, PasswordResult.NO_TURN).withRetryAfter(BUSY_RETRY));
  }

  /** Sets a password if the user's epoch is still this one; empty if it is not. */
  Optional<User> set(
      User user,
      long epoch,
      UnaryOperator<User.Builder> change,
      @Nullable String keptSession,
      boolean byReset) {
    UserUpdates.Outcome outcome =
        rows.update(
            user.id(), now -> now.epoch() == epoch, now -> change.apply(now.toBuilder()).build());
    if (outcome.change() != AccountStore.Change.DONE || outcome.user() == null) {
      return Optional.empty();
    }
    rows.clean(outcome.user(), keptSession);
    AuthEnvironment environment = rows.environment();
    environment.publish(new AuthEvent.PasswordChanged(environment.now(), user.id(), byReset));
    return Optional.of(outcome.user());
  }
}

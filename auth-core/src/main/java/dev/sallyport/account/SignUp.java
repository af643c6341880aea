package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes users. */
record SignUp(
    UserUpdates rows, NewPasswords newPasswords, Throttle throttle, AuthListener listener) {
  private static final String DURING = "register";
  private static final AccountResult TAKEN =
      AccountResult.Refused.because(DURING, AccountResult.USERNAME_TAKEN);

  List<Fault> faults(String username, Password password) {
    List<Fault> faults = new ArrayList<>(Username.faults(username));
    faults.addAll(newPasswords.faults(username, password));
    return faults;
  }

  /**
   * Counts by the address, before the name is looked up: so a flood learns nothing about who exists
   * and uses no turns for hashing.
   */
  AccountResult register(String username, Password password, Client client) {
    List<Fault> faults = faults(username, password);
    if (!faults.isEmpty()) {
      return new AccountResult.Invalid(faults);
    }
    Attempt attempt = throttle.reserve(username, client.address());
    if (!(attempt instanceof Attempt.Granted granted)) {
      Rejected throttled =
          Rejected.of(DURING, PasswordResult.THROTTLED)
              .withSubject(username)
              .withRetryAfter(((Attempt.Refused) attempt).retryAfter());
      rows.environment().report(throttled, client.address());
      return new AccountResult.Refused(throttled);
    }
    AccountResult result = granted.during(() -> insertIfFree(username, password, Set.of(), client));
    settle(isBusy(result) ? granted::giveBack : granted::wrong);
    return result;
  }

  private static boolean isBusy(AccountResult result) {
    return result instanceof AccountResult.Refused refused
        && refused.reason().equals(PasswordResult.NO_TURN);
  }

  /** What has been done stands, also where it can't be counted; the reservation ends by itself. */
  private void settle(Runnable count) {
    try {
      count.run();
    } catch (StoreUnavailableException e) {
      rows.environment().reportOutage(DURING, e);
    }
  }

  AccountResult register(String username, Password password, Set<String> roles) {
    List<Fault> faults = faults(username, password);
    return faults.isEmpty()
        ? insertIfFree(username, password, roles, null)
        : new AccountResult.Invalid(faults);
  }

  private AccountResult insertIfFree(
      String username, Password password, Set<String> roles, @Nullable Client client) {
    return Username.find(rows.users(), username).isPresent()
        ? TAKEN // spares the hash; the insert decides
        : insert(username, password, roles, client);
  }

  private AccountResult insert(
      String username, Password password, Set<String> roles, @Nullable Client client) {
    Optional<String> hash = newPasswords.hash(password, client);
    if (hash.isEmpty()) {
      return NewPasswords.busy(DURING);
    }
    User user =
        User.builder(Uuid4.create(rows.environment().random()), username)
            .roles(roles)
            .passwordHash(hash.get())
            .build();
    if (rows.users().insert(user) != AccountStore.Change.DONE) {
      return TAKEN;
    }
    AuthEvent event = new AuthEvent.Registered(rows.environment().now(), user.id(), user.name());
    rows.environment().publish(event);
    listener.publish(event);
    return new AccountResult.Done(user);
  }
}

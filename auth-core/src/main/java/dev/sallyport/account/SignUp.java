package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.Fault;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Attempt;
import dev.sallyport.throttle.Throttle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes users. */
record SignUp(UserRows rows, NewPasswords newPasswords, Throttle throttle, SecureRandom random) {
  List<Fault> faults(String username, Password password) {
    List<Fault> faults = new ArrayList<>(Username.faults(username));
    faults.addAll(newPasswords.faults(username, password));
    return faults;
  }

  /**
   * Counts by the address, before the name is looked up: so a flood learns nothing of who exists,
   * and takes no turns for hashing.
   */
  Registration register(String username, Password password, Client client) {
    List<Fault> faults = faults(username, password);
    if (!faults.isEmpty()) {
      return new Registration.Invalid(faults);
    }
    Attempt attempt = throttle.reserve(username, client.address());
    if (!(attempt instanceof Attempt.Granted granted)) {
      rows.reports().throttled("register", username, client.address());
      return new Registration.Throttled(((Attempt.Refused) attempt).retryAfter());
    }
    Registration result;
    try {
      result = insertIfFree(username, password, Set.of(), client);
    } catch (RuntimeException | Error e) {
      settle(granted::giveBack);
      throw e;
    }
    settle(result instanceof Registration.Busy ? granted::giveBack : granted::wrong);
    return result;
  }

  /** What has been done stands, also where it can't be counted; the reservation ends by itself. */
  private void settle(Runnable count) {
    try {
      count.run();
    } catch (StoreUnavailableException e) {
      rows.reports().outage("register", e);
    }
  }

  Registration register(String username, Password password, Set<String> roles) {
    List<Fault> faults = faults(username, password);
    return faults.isEmpty()
        ? insertIfFree(username, password, roles, null)
        : new Registration.Invalid(faults);
  }

  private Registration insertIfFree(
      String username, Password password, Set<String> roles, @Nullable Client client) {
    return Username.find(rows.users(), username).isPresent()
        ? new Registration.UsernameTaken() // spares the hash; the insert decides
        : insert(username, password, roles, client);
  }

  private Registration insert(
      String username, Password password, Set<String> roles, @Nullable Client client) {
    Optional<String> hash = newPasswords.hash(password, client);
    if (hash.isEmpty()) {
      return new Registration.Busy(NewPasswords.BUSY_RETRY);
    }
    User user =
        User.builder(Uuid4.create(random), username).roles(roles).passwordHash(hash.get()).build();
    if (rows.users().insert(user) != AccountStore.Change.DONE) {
      return new Registration.UsernameTaken();
    }
    Reports reports = rows.reports();
    reports.publish(new AuthEvent.Registered(reports.now(), user.id(), user.name()));
    return new Registration.Registered(user);
  }
}

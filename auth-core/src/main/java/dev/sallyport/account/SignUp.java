package dev.sallyport.account;

import dev.sallyport.Client;
import dev.sallyport.Fault;
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

  /** Counts what costs a hash, by the address: what is refused at once costs nothing. */
  Registration register(String username, Password password, Client client) {
    Registration refused = refusal(username, password);
    if (refused != null) {
      return refused;
    }
    Attempt attempt = throttle.reserve(username, client.address());
    if (!(attempt instanceof Attempt.Granted granted)) {
      rows.reports().throttled("register", username, client.address());
      return new Registration.Throttled(((Attempt.Refused) attempt).retryAfter());
    }
    boolean counts = true;
    try {
      Registration result = insert(username, password, Set.of());
      counts = !(result instanceof Registration.Busy);
      return result;
    } finally {
      settle(granted, counts);
    }
  }

  private static void settle(Attempt.Granted granted, boolean counts) {
    if (counts) {
      granted.wrong();
    } else {
      granted.giveBack();
    }
  }

  Registration register(String username, Password password, Set<String> roles) {
    Registration refused = refusal(username, password);
    return refused == null ? insert(username, password, roles) : refused;
  }

  private @Nullable Registration refusal(String username, Password password) {
    List<Fault> faults = faults(username, password);
    if (!faults.isEmpty()) {
      return new Registration.Invalid(faults);
    }
    return rows.users().findByName(username).isPresent()
        ? new Registration.UsernameTaken() // spares the hash; the insert decides
        : null;
  }

  private Registration insert(String username, Password password, Set<String> roles) {
    Optional<String> hash = newPasswords.hash(password);
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

package dev.sallyport.account;

import dev.sallyport.Fault;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Makes users. */
record SignUp(UserRows rows, NewPasswords newPasswords, SecureRandom random) {
  List<Fault> faults(String username, Password password) {
    List<Fault> faults = new ArrayList<>(Username.faults(username));
    faults.addAll(newPasswords.faults(username, password));
    return faults;
  }

  Registration register(String username, Password password, Set<String> roles) {
    List<Fault> faults = faults(username, password);
    if (!faults.isEmpty()) {
      return new Registration.Invalid(faults);
    }
    if (rows.users().findByName(username).isPresent()) {
      return new Registration.UsernameTaken(); // spares the hash; the insert decides
    }
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

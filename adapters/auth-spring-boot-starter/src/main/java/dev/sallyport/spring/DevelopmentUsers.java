package dev.sallyport.spring;

import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordHasher;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.spring.SallyportProperties.DevelopmentUser;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/** Users out of settings, in this process's memory. */
final class DevelopmentUsers {
  private DevelopmentUsers() {}

  /**
   * A store of these users.
   *
   * @throws ConfigurationException if they can't be; or if the profile is {@code prod}
   */
  static AccountStore of(
      Map<String, DevelopmentUser> users,
      PasswordHasher hasher,
      SecureRandom random,
      Environment environment) {
    List<String> faults = new ArrayList<>();
    if (environment.acceptsProfiles(Profiles.of("prod"))) {
      faults.add(
          "sallyport.users: passwords in settings are for development, and the profile is 'prod';"
              + " define a CredentialStore bean, or add auth-jdbc and a DataSource");
    }
    AccountStore store = CredentialStore.inMemory();
    users.forEach(
        (name, user) -> {
          Password password = Password.of(user.password());
          if (user.password().isEmpty() || !hasher.accepts(password)) {
            faults.add(
                "sallyport.users." + name + ".password: it is missing or can't be a password");
          } else if (faults.isEmpty()) {
            add(store, name, user, hasher.hash(password, random), faults);
          }
        });
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return store;
  }

  private static void add(
      AccountStore store, String name, DevelopmentUser user, String hash, List<String> faults) {
    User added = User.builder(name, name).roles(user.roles()).passwordHash(hash).build();
    if (store.insert(added) != AccountStore.Change.DONE) {
      faults.add("sallyport.users." + name + ": another user has this name, in other letters");
    }
  }
}

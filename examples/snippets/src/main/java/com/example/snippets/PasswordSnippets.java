package com.example.snippets;

import dev.sallyport.Fault;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Throttle;
import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** docs/passwords.md. */
public final class PasswordSnippets {
  private PasswordSnippets() {}

  /** Sets the options. */
  public static Passwords options(CredentialStore users) {
    Passwords passwords =
        Passwords.builder(users)
            .hasher(BcryptHasher.ofCost(13))
            .hashingAtATime(4)
            .maxWait(Duration.ofSeconds(1))
            .build();
    return passwords;
  }

  /** Waits longer. */
  public static Passwords throttle(CredentialStore users, Clock clock) {
    Throttle throttle =
        Throttle.builder(ThrottleStore.inMemory(clock))
            .clock(clock)
            .failures(3)
            .waits(Duration.ofSeconds(5), Duration.ofHours(1))
            .build();
    Passwords passwords = Passwords.builder(users).throttle(throttle).build();
    return passwords;
  }

  /** Hashes with a pepper. */
  public static BcryptHasher pepper(byte[] pepper) {
    BcryptHasher hasher = BcryptHasher.ofDefaultCost().withPepper("2026", pepper);
    return hasher;
  }

  /** Has a rule of its own. */
  public static PasswordPolicy policy() {
    PasswordPolicy policy =
        PasswordPolicy.nist() // 15 characters
            .withRule(
                (username, password) ->
                    password.reveal().contains("sallyport")
                        ? Optional.of(
                            new Fault(
                                "password", "service_name", "The password names the service."))
                        : Optional.empty());
    return policy;
  }

  /** Names the dearest hash that is still stored. */
  public static Passwords dearestDjango(CredentialStore users) {
    Passwords passwords = Passwords.builder(users).dearestDjango(720_000).build();
    return passwords;
  }

  /** Checks a format of its own. */
  public static Passwords formats(CredentialStore users) {
    Passwords passwords =
        Passwords.builder(users).formats(PasswordFormat.django(), new LegacyFormat()).build();
    return passwords;
  }

  /** Reads a user table of its own. */
  record OwnUsers(Map<String, User> byKey) implements CredentialStore {
    @Override
    public Optional<User> findByName(String name) {
      return Optional.ofNullable(byKey.get(Username.key(name)));
    }

    @Override
    public Optional<User> findById(String id) {
      return byKey.values().stream().filter(user -> user.id().equals(id)).findFirst();
    }
  }

  /** A store that holds one user. */
  public static CredentialStore ownUsers(User user) {
    return new OwnUsers(Map.of(Username.key(user.name()), user));
  }

  /** Says of every stored hash that it is none of its own. */
  private static final class LegacyFormat implements PasswordFormat {
    @Override
    public boolean recognises(String stored) {
      return false;
    }

    @Override
    public boolean accepts(Password password) {
      return true;
    }

    @Override
    public boolean verify(Password password, String stored) {
      return false;
    }
  }
}

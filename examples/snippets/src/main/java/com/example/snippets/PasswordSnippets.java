package com.example.snippets;

import dev.sallyport.Fault;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordFormat;
import dev.sallyport.password.PasswordPolicy;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.store.Username;
import dev.sallyport.throttle.Throttle;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** docs/passwords.md. */
public final class PasswordSnippets {
  private PasswordSnippets() {}

  /** Sets the options. */
  public static Sallyport options(CredentialStore users, TokenStore tokens) {
    Sallyport auth =
        Sallyport.of(users, tokens)
            .withPasswords(
                passwords ->
                    passwords
                        .hasher(BcryptHasher.ofCost(13))
                        .maxConcurrentHashes(4)
                        .maxWait(Duration.ofSeconds(1)));
    return auth;
  }

  /** Waits longer. */
  public static Sallyport throttle(Sallyport auth) {
    Throttle throttle =
        Throttle.builder(auth.environment())
            .failures(3)
            .waits(Duration.ofSeconds(5), Duration.ofHours(1))
            .build();
    Sallyport stricter = auth.withPasswords(passwords -> passwords.throttle(throttle));
    return stricter;
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
  public static Sallyport dearestDjango(Sallyport auth) {
    Sallyport moved = auth.withPasswords(passwords -> passwords.dearestDjango(720_000));
    return moved;
  }

  /** Checks a format of its own. */
  public static Sallyport formats(Sallyport auth) {
    Sallyport moved =
        auth.withPasswords(
            passwords -> passwords.formats(PasswordFormat.django(), new LegacyFormat()));
    return moved;
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

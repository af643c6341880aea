package dev.sallyport.benchmarks;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Prints the medians of 200 failed checks each, at cost 10, by what is stored. */
public final class FailedChecks {
  private static final int ROUNDS = 200;
  private static final int DJANGO_ITERATIONS = 720_000;
  private static final Password WRONG = Password.of("a wrong password");

  private FailedChecks() {}

  /**
   * Measures twice: as configured, and with Django's hashes named as the dearest.
   *
   * @param args none
   */
  public static void main(String[] args) {
    measure("configured, no Django hashes", 0, stored(false));
    measure("Django's named", DJANGO_ITERATIONS, stored(true));
  }

  private static Map<String, String> stored(boolean django) {
    String tail = "$" + "abcdefghijklmnopqrstu.".repeat(3).substring(0, 53);
    Map<String, String> stored = new LinkedHashMap<>();
    stored.put("malformed", "garbage");
    stored.put("cost 8", "$2b$08" + tail);
    stored.put("cost 10", "$2b$10" + tail);
    if (django) {
      String hash = "A".repeat(43) + "=";
      stored.put("Django", "pbkdf2_sha256$" + DJANGO_ITERATIONS + "$salt$" + hash);
      stored.put("Django, old", "pbkdf2_sha256$100000$salt$" + hash);
    }
    return stored;
  }

  private static void measure(String title, int django, Map<String, String> stored) {
    AccountStore users = CredentialStore.inMemory();
    stored.forEach(
        (name, hash) -> users.insert(User.builder(name, name).passwordHash(hash).build()));
    Map<String, long[]> nanos = new LinkedHashMap<>();
    nanos.put("unknown", new long[ROUNDS]);
    stored.keySet().forEach(name -> nanos.put(name, new long[ROUNDS]));
    for (int round = -5; round < ROUNDS; round++) {
      for (Map.Entry<String, long[]> each : nanos.entrySet()) {
        long taken = check(users, django, each.getKey());
        if (round >= 0) {
          each.getValue()[round] = taken;
        }
      }
    }
    System.out.println(title);
    nanos.forEach(
        (name, taken) -> {
          Arrays.sort(taken);
          System.out.printf("  %-12s %.1f ms%n", name, taken[ROUNDS / 2] / 1e6);
        });
  }

  /** Each check has a throttle of its own, so that none is refused. */
  private static long check(CredentialStore users, int django, String name) {
    Passwords passwords =
        Passwords.builder(AuthEnvironment.standard().withListener(event -> {}), users)
            .hasher(BcryptHasher.ofCost(10))
            .dearestDjango(django)
            .build();
    long start = System.nanoTime();
    PasswordResult verdict =
        passwords.verify(name, WRONG, new Client(InetAddress.getLoopbackAddress(), ""));
    long taken = System.nanoTime() - start;
    if (verdict instanceof PasswordResult.Verified) {
      throw new IllegalStateException("a wrong password is right for " + name);
    }
    return taken;
  }
}

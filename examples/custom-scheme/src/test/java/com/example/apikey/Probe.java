package com.example.apikey;

import dev.sallyport.Authenticated;
import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.scheme.ConfigurationException;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.TestRequest;
import java.util.HashMap;
import java.util.Map;

/**
 * A host in a JVM of its own: takes settings as {@code key=value}, prints the chain and who an API
 * key and a password authenticate, or the message of the fault.
 */
final class Probe {
  private Probe() {}

  public static void main(String[] args) {
    Map<String, String> settings = new HashMap<>();
    String key = args[0];
    boolean withStore = Boolean.parseBoolean(args[1]);
    for (int i = 2; i < args.length; i++) {
      int equals = args[i].indexOf('=');
      settings.put(args[i].substring(0, equals), args[i].substring(equals + 1));
    }
    AccountStore users = CredentialStore.inMemory();
    String hash = Passwords.of(users).hash(Password.of("correct horse battery")).orElseThrow();
    users.insert(User.builder("1", "alice").passwordHash(hash).build());
    AuthConfiguration.Builder builder = AuthConfiguration.builder(settings);
    if (withStore) {
      builder.with(CredentialStore.class, users);
    }
    try {
      AuthConfiguration auth = builder.build();
      String module = Probe.class.getModule().isNamed() ? "module path" : "class path";
      System.out.println(module + ": " + auth.chain());
      print(auth, TestRequest.get("/").header("X-Api-Key", key));
      print(auth, TestRequest.get("/").basic("alice", "correct horse battery"));
    } catch (ConfigurationException e) {
      System.out.println(e.getMessage());
    }
  }

  private static void print(AuthConfiguration auth, TestRequest request) {
    System.out.println(
        auth.chain().authenticate(request.build()) instanceof Authenticated who
            ? who.scheme() + " " + who.principal().name()
            : "refused");
  }
}

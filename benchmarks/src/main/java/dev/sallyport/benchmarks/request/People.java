package dev.sallyport.benchmarks.request;

import dev.sallyport.password.BcryptHasher;
import dev.sallyport.password.Password;
import dev.sallyport.store.SecretDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** The 1,024 users. They all have one password, so that it is hashed once. */
final class People {
  /** Who makes the request. */
  static final String NAME = "user512";

  /** The password. */
  static final String PASSWORD = "correct horse battery staple";

  /** The cost of bcrypt, for everybody. */
  static final int COST = 10;

  private static final int COUNT = 1024;

  private final String hash =
      BcryptHasher.ofCost(COST).hash(Password.of(PASSWORD), new SecureRandom());
  private final List<String> names = new ArrayList<>();
  private final Map<String, String> tokens = new HashMap<>();

  People() {
    for (int i = 0; i < COUNT; i++) {
      names.add("user" + i);
      tokens.put("user" + i, randomToken());
    }
  }

  private static String randomToken() {
    byte[] secret = new byte[32];
    new SecureRandom().nextBytes(secret);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  List<String> names() {
    return names;
  }

  /** The bcrypt hash of the password. */
  String hash() {
    return hash;
  }

  /** What a peer keeps of the users' tokens: who has which, found by its SHA-256. */
  <T> Map<SecretDigest, T> byToken(Function<String, T> user) {
    Map<SecretDigest, T> users = new HashMap<>();
    tokens.forEach((name, token) -> users.put(SecretDigest.of(token), user.apply(name)));
    return users;
  }

  String token(String name) {
    return tokens.get(name);
  }

  /** Begins a session for each user in a container, and tells the one of {@link #NAME}. */
  String logIn(Container container, BiConsumer<String, StubSession> login) {
    String id = null;
    for (String name : names) {
      StubSession session = container.begin();
      login.accept(name, session);
      if (name.equals(NAME)) {
        id = session.getId();
      }
    }
    return id;
  }
}

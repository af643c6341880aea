package dev.sallyport.benchmarks.hosts;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** The 1,024 users, who all have one password. */
public final class People {
  /** Who asks for the page. */
  public static final String NAME = "user512";

  /** What their browser calls itself. */
  public static final String BROWSER = "benchmark";

  /** The cost of bcrypt. */
  public static final int COST = 10;

  /** The password's hash, so that no host takes time for it when it starts. */
  public static final String HASH = "$2b$10$rz/iRWEXncKtWcnlNeNf2uVGSdmfA8tzLuyRRU60jdF.b8hy78EwO";

  private static final String PASSWORD = "correct horse battery staple";
  private static final int COUNT = 1024;

  private People() {}

  /** All names. */
  public static List<String> names() {
    return IntStream.range(0, COUNT).mapToObj(i -> "user" + i).toList();
  }

  /**
   * Logs all in.
   *
   * @param login logs one in, and tells the header field with which that one comes back
   * @return the field of {@link #NAME}
   */
  public static String logIn(UnaryOperator<String> login) {
    String found = "";
    for (String name : names()) {
      String field = login.apply(name);
      if (name.equals(NAME)) {
        found = field;
      }
    }
    return found;
  }

  /** The field of {@link #NAME} for HTTP Basic. */
  public static String basic() {
    byte[] pair = (NAME + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    return "Authorization: Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** A field with a bearer token. */
  public static String bearer(String token) {
    return "Authorization: Bearer " + token;
  }

  /** A field with a cookie. */
  public static String cookie(String name, String value) {
    return "Cookie: " + name + "=" + value;
  }
}

package dev.sallyport.testkit;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Tests that every {@link Authenticator} must pass, run by a class that implements this.
 *
 * <pre>{@code
 * class ApiKeyContractTest implements AuthenticatorContract {
 *   public Authenticator authenticator() { return new ApiKeyAuthenticator(keys); }
 *   public String headerName() { return "X-Api-Key"; }
 *   public String goodValue() { return KEY; }
 *   public String secret() { return KEY; }
 * }
 * }</pre>
 */
public interface AuthenticatorContract {
  /** {@return the authenticator, over stores that hold what {@link #goodValue} needs} */
  Authenticator authenticator();

  /** {@return the header field that carries the credentials, for example {@code Authorization}} */
  String headerName();

  /**
   * {@return a value of that field that authenticates, for example {@code Basic
   * YWxpY2U6d29uZGVybGFuZA==}}
   */
  String goodValue();

  /**
   * {@return the part of the value that must never appear in a {@code toString} or an exception,
   * for example the password; at least 8 characters}
   */
  String secret();

  private AuthRequest request(String... values) {
    Secrets.remember(secret());
    TestRequest builder = TestRequest.get("/");
    for (String value : values) {
      builder.header(headerName(), value);
    }
    return builder.build();
  }

  /** Good credentials authenticate. */
  @Test
  @DisplayName("CH-2 good credentials are authenticated")
  default void authenticatesGoodCredentials() {
    assertThat(authenticator().authenticate(request(goodValue())))
        .isInstanceOf(Authenticated.class);
  }

  /** A request without credentials is left to others. */
  @Test
  @DisplayName("CH-2 a request without credentials is not attempted")
  default void leavesRequestsWithoutCredentials() {
    assertThatResult(authenticator().authenticate(request())).isNotAttempted();
    assertThatResult(
            authenticator().authenticate(TestRequest.get("/").header("X-Unrelated", "x").build()))
        .isNotAttempted();
  }

  /** A chain must know whose credentials these are before it asks the next members. */
  @Test
  @DisplayName("CH-4 the auth-schemes of its challenges and of Authorization are declared")
  default void declaresItsAuthSchemes() {
    Set<String> declared =
        authenticator().authSchemes().stream()
            .map(AuthenticatorContract::lower)
            .collect(Collectors.toSet());
    authenticator()
        .challenges(request())
        .forEach(challenge -> assertThat(declared).contains(lower(challenge.scheme())));
    if (headerName().equals("Authorization")) {
      assertThat(declared).contains(lower(request(goodValue()).authorization().scheme()));
    }
  }

  private static String lower(String scheme) {
    return scheme.toLowerCase(Locale.ROOT);
  }

  /** Anything that a client sends gives a result. */
  @Test
  @DisplayName("CH-2 malformed input never throws and never authenticates")
  default void survivesMalformedInput() {
    for (String value : mutations()) {
      AuthResult result = authenticator().authenticate(request(value));
      assertThat(result).as("the result for a mutated value").isNotNull();
      assertThat(result).isNotInstanceOf(Authenticated.class);
    }
  }

  /** Its plan leads to what it says when it is asked at once. */
  @Test
  @DisplayName("AD-9 a plan completes to what the authenticator returns")
  default void plansWhatItReturns() {
    for (AuthRequest request : List.of(request(), request(goodValue()))) {
      assertThat(authenticator().plan(request).complete())
          .as("the result of a plan")
          .hasSameClassAs(authenticator().authenticate(request));
    }
  }

  /** Two values are never accepted as one of them. */
  @Test
  @DisplayName("CH-5 two values of the field never authenticate")
  default void refusesTwoValues() {
    assertThat(authenticator().authenticate(request(goodValue(), goodValue())))
        .isNotInstanceOf(Authenticated.class);
  }

  /** Hostile text, and the good value cut, doubled and changed in each of its last characters. */
  private List<String> mutations() {
    String good = goodValue();
    List<String> values = new ArrayList<>();
    int space = good.indexOf(' ');
    String scheme = space < 0 ? "" : good.substring(0, space + 1);
    for (String hostile : HostileTexts.IN_HEADERS) {
      values.add(hostile);
      values.add(scheme + hostile);
      values.add(good + hostile + "x");
    }
    for (int end = scheme.length(); end < good.length(); end++) {
      values.add(good.substring(0, end));
    }
    for (int i = Math.max(scheme.length(), good.length() - 8); i < good.length(); i++) {
      char other = good.charAt(i) == 'A' ? 'B' : 'A';
      values.add(good.substring(0, i) + other + good.substring(i + 1));
    }
    values.add(good + " " + good);
    return values;
  }

  /** Plain HTTP carries no credentials. */
  @Test
  @DisplayName("GU-5 credentials over plain HTTP are refused unchecked")
  default void refusesPlainHttp() {
    AuthRequest insecure =
        TestRequest.get("/").header(headerName(), goodValue()).insecure().build();
    assertThat(authenticator().authenticate(insecure))
        .isNotInstanceOf(Authenticated.class)
        .isNotInstanceOf(NotAttempted.class);
  }

  /** No text about a request or a result holds the secret. */
  @Test
  @DisplayName("PW-6 no toString shows the secret")
  default void hidesTheSecret() {
    AuthRequest request = request(goodValue());
    Authenticator authenticator = authenticator();
    AuthResult result = authenticator.authenticate(request);
    List<Object> shown =
        List.of(
            authenticator,
            request,
            request.authorization(),
            result,
            authenticator.name(),
            authenticator.challenges(request));
    for (Object object : shown) {
      assertThat(Secrets.contains(object.toString(), secret()))
          .as("the secret in toString of %s", object.getClass())
          .isFalse();
    }
  }

  /** A null request is the caller's error, not an anonymous request. */
  @Test
  @DisplayName("CH-6 a null request throws")
  @SuppressWarnings("NullAway")
  default void refusesNull() {
    Authenticator authenticator = authenticator();
    assertThatThrownBy(() -> authenticator.authenticate(null))
        .isInstanceOf(NullPointerException.class);
  }

  /** The name and the challenges can be shown. */
  @Test
  @DisplayName("CH-7 it has a name and challenges that a header can carry")
  default void hasNameAndChallenges() {
    Authenticator authenticator = authenticator();
    assertThat(authenticator.name()).isNotBlank().isEqualTo(authenticator.name());
    for (Challenge challenge : authenticator.challenges(request())) {
      assertThat(challenge.toString()).matches("[ -~]+");
    }
  }

  /**
   * Many threads at once change nothing.
   *
   * @throws Exception if a thread fails
   */
  @Test
  @DisplayName("CH-10 it can be asked by many threads at once")
  default void isThreadSafe() throws Exception {
    Authenticator authenticator = authenticator();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<AuthResult>> calls = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        calls.add(() -> authenticator.authenticate(request(goodValue())));
      }
      for (Future<AuthResult> result : threads.invokeAll(calls)) {
        assertThat(result.get()).isInstanceOf(Authenticated.class);
      }
    } finally {
      threads.shutdownNow();
    }
  }
}

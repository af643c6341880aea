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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What every {@link Authenticator} promises, as tests to extend.
 *
 * <pre>{@code
 * class ApiKeyContractTest extends AuthenticatorContract {
 *   protected Authenticator authenticator() { return new ApiKeyAuthenticator(keys); }
 *   protected String headerName() { return "X-Api-Key"; }
 *   protected String goodValue() { return KEY; }
 *   protected String secret() { return KEY; }
 * }
 * }</pre>
 */
public abstract class AuthenticatorContract {
  /** Values that clients have sent to break parsers. */
  private static final List<String> HOSTILE =
      List.of(
          "",
          " ",
          "\t",
          "\0",
          "\r\nX: y",
          ",",
          "=",
          "\"",
          "\\",
          "%00",
          "null",
          "é",
          "\uD800",
          "\u0130",
          "\uFFFF",
          "{",
          "[".repeat(1000),
          "a".repeat(9000),
          "' OR 1=1--",
          "../..",
          "🦊");

  /** For subclasses. */
  protected AuthenticatorContract() {}

  /**
   * The authenticator, over stores that hold what {@link #goodValue} needs.
   *
   * @return the authenticator
   */
  protected abstract Authenticator authenticator();

  /**
   * The header field that carries the credentials.
   *
   * @return for example {@code Authorization}
   */
  protected abstract String headerName();

  /**
   * A value of that field that authenticates.
   *
   * @return for example {@code Basic YWxpY2U6d29uZGVybGFuZA==}
   */
  protected abstract String goodValue();

  /**
   * The part of the value that nobody may see in a {@code toString} or an exception.
   *
   * @return for example the password; at least 8 characters
   */
  protected abstract String secret();

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
  protected void authenticatesGoodCredentials() {
    assertThat(authenticator().authenticate(request(goodValue())))
        .isInstanceOf(Authenticated.class);
  }

  /** A request without credentials is left to others. */
  @Test
  @DisplayName("CH-2 a request without credentials is not attempted")
  protected void leavesRequestsWithoutCredentials() {
    assertThatResult(authenticator().authenticate(request())).isNotAttempted();
    assertThatResult(
            authenticator().authenticate(TestRequest.get("/").header("X-Unrelated", "x").build()))
        .isNotAttempted();
  }

  /** Whatever a client sends gives a result. */
  @Test
  @DisplayName("CH-2 malformed input never throws and never authenticates")
  protected void survivesMalformedInput() {
    for (String value : mutations()) {
      AuthResult result = authenticator().authenticate(request(value));
      assertThat(result).as("the result for a mutated value").isNotNull();
      assertThat(result).isNotInstanceOf(Authenticated.class);
    }
  }

  /** Two values are never one of them. */
  @Test
  @DisplayName("CH-5 two values of the field never authenticate")
  protected void refusesTwoValues() {
    assertThat(authenticator().authenticate(request(goodValue(), goodValue())))
        .isNotInstanceOf(Authenticated.class);
  }

  /** Hostile text, and the good value cut, doubled and changed in each of its last characters. */
  private List<String> mutations() {
    String good = goodValue();
    List<String> values = new ArrayList<>();
    int space = good.indexOf(' ');
    String scheme = space < 0 ? "" : good.substring(0, space + 1);
    for (String hostile : HOSTILE) {
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
  protected void refusesPlainHttp() {
    AuthRequest insecure =
        TestRequest.get("/").header(headerName(), goodValue()).insecure().build();
    assertThat(authenticator().authenticate(insecure))
        .isNotInstanceOf(Authenticated.class)
        .isNotInstanceOf(NotAttempted.class);
  }

  /** No text about a request or a result holds the secret. */
  @Test
  @DisplayName("PW-6 no toString shows the secret")
  protected void hidesTheSecret() {
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

  /** A null request is the caller's fault and not an anonymous one. */
  @Test
  @DisplayName("CH-6 a null request throws")
  @SuppressWarnings("NullAway")
  protected void refusesNull() {
    Authenticator authenticator = authenticator();
    assertThatThrownBy(() -> authenticator.authenticate(null))
        .isInstanceOf(NullPointerException.class);
  }

  /** The name and the challenges can be shown. */
  @Test
  @DisplayName("CH-7 it has a name and challenges that a header can carry")
  protected void hasNameAndChallenges() {
    Authenticator authenticator = authenticator();
    assertThat(authenticator.name()).isNotBlank().isEqualTo(authenticator.name());
    for (Challenge challenge : authenticator.challenges(request())) {
      assertThat(challenge.toString()).matches("[ -~]+");
    }
  }

  /** What it reads from {@code Authorization} is declared, so that a chain can refuse it. */
  @Test
  @DisplayName("CH-4 the auth-scheme of its Authorization header is declared")
  protected void declaresItsScheme() {
    Authenticator authenticator = authenticator();
    assertThat(authenticator.authSchemes()).isEqualTo(authenticator.authSchemes());
    if (headerName().equalsIgnoreCase("Authorization")) {
      assertThat(authenticator.authSchemes())
          .as("authSchemes()")
          .anyMatch(scheme -> request(goodValue()).authorization().is(scheme));
    }
  }

  /**
   * Many threads at once change nothing.
   *
   * @throws Exception if a thread fails
   */
  @Test
  @DisplayName("CH-10 it can be asked by many threads at once")
  protected void isThreadSafe() throws Exception {
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

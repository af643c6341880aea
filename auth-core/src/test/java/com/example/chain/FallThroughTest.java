package com.example.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.testkit.TestRequest;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Wrong explicit credentials beside a good cookie")
class FallThroughTest {
  private static final Challenge BEARER = Challenge.of("Bearer", "api");
  private static final Challenge TOKEN = Challenge.of("Token", "api");

  private final Probe tokens = Probe.abstaining("token", TOKEN, BEARER);
  private final Probe jwts = Probe.abstaining("jwt", BEARER);
  private final Probe cookie = Probe.accepting("session");

  private static AuthResult authenticate(String authorization, Authenticator... members) {
    AuthRequest request = TestRequest.get("/").header("Authorization", authorization).build();
    return AuthenticatorChain.of(members).authenticate(request);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer x", "bEaReR x", "Bearer", "Bearer   a.b.c", "Token x", "TOKEN"})
  @DisplayName("CH-4 the members behind the last that reads the scheme are not asked")
  void notAsked(String authorization) {
    assertThat(authenticate(authorization, jwts, tokens, cookie))
        .asString()
        .endsWith("unclaimed_token]");
    assertThat(cookie.asked()).isZero();
  }

  @Test
  @DisplayName("CH-4 each member that reads the scheme is asked, however far apart they stand")
  void allReaders() {
    assertThat(authenticate("Bearer x", jwts, Probe.abstaining("other"), tokens, cookie))
        .hasToString("Rejected[jwt, unclaimed_token]");
    assertThat(tokens.asked()).isOne();
    assertThat(authenticate("Bearer x", jwts, Probe.accepting("late", BEARER), cookie))
        .hasToString("Authenticated[late, id-of-late]");
  }

  @Test
  @DisplayName("CH-1, CH-4 a cookie before the scheme's members is the one that decides")
  void cookieFirst() {
    assertThat(authenticate("Bearer x", cookie, tokens))
        .hasToString("Authenticated[session, id-of-session]");
    assertThat(authenticate("Bearer x", jwts, cookie, tokens))
        .hasToString("Authenticated[session, id-of-session]");
  }

  @Test
  @DisplayName("CH-4 a scheme that no member declares leaves the cookie alone")
  void undeclared() {
    assertThat(authenticate("Digest username=\"a\"", tokens, cookie))
        .hasToString("Authenticated[session, id-of-session]");
  }

  @Test
  @DisplayName(
      "CH-1, CH-4 members of an inner chain declare theirs, named lambdas their challenges'")
  void innerAndNamed() {
    Authenticator lambda =
        Authenticator.named("lambda", request -> NotAttempted.OTHER_SCHEME, BEARER);
    assertThat(authenticate("Bearer x", AuthenticatorChain.of(lambda, tokens), cookie))
        .hasToString("Rejected[lambda, unclaimed_token]");
    assertThat(AuthenticatorChain.of(lambda, tokens).authSchemes())
        .isEqualTo(Set.of("Bearer", "Token"));
    assertThat(cookie.asked()).isZero();
  }
}

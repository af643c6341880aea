package com.example.jwt;

import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.token;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How, and how long ago, another issuer's user has proved who they are. */
class AssuranceTest {
  private static final String STRONG = "\"urn:example:two-factors\"";

  private final WiredIssuers wired = new WiredIssuers();

  private JwtAuthenticator taking(String claim) {
    return wired.taking(
        TrustedIssuer.of(
            wired.builder(A, wired.keyOfA).require(claim, "urn:example:two-factors").build()));
  }

  @Test
  @DisplayName("JW-5, ASVS 6.8.4: a rule on acr takes a token whose user has proved enough")
  void strong() {
    assertThat(who(taking("acr"), token(wired.keyOfA, A, "acr", STRONG)).attributes())
        .containsEntry("acr", "urn:example:two-factors");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"0\"",
        "null",
        "\"\"",
        "2",
        "true",
        "[\"urn:example:two-factors\"]",
        "\"urn:example:two-factors \"",
        "\"URN:EXAMPLE:TWO-FACTORS\""
      })
  @DisplayName("JW-5, ASVS 6.8.4: a rule on acr refuses what is weaker, absent or no string")
  void weak(String acr) {
    assertThat(reason(taking("acr"), token(wired.keyOfA, A, "acr", acr))).isEqualTo("wrong_claim");
    assertThat(reason(taking("acr"), token(wired.keyOfA, A))).isEqualTo("wrong_claim");
  }

  @Test
  @DisplayName("GU-1, ASVS 6.8.4: no other issuer's auth_time makes a proof recent")
  void unknownTime() {
    Guard guard =
        Guard.of(
            AuthenticatorChain.of(
                AuthEnvironment.standard().withClock(wired.clock), wired.taking(wired.a())));
    String token = token(wired.keyOfA, A, "auth_time", Long.toString(Forge.NOW));
    TestRequest request = TestRequest.get("/").authorization("Bearer " + token);
    assertThat(guard.check(request.build(), Permission.authenticated()))
        .isInstanceOf(Decision.Proceed.class);
    Decision decision =
        guard.check(request.build(), Permission.authenticatedWithin(Duration.ofDays(36_500)));
    assertThat(((Decision.Refuse) decision).problem().code())
        .isEqualTo("reauthentication_required");
  }
}

package com.example.chain;

import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no scheme is to see: several credentials, and very long ones. */
class AuthorizationLimitsTest {
  private final RecordingListener heard = new RecordingListener();
  private final Probe member = Probe.accepting("any");
  private final AuthenticatorChain chain =
      AuthenticatorChain.of(AuthEnvironment.standard().withListener(heard), member);

  private static AuthRequest request(String... lines) {
    TestRequest request = TestRequest.get("/");
    for (String line : lines) {
      request.header("Authorization", line);
    }
    return request.build();
  }

  private void assertMalformed(AuthResult result, Reason reason) {
    assertThatResult(result).isRejected(reason);
    assertThat(reason.refusal()).isEqualTo(Refusal.MALFORMED_CREDENTIALS);
    assertThat(((Rejected) result).scheme()).isEqualTo("chain");
    assertThat(member.asked()).as("asked").isZero();
    assertThat(heard.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::reason)
        .containsExactly(reason.name());
  }

  @Test
  @DisplayName("CH-5, row 4 two Authorization lines are malformed, whichever schemes they have")
  void twoLines() {
    assertMalformed(
        chain.authenticate(request("Digest a=b", "Unheard of")), Reason.SEVERAL_CREDENTIALS);
  }

  @Test
  @DisplayName("CH-5, row 4 the same line twice is malformed, and so are two empty ones")
  void sameTwice() {
    AuthenticatorChain built = chain;
    assertMalformed(built.authenticate(request("Basic a", "Basic a")), Reason.SEVERAL_CREDENTIALS);
    assertThatResult(built.authenticate(request("", ""))).isRejected(Reason.SEVERAL_CREDENTIALS);
  }

  @Test
  @DisplayName("CH-5, row 4 a pair joined by a comma is malformed")
  void joined() {
    assertMalformed(chain.authenticate(request("Basic a, Bearer b")), Reason.SEVERAL_CREDENTIALS);
  }

  @ParameterizedTest
  @CsvSource({"8191,true", "8192,true", "8193,false", "100000,false"})
  @DisplayName("CH-5, BA-4, row 22 a field of 8 KiB is let through and one character more is not")
  void limit(int length, boolean allowed) {
    AuthRequest request = request("Unheard " + "x".repeat(length - 8));
    AuthResult result = chain.authenticate(request);
    if (allowed) {
      assertThatResult(result).isAuthenticatedAs("any");
    } else {
      assertMalformed(result, Reason.OVERSIZED);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {256, 1000, 65_536})
  @DisplayName("CH-5 the limit can be set")
  void settable(int limit) {
    AuthenticatorChain built = chain.withMaxAuthorizationLength(limit);
    assertThatResult(built.authenticate(request("x".repeat(limit)))).isAuthenticatedAs("any");
    assertThatResult(built.authenticate(request("x".repeat(limit + 1))))
        .isRejected(Reason.OVERSIZED);
    assertThatResult(built.authenticate(request(" ".repeat(limit + 1))))
        .isRejected(Reason.OVERSIZED);
  }

  @Test
  @DisplayName("CH-5 several long ones are several")
  void severalAndLong() {
    assertMalformed(chain.authenticate(request("x".repeat(9000), "y")), Reason.SEVERAL_CREDENTIALS);
  }

  @Test
  @DisplayName("CH-5 none and one are within the limits")
  void withinLimits() {
    AuthenticatorChain built = chain;
    assertThatResult(built.authenticate(request())).isAuthenticatedAs("any");
    assertThatResult(built.authenticate(request("Basic a"))).isAuthenticatedAs("any");
    assertThat(member.asked()).isEqualTo(2);
  }
}

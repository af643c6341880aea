package com.example.token;

import static com.example.token.TokenFixture.COOKIE;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
  private static TokenFixture fixture(boolean inCookie, TransportSecurity transport) {
    return TokenFixture.in(
        environment -> environment.withTransport(transport),
        tokens -> inCookie ? tokens.inCookie() : tokens);
  }

  private static TestRequest request(boolean inCookie, String name, String token) {
    TestRequest request = TestRequest.get("/").insecure();
    return inCookie ? request.cookie(name, token) : request.authorization("Bearer " + token);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("GU-5 over plain HTTP a token is refused unchecked: 403, no challenge, its event")
  void refused(boolean inCookie) {
    TokenFixture fixture = new TokenFixture(b -> inCookie ? b.inCookie() : b);
    String good = fixture.issue().token().reveal();
    fixture.watched.forget();
    for (String token : List.of(good, good + "x", "sally_")) {
      TestRequest request = request(inCookie, COOKIE, token);
      assertThatResult(fixture.authenticator.authenticate(request.build()))
          .isRejected(Reason.INSECURE_TRANSPORT);
      AuthResponse answer = fixture.refusal(request.build());
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.body()).contains("\"code\":\"insecure_transport\"");
      assertThat(answer.header("WWW-Authenticate")).isEmpty();
    }
    assertThat(fixture.watched.calls()).isEmpty();
    assertThat(fixture.events.events(AuthEvent.AuthenticationFailed.class))
        .hasSize(3)
        .allSatisfy(event -> assertThat(event.reason()).isEqualTo("insecure_transport"));
  }

  @Test
  @DisplayName("GU-5 a bearer token of any format is refused unseen; without a token no refusal")
  void others() {
    TokenFixture fixture = new TokenFixture();
    TestRequest jwt = TestRequest.get("/").insecure().authorization("Bearer a.b.c");
    assertThatResult(fixture.authenticator.authenticate(jwt.build()))
        .isRejected(Reason.INSECURE_TRANSPORT);
    assertThat(fixture.authenticator.authenticate(TestRequest.get("/").insecure().build()))
        .isSameAs(NotAttempted.NO_CREDENTIALS);
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, localhost, , true",
    "127.0.0.1, 127.0.0.1:8080, , true",
    "::1, [::1]:8080, , true",
    "127.0.0.1, api.example, , false",
    "127.0.0.1, localhost, X-Forwarded-For, false",
    "127.0.0.1, localhost, Forwarded, false",
    "127.0.0.1, localhost, Via, false",
    "127.0.0.1, localhost, X-Real-IP, false",
    "192.0.2.1, localhost, , false",
  })
  @DisplayName("GU-5 the switch for development exempts loopback peers, and nothing behind a proxy")
  void development(String peer, String host, String mark, boolean taken) {
    for (boolean inCookie : new boolean[] {false, true}) {
      TokenFixture fixture =
          fixture(inCookie, TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT);
      TestRequest request =
          request(inCookie, "dev-token", fixture.issue().token().reveal())
              .from(peer)
              .header("Host", host);
      if (mark != null) {
        request.header(mark, "x");
      }
      if (taken) {
        assertThatResult(fixture.authenticator.authenticate(request.build()))
            .isAuthenticatedAs("alice");
      } else {
        assertThatResult(fixture.authenticator.authenticate(request.build()))
            .isRejected(Reason.INSECURE_TRANSPORT);
      }
    }
  }
}

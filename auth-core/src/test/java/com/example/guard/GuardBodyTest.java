package com.example.guard;

import static com.example.guard.Users.BASIC;
import static com.example.guard.Users.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.OriginPolicy;
import dev.sallyport.TransportSecurity;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guard says of a request that carries credentials in its body. */
class GuardBodyTest {
  private final RecordingListener events = new RecordingListener();
  private final Authenticator neverAsked =
      Authenticator.named(
          "basic",
          request -> {
            throw new AssertionError("the chain is not asked");
          },
          BASIC);
  private final AuthEnvironment environment =
      AuthEnvironment.standard()
          .withListener(events)
          .withOrigins(OriginPolicy.trusting(List.of("https://app.example")));
  private final Guard guard = Guard.of(AuthenticatorChain.of(environment, neverAsked));

  private static TestRequest login() {
    return TestRequest.post("/login").header("Host", "api.example");
  }

  private void assertRefused(AuthRequest request, String code, String reason) {
    AuthResponse response = response(guard.checkBody(request, "login"));
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).contains("\"code\":\"" + code + "\"");
    assertThat(response.header("WWW-Authenticate")).isEmpty();
    assertThat(response.header("Cache-Control")).contains("no-store");
    assertThat(events.events(AuthEvent.AuthenticationFailed.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.scheme()).isEqualTo("login");
              assertThat(event.reason()).isEqualTo(reason);
              assertThat(event.client()).isEqualTo(request.clientAddress());
            });
  }

  @Test
  @DisplayName("GU-5 credentials in a body over plain HTTP are refused, whoever sends them")
  void insecure() {
    assertRefused(
        login().insecure().header("Sec-Fetch-Site", "same-origin").build(),
        "insecure_transport",
        "insecure_transport");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, https://evil.example",
    "Origin, null",
    "Origin, http://api.example",
  })
  @DisplayName("HT-2 credentials in a body from another site's page are refused")
  void crossSite(String field, String value) {
    assertRefused(login().header(field, value).build(), "csrf", "cross_site");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "Sec-Fetch-Site, same-origin",
    "Sec-Fetch-Site, none",
    "Origin, https://api.example",
    "Origin, https://app.example",
    "X-Other, says nothing",
  })
  @DisplayName("HT-2 own pages, trusted ones, and programs that say nothing, go on as nobody")
  void passes(String field, String value) {
    Decision decision = guard.checkBody(login().header(field, value).build(), "login");
    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Proceed.class,
            proceed -> {
              assertThat(proceed.who()).isEmpty();
              assertThat(proceed.headers()).isEmpty();
            });
    assertThat(events.events()).isEmpty();
  }

  @Test
  @DisplayName("GU-5 the switch for development exempts loopback here as well")
  void development() {
    Guard local =
        Guard.of(
            AuthenticatorChain.of(
                environment.withTransport(TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT),
                neverAsked));
    TestRequest request = TestRequest.post("/login").insecure().header("Host", "localhost:8080");
    assertThat(local.checkBody(request.build(), "login")).isInstanceOf(Decision.Proceed.class);
    assertThat(local.checkBody(request.from("192.0.2.1").build(), "login"))
        .isInstanceOf(Decision.Refuse.class);
  }

  @Test
  @DisplayName("SE-5, HT-2 credentials in a cookie pass only from the site's own pages")
  void cookie() {
    for (AuthRequest own :
        List.of(
            login().header("Sec-Fetch-Site", "same-origin").build(),
            login().header("Origin", "https://app.example").build())) {
      assertThat(guard.checkCookie(own, "refresh")).isInstanceOf(Decision.Proceed.class);
    }
    for (TestRequest other :
        List.of(login(), login().header("Sec-Fetch-Site", "cross-site"), login().insecure())) {
      assertThat(guard.checkCookie(other.build(), "refresh")).isInstanceOf(Decision.Refuse.class);
    }
  }
}

package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenAuthenticator;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All ways to send a password have one count: whoever guesses finds none that is weaker. */
class OneCountTest {
  private static final String WRONG = "wrong-password";

  /** Where a password can be sent. */
  enum Way {
    BASIC,
    LOGIN,
    TOKENS,
    JWT,
    PASSWORD
  }

  private final JwtSite jwt = new JwtSite();
  private final Site site = jwt.site;
  private final AuthEndpoints endpoints =
      site.endpoints(
          site.guardOf(
              JwtAuthenticator.of(jwt.families),
              TokenAuthenticator.of(Sallyport.of(site.environment, site.users, site.tokens)),
              site.session,
              site.basic));
  private final Browser loggedIn = Browser.at(endpoints);

  @BeforeEach
  void logIn() {
    assertOk(loggedIn.login("alice"));
  }

  private AuthResponse send(Way way, String password) {
    String json = "{\"username\":\"alice\",\"password\":\"" + password + "\"}";
    return switch (way) {
      case BASIC ->
          Browser.at(endpoints).send(TestRequest.get("/auth/me").basic("alice", password), "");
      case LOGIN -> Browser.at(endpoints).post("/auth/login", json);
      case TOKENS -> Browser.at(endpoints).post("/auth/tokens", json);
      case JWT -> Browser.at(endpoints).post("/auth/jwt", json);
      case PASSWORD -> loggedIn.changePassword(password, "looking-glass-1871");
    };
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("TH-1, ASVS 6.3.4: one wrong password each way, and every way has to wait")
  void everyWay(Way last) {
    for (Way way : Way.values()) {
      assertThat(send(way, WRONG).status()).as("%s", way).isIn(401, 403);
    }
    int before = site.hasher.computed();
    assertProblem(send(last, Site.PASSWORD), 429, "throttled");
    assertThat(site.hasher.computed()).isEqualTo(before);
    site.clock.advance(Duration.ofSeconds(1));
    assertThat(send(last, Site.PASSWORD).status()).isBetween(200, 204);
  }
}

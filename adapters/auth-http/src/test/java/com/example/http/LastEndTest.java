package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.faults;
import static com.example.http.Answers.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is made with a credential ends no later than that credential's own last end. */
class LastEndTest {
  private static final String TEN_YEARS = "{\"expires_in\":315360000}";

  private final JwtSite jwts = new JwtSite();
  private final Site site = jwts.site;
  private final Tokens tokens =
      Tokens.builder(
              Sallyport.of(
                  AuthEnvironment.standard().withClock(site.clock).withListener(site.listener),
                  site.users,
                  site.tokens))
          .build();
  private final AuthEndpoints endpoints =
      site.endpoints(
          site.guardOf(
              JwtAuthenticator.of(jwts.families),
              TokenAuthenticator.of(tokens),
              site.basic,
              site.session));

  private static AuthResponse make(Browser browser, String json) {
    return browser.post("/auth/tokens", json);
  }

  private static JsonNode made(Browser browser, String json) {
    AuthResponse made = make(browser, json);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    TokenSite.token(made);
    return json(made);
  }

  private static Instant end(JsonNode made) {
    return Instant.parse(made.path("expires_at").textValue());
  }

  private Browser bearer(String token) {
    return Browser.silentAt(endpoints).always("Authorization", "Bearer " + token);
  }

  /** A family's access token, as its last end draws near: it is refreshed until then. */
  private Browser jwt() {
    return bearer(JwtSite.access(jwts.logIn()));
  }

  private static String seconds(Duration length) {
    return "{\"expires_in\":" + length.toSeconds() + "}";
  }

  @Test
  @DisplayName("HT-1 a JWT makes nothing that outlives its login, however young that is")
  void jwtEnd() {
    Duration family = Duration.ofDays(90);
    Browser caller = jwt();
    assertProblem(make(caller, TEN_YEARS), 401, "reauthentication_required");
    assertProblem(make(caller, seconds(family.plusSeconds(1))), 401, "reauthentication_required");
    assertThat(tokens.list("id-of-alice")).isEmpty();
    Instant last = site.clock.instant().plus(family);
    assertThat(end(made(caller, "{}"))).isBeforeOrEqualTo(last).isAfter(last.minusSeconds(1));
    Instant hour = site.clock.instant().plus(Duration.ofHours(1));
    assertThat(end(made(caller, seconds(Duration.ofHours(1))))).isEqualTo(hour);
  }

  @Test
  @DisplayName("HT-1 a JWT whose login has ended makes nothing; what it made ends as it would have")
  void loggedOut() {
    Browser caller = jwt();
    JsonNode child = made(caller, "{}");
    assertThat(caller.post("/auth/logout").status()).isEqualTo(204);
    assertProblem(make(caller, "{}"), 401, "invalid_token");
    Browser byChild = bearer(child.path("token").textValue());
    assertOk(byChild.me());
    assertProblem(make(byChild, TEN_YEARS), 401, "reauthentication_required");
    assertThat(end(made(byChild, "{}"))).isEqualTo(end(child));
  }

  @Test
  @DisplayName("HT-1 a token that a restricted JWT makes has its scopes and its end")
  void scopedJwt() {
    String access =
        jwts.families
            .start(
                site.users.findByName("alice").orElseThrow(),
                site.clock.instant(),
                new Client(InetAddress.getLoopbackAddress(), ""),
                Set.of("account", "read"))
            .orElseThrow()
            .accessToken()
            .reveal();
    Secrets.remember(access);
    Browser caller = bearer(access);
    assertProblem(make(caller, TEN_YEARS), 401, "reauthentication_required");
    JsonNode child = made(caller, "{}");
    assertThat(child.path("scopes").toString()).isEqualTo("[\"account\",\"read\"]");
  }

  @Test
  @DisplayName("HT-1 a session makes what outlives it for 15 minutes from its login, and then not")
  void sessionEnd() {
    Browser page = Browser.at(endpoints);
    page.login("alice");
    Instant last = site.clock.instant().plus(Duration.ofHours(8));
    site.clock.advance(Duration.ofMinutes(15).minusMillis(1));
    assertThat(end(made(page, TEN_YEARS)))
        .isEqualTo(site.clock.instant().plus(Duration.ofDays(3650)));
    site.clock.advance(Duration.ofMillis(1));
    assertProblem(make(page, TEN_YEARS), 401, "reauthentication_required");
    Duration rest = Duration.between(site.clock.instant(), last);
    assertProblem(make(page, seconds(rest.plusSeconds(1))), 401, "reauthentication_required");
    assertThat(end(made(page, seconds(rest)))).isEqualTo(last);
    assertThat(end(made(page, "{}"))).isEqualTo(last);
  }

  @Test
  @DisplayName("HT-1 neither a new id nor a new password gives a session another end")
  void renewedSession() {
    Browser page = Browser.at(endpoints);
    page.login("alice");
    Instant last = site.clock.instant().plus(Duration.ofHours(8));
    site.clock.advance(Duration.ofMinutes(20));
    page.changePassword(Site.PASSWORD, "looking-glass-1871");
    assertProblem(make(page, TEN_YEARS), 401, "reauthentication_required");
    assertThat(end(made(page, "{}"))).isEqualTo(last);
  }

  @Test
  @DisplayName("HT-1 who sends the password with the request makes a token of any length")
  void password() {
    Instant last = site.clock.instant().plus(Duration.ofDays(3650));
    assertThat(end(made(Browser.silentAt(endpoints), TokenSite.json(",\"expires_in\":315360000"))))
        .isEqualTo(last);
  }

  @Test
  @DisplayName("HT-1 no scopes at all are refused; null in an answer stands for no restriction")
  void scopes() {
    assertThat(faults(make(Browser.silentAt(endpoints), TokenSite.json(",\"scopes\":[]"))))
        .containsExactly("scopes required");
    Browser page = Browser.at(endpoints);
    page.login("alice");
    assertThat(faults(make(page, "{\"scopes\":[]}"))).containsExactly("scopes required");
    JsonNode free = made(page, "{}");
    assertThat(free.path("scopes").isNull()).isTrue();
    made(page, "{\"scopes\":[\"read\"]}");
    JsonNode listed = assertOk(page.get("/auth/tokens")).path("tokens");
    assertThat(listed.get(0).path("scopes").isNull()).isTrue();
    assertThat(listed.get(1).path("scopes").toString()).isEqualTo("[\"read\"]");
    assertThat(assertOk(page.me()).path("scopes").isNull()).isTrue();
    assertThat(assertOk(jwt().me()).path("scopes").isNull()).isTrue();
    assertThat(assertOk(bearer(free.path("token").textValue()).me()).path("scopes").isNull())
        .isTrue();
  }
}

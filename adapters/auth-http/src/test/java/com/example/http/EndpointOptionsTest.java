package com.example.http;

import static com.example.http.Answers.FORGET;
import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Endpoints that are left out, and those that need more than they do by default. */
class EndpointOptionsTest {
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final String SIGN_UP =
      "{\"username\":\"bob\",\"password\":\"" + Site.PASSWORD + "\"}";
  private static final String CHANGE =
      "{\"current_password\":\"" + Site.PASSWORD + "\",\"new_password\":\"looking-glass-1871\"}";

  private final Site site = new Site();

  @BeforeEach
  void user() {
    site.user("alice");
  }

  private Browser loggedIn(UnaryOperator<AuthEndpoints.Builder> options) {
    Browser browser =
        Browser.at(options.apply(AuthEndpoints.builder(site.accounts, site.guard)).build());
    assertOk(browser.login("alice"));
    return browser;
  }

  private Browser careful() {
    return loggedIn(builder -> builder.endingSessions(Permission.authenticatedWithin(LIMIT)));
  }

  private static JsonNode list(Browser browser) {
    return assertOk(browser.get("/auth/sessions")).path("sessions");
  }

  private static String other(Browser browser) {
    for (JsonNode session : list(browser)) {
      if (!session.path("current").booleanValue()) {
        return "/auth/sessions/" + session.path("id").textValue();
      }
    }
    throw new AssertionError("no other session");
  }

  @Test
  @DisplayName(
      "HT register is 404 where it is left out, for taken names as well; the rest is there")
  void withoutRegistration() {
    Browser browser = loggedIn(AuthEndpoints.Builder::withoutRegistration);
    assertProblem(browser.post("/auth/register", SIGN_UP), 404, "not_found");
    assertProblem(
        browser.post("/auth/register", SIGN_UP.replace("bob", "alice")), 404, "not_found");
    assertThat(site.users.findByName("bob")).isEmpty();
    assertThat(browser.post("/auth/password", CHANGE).status()).isEqualTo(204);
    assertDone(browser.post("/auth/logout-all"), FORGET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/auth/register", "/auth/password", "/auth/logout-all"})
  @DisplayName("HT whatever writes users is 404 where they are changed elsewhere")
  void readOnlyUsers(String path) {
    Browser browser = loggedIn(AuthEndpoints.Builder::readOnlyUsers);
    assertProblem(browser.post(path, "{}"), 404, "not_found");
    assertOk(browser.me());
  }

  @Test
  @DisplayName(
      "HT sessions end after a recent login alone, to the millisecond, where that is asked")
  void recentLogin() {
    Browser browser = careful();
    site.loggedIn("alice");
    String other = other(browser);
    site.clock.advance(LIMIT);
    assertProblem(browser.delete(other), 401, "reauthentication_required");
    assertProblem(browser.post("/auth/logout-all"), 401, "reauthentication_required");
    assertThat(list(browser)).hasSize(2);

    assertOk(browser.login("alice"));
    site.clock.advance(LIMIT.minusMillis(1));
    assertDone(browser.delete(other));
    assertThat(list(browser)).hasSize(1);
    assertDone(browser.post("/auth/logout-all"), FORGET);
  }

  @Test
  @DisplayName("HT logout needs no recent login, nor does the password, which proves it itself")
  void alwaysOpen() {
    Browser browser = careful();
    site.clock.advance(LIMIT);
    assertThat(browser.post("/auth/password", CHANGE).status()).isEqualTo(204);
    assertDone(browser.post("/auth/logout"), FORGET);
  }

  @Test
  @DisplayName("HT by default any login ends sessions, however long ago it was")
  void byDefault() {
    Browser browser = loggedIn(builder -> builder);
    site.loggedIn("alice");
    site.clock.advance(LIMIT);
    assertDone(browser.delete(other(browser)));
  }
}

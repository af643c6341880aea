package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.Challenge;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.store.User;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A scheme of somebody else's, whose credentials are restricted, or of somebody elsewhere. */
class ScopesTest {
  private static final Challenge KEY = Challenge.of("Key", "api");
  private static final String PASSWORDS =
      "{\"current_password\":\"wonderland-1865\",\"new_password\":\"looking-glass-1871\"}";

  private final Site site = new Site();
  private final User alice = site.user("alice");

  /** The endpoints that manage an account. */
  static List<Function<Browser, AuthResponse>> management() {
    return List.of(
        browser -> browser.get("/auth/sessions"),
        browser -> browser.delete("/auth/sessions/AAAAAAAAAAAAAAAA"),
        browser -> browser.post("/auth/logout-all"),
        browser -> browser.post("/auth/password", PASSWORDS));
  }

  private Browser as(Authenticated.Builder who) {
    Authenticated always = who.challenge(KEY).build();
    return Browser.at(
        site.endpoints(
            site.guardOf(Authenticator.named("key", request -> always, KEY), site.session)));
  }

  private Authenticated.Builder alice() {
    return Authenticated.builder(alice.principal(), "key").credentialId("1").epoch(alice.epoch());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("management")
  @DisplayName(
      "HT-1 with scopes but not 'account' the account is out of reach: 403, nothing changes")
  void withoutScope(Function<Browser, AuthResponse> call) {
    Browser session = site.loggedIn("alice");
    for (Set<String> scopes :
        List.of(Set.<String>of(), Set.of("read"), Set.of("accounts", "ACCOUNT"))) {
      AuthResponse response = call.apply(as(alice().scopes(scopes)));
      assertProblem(response, 403, "insufficient_scope");
      assertThat(header(response, "WWW-Authenticate"))
          .contains("Key realm=\"api\", error=\"insufficient_scope\", scope=\"account\"");
    }
    assertOk(session.me());
    assertOk(site.browser().login("alice"));
  }

  @Test
  @DisplayName("HT-1 with the scope 'account', or with none at all, the account can be managed")
  void withScope() {
    for (Set<String> scopes : List.of(Set.of("account"), Set.of("read", "account"))) {
      assertManages(as(alice().scopes(scopes)));
    }
    assertManages(as(alice()));
    Browser session = site.loggedIn("alice");
    assertDone(as(alice().scopes(Set.of("account"))).post("/auth/password", PASSWORDS));
    assertProblem(session.me(), 401, "authentication_required");
  }

  private void assertManages(Browser browser) {
    Browser session = site.loggedIn("alice");
    assertThat(assertOk(browser.get("/auth/sessions")).path("sessions")).isNotEmpty();
    assertProblem(browser.delete("/auth/sessions/AAAAAAAAAAAAAAAA"), 404, "not_found");
    assertDone(browser.post("/auth/logout-all"));
    assertProblem(session.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT-1 me needs no scope, shows them, and has no csrf_token beside another's session")
  void me() {
    Browser browser = as(alice().scopes(Set.of("b", "a")));
    assertOk(browser.login("alice"));
    assertThat(browser.cookie()).isNotEmpty();
    assertThat(assertOk(browser.me()).toString())
        .isEqualTo(
            "{\"id\":\"id-of-alice\",\"username\":\"alice\",\"roles\":[],\"scheme\":\"key\","
                + "\"scopes\":[\"a\",\"b\"],\"authenticated_at\":null}");
  }

  @Test
  @DisplayName(
      "HT logout-all by another scheme leaves the browser's cookie alone, which is worthless")
  void otherScheme() {
    Browser browser = as(alice());
    assertOk(browser.login("alice"));
    assertDone(browser.post("/auth/logout-all", "{\"keep_current\":true}"));
    assertProblem(site.browser().plant(browser.cookie()).me(), 401, "authentication_required");
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("management")
  @DisplayName("JW-5 a principal without an account here is 403 no_local_account everywhere")
  void noLocalAccount(Function<Browser, AuthResponse> call) {
    Browser session = site.loggedIn("alice");
    for (Authenticated.Builder who :
        List.of(
            Authenticated.builder(alice.principal(), "key"),
            Authenticated.builder(alice.principal(), "key").scopes(Set.of("account")))) {
      Browser foreign = as(who);
      assertProblem(call.apply(foreign), 403, "no_local_account");
      assertProblem(foreign.me(), 403, "no_local_account");
    }
    assertOk(session.me());
  }
}

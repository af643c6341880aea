package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.SetCookie;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cookie of a scheme of somebody else's, of which the endpoints know nothing. */
class OwnCookieTest {
  private static final String COOKIE = "__Host-badge";
  private static final String FORGET =
      COOKIE + "=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax";
  private static final String NEXT = "looking-glass-1871";

  private final Site site = new Site();

  /** Takes a username and an epoch, which count as proof in a test. */
  private record Badges(CredentialStore users) implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      return request.cookies(COOKIE).stream()
          .findFirst()
          .flatMap(this::holder)
          .orElse(NotAttempted.NO_CREDENTIALS);
    }

    private Optional<AuthResult> holder(String badge) {
      String[] parts = badge.split("[.]", 2);
      return users
          .findByName(parts[0])
          .filter(user -> parts[1].equals(Long.toString(user.epoch())))
          .map(
              user ->
                  Authenticated.builder(user.principal(), name())
                      .credentialId("badge-of-" + user.name())
                      .epoch(user.epoch())
                      .build());
    }

    @Override
    public List<SetCookie> expiredCookies() {
      return List.of(SetCookie.forHost(COOKIE, "").expired());
    }

    @Override
    public String name() {
      return "badge";
    }
  }

  @BeforeEach
  void users() {
    site.user("alice");
  }

  private AuthEndpoints endpoints(String name) {
    Authenticator badges = new Badges(site.users);
    return site.endpoints(
        site.guard(name.equals("badge") ? badges : Authenticator.named(name, badges)));
  }

  private static Browser withBadge(AuthEndpoints endpoints) {
    Browser browser = Browser.at(endpoints).plant(COOKIE, "alice.0");
    assertOk(browser.me());
    return browser;
  }

  @ParameterizedTest
  @ValueSource(strings = {"badge", "renamed"})
  @DisplayName("HT-4 logout-all has the browser forget the cookie that authenticated")
  void logoutAll(String name) {
    Browser browser = withBadge(endpoints(name));
    assertDone(browser.post("/auth/logout-all"), FORGET);
    assertProblem(browser.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT-4 keep_current keeps sessions only: the cookie of another scheme is forgotten")
  void keepCurrent() {
    Browser browser = withBadge(endpoints("badge"));
    assertDone(browser.post("/auth/logout-all", "{\"keep_current\":true}"), FORGET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"badge", "renamed"})
  @DisplayName("HT-4 a new password has the browser forget the cookie that authenticated")
  void password(String name) {
    Browser browser = withBadge(endpoints(name));
    assertProblem(browser.changePassword("wrong", NEXT), 403, "wrong_password");
    assertOk(browser.me());
    assertDone(browser.changePassword(Site.PASSWORD, NEXT), FORGET);
    assertProblem(browser.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT-4 a cookie that did not authenticate stays")
  void another() {
    AuthEndpoints endpoints = endpoints("badge");
    Browser session = Browser.at(endpoints);
    session.login("alice");
    session.plant(COOKIE, "alice.0");
    assertDone(session.post("/auth/logout-all"), Answers.FORGET);
    TestRequest basic = TestRequest.post("/auth/logout-all").basic("alice", Site.PASSWORD);
    AuthResponse byBasic = Browser.at(endpoints).plant(COOKIE, "alice.1").send(basic, "");
    assertDone(byBasic);
  }
}

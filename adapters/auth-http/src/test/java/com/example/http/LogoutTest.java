package com.example.http;

import static com.example.http.Answers.FORGET;
import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.example.http.Site.Order;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.Logout;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.SetCookie;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.Guard;
import dev.sallyport.testkit.TestRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogoutTest {
  private final Site site = new Site();

  /** A second scheme whose credentials can be ended. */
  private record Badge(Supplier<Logout> plan) implements Authenticator {
    static final SetCookie FORGOTTEN = SetCookie.forHost("__Host-badge", "").expired();

    @Override
    public AuthResult authenticate(AuthRequest request) {
      return NotAttempted.NO_CREDENTIALS;
    }

    @Override
    public Logout planLogout(AuthRequest request) {
      return plan.get();
    }

    @Override
    public String name() {
      return "badge";
    }
  }

  private static Badge counting(AtomicInteger ended) {
    return new Badge(() -> Logout.of(ended::incrementAndGet, Badge.FORGOTTEN));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("HT logout is 204 and expires the cookie; the session is over; again it is 204")
  void logsOut(Order order) {
    Site site = new Site(order);
    site.user("alice");
    Browser other = site.loggedIn("alice");
    Browser browser = site.loggedIn("alice");
    Browser thief = site.browser().plant(browser.cookie());
    assertDone(browser.post("/auth/logout"), FORGET);
    assertThat(browser.cookie()).isEmpty();
    assertProblem(browser.me(), 401, "authentication_required");
    assertProblem(thief.me(), 401, "authentication_required");
    assertOk(other.me());
    assertThat(site.listener.events(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::userId, AuthEvent.Ended::why)
        .containsExactly(tuple("id-of-alice", "logout"));
    assertDone(browser.post("/auth/logout"), FORGET);
    assertDone(thief.post("/auth/logout"), FORGET);
    assertThat(site.listener.events(AuthEvent.Ended.class)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic YWxpY2U6d3Jvbmc=",
        "Basic YWxpY2U6d29uZGVybGFuZC0xODY1",
        "Basic !!!",
        "Bearer x",
        "Digest y",
        ""
      })
  @DisplayName("HT logout with credentials that can't be ended or are wrong is 204, without a hash")
  void otherCredentials(String authorization) {
    site.user("alice");
    int before = site.hasher.computed();
    for (String cookie : List.of("A".repeat(43), "malformed", "a; __Host-session=b")) {
      Browser browser = site.browser().always("Authorization", authorization).plant(cookie);
      assertDone(browser.post("/auth/logout"), FORGET);
    }
    assertThat(site.hasher.computed()).isEqualTo(before);
  }

  @Test
  @DisplayName("HT, EV-1 a refused logout and one that the store failed raise their events")
  void events() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    Browser foreign = browser.silent().always("Sec-Fetch-Site", "cross-site");
    assertProblem(foreign.post("/auth/logout"), 403, "csrf");
    assertThat(site.listener.events(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::scheme, AuthEvent.AuthenticationFailed::reason)
        .containsExactly(tuple("session", "cross_site"));
    site.tokenCalls.down = true;
    assertProblem(browser.post("/auth/logout"), 503, "temporarily_unavailable");
    assertThat(site.listener.events(AuthEvent.StoreOutage.class))
        .extracting(AuthEvent.StoreOutage::during)
        .containsExactly("logout");
  }

  @Test
  @DisplayName("HT a session scheme under another name logs in and out all the same")
  void renamed() throws Exception {
    site.user("alice");
    Guard guard = site.guardOf(Authenticator.named("cookies", site.session));
    Browser browser = Browser.at(site.endpoints(guard));
    assertThat(browser.login("alice").status()).isEqualTo(200);
    assertOk(browser.me());
    assertDone(browser.post("/auth/logout"), FORGET);
    assertThat(browser.me().status()).isEqualTo(403);
  }

  @Test
  @DisplayName("HT logout ends the session also where wrong Basic credentials come along")
  void endsBesideWrongBasic() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    Browser same = site.browser().plant(browser.cookie());
    assertDone(same.always("Authorization", "Basic !!!").post("/auth/logout"), FORGET);
    assertProblem(browser.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("HT logout needs no Content-Type and looks at no body")
  void body() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    assertDone(browser.post("/auth/logout", "{\"a\":1,\"a\":"), FORGET);
  }

  @ParameterizedTest
  @CsvSource({
    "Sec-Fetch-Site,cross-site",
    "Sec-Fetch-Site,same-site",
    "Origin,https://evil.example",
    "Origin,null",
    "X-Unrelated,x",
    "X-CSRF-Token,wrong"
  })
  @DisplayName(
      "SE-5 logout with a live cookie from another site, or without a token: 403, all lives")
  void crossSite(String name, String value) {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    AtomicInteger ended = new AtomicInteger();
    for (Guard guard :
        List.of(
            site.guard(counting(ended)),
            site.guardOf(counting(ended), site.session, site.basic),
            site.guardOf(site.session, counting(ended)))) {
      Browser elsewhere =
          Browser.silentAt(site.endpoints(guard)).plant(browser.cookie()).always(name, value);
      assertProblem(elsewhere.post("/auth/logout"), 403, "csrf");
    }
    assertThat(ended).hasValue(0);
    assertOk(browser.me());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("HT logout that another scheme refuses ends no session, wherever it stands")
  void anotherRefuses(boolean first) {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    Badge refusing = new Badge(() -> Logout.refused(Rejected.of("badge", Reason.CROSS_SITE)));
    Guard guard = first ? site.guardOf(refusing, site.session) : site.guard(refusing);
    Browser same = Browser.at(site.endpoints(guard)).plant(browser.cookie());
    assertProblem(same.post("/auth/logout"), 403, "csrf");
    assertOk(browser.me());
  }

  @Test
  @DisplayName("HT logout asks every scheme and ends what each recognises, in chain order")
  void twoPlanners() {
    site.user("alice");
    AtomicInteger ended = new AtomicInteger();
    Browser browser = Browser.at(site.endpoints(site.guard(counting(ended))));
    assertOk(browser.login("alice"));
    Browser thief = site.browser().plant(browser.cookie());
    assertDone(browser.post("/auth/logout"), FORGET, Badge.FORGOTTEN.header());
    assertThat(ended).hasValue(1);
    assertProblem(thief.me(), 401, "authentication_required");
  }

  @Test
  @DisplayName("SE-5 the session's own csrf_token in X-CSRF-Token lets a logout pass, no other's")
  void token() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    String foreign = token(site.loggedIn("alice"));
    assertProblem(
        browser.silent().always("X-CSRF-Token", foreign).post("/auth/logout"), 403, "csrf");
    String own = token(browser);
    assertDone(browser.silent().always("X-CSRF-Token", own).post("/auth/logout"), FORGET);
  }

  private static String token(Browser browser) {
    return assertOk(browser.me()).path("csrf_token").textValue();
  }

  @Test
  @DisplayName(
      "CH-6 logout while the store is down is 503: no cookie is cleared, nothing has ended")
  void outage() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    AtomicInteger ended = new AtomicInteger();
    Browser same =
        Browser.at(site.endpoints(site.guardOf(counting(ended), site.session)))
            .plant(browser.cookie());
    site.tokenCalls.down = true;
    assertProblem(same.post("/auth/logout"), 503, "temporarily_unavailable");
    assertThat(ended).hasValue(0);
    site.tokenCalls.down = false;
    site.tokenCalls.fallAt("remove");
    assertProblem(browser.post("/auth/logout"), 503, "temporarily_unavailable");
    site.tokenCalls.down = false;
    assertOk(browser.me());
    assertDone(browser.post("/auth/logout"), FORGET);
  }

  @Test
  @DisplayName("CH-6 an outage of a second scheme is 503, and the client may ask again")
  void outageOfSecond() {
    site.user("alice");
    Badge broken =
        new Badge(
            () ->
                Logout.of(
                    () -> {
                      throw new StoreUnavailableException("down");
                    }));
    Browser browser = Browser.at(site.endpoints(site.guard(broken)));
    assertOk(browser.login("alice"));
    assertProblem(browser.post("/auth/logout"), 503, "temporarily_unavailable");
    assertThat(browser.cookie()).isNotEmpty();
  }

  @Test
  @DisplayName("GU-5 logout with a cookie over plain HTTP is 403, and ends nothing")
  void insecure() {
    site.user("alice");
    Browser browser = site.loggedIn("alice");
    assertProblem(
        browser.send(TestRequest.post("/auth/logout").insecure(), ""), 403, "insecure_transport");
    assertOk(browser.me());
    assertDone(site.browser().send(TestRequest.post("/auth/logout").insecure(), ""), FORGET);
  }

  @Test
  @DisplayName("HT logout is there and 204 where no scheme of the chain can end anything")
  void nothingToEnd() {
    Browser browser = Browser.at(site.endpoints(site.guardOf(site.basic)));
    assertDone(browser.post("/auth/logout"));
  }
}

package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.cookie;
import static com.example.drf.Site.get;
import static com.example.drf.Site.guard;
import static com.example.drf.Site.post;
import static com.example.drf.Site.refused;
import static com.example.drf.Site.says;
import static com.example.drf.Site.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.OriginPolicy;
import dev.sallyport.account.AccountResult;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.password.Password;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as in DRF's SessionAuthentication and in Django. */
class DrfSessionTest {
  private final Site site = new Site();
  private final Guard guard = guard(site.session, site.token, site.basic);

  private String says(TestRequest request) {
    return Site.says(guard, request);
  }

  @Test
  @DisplayName("DO-3 where the session authenticates, an unsafe request needs the CSRF token")
  void csrf() {
    AuthRequest login = TestRequest.post("/login").build();
    var started = (SessionResult.Started) site.sessions.start(site.verified("alice"), login);
    String cookie = cookie(started);
    assertThat(says(post().header("Cookie", cookie))).isEqualTo("403 csrf");
    assertThat(says(post().header("Cookie", cookie).header("X-CSRF-Token", "guess")))
        .isEqualTo("403 csrf");
    TestRequest ownPage =
        post().header("Cookie", cookie).header("X-CSRF-Token", started.csrfToken().reveal());
    assertThat(says(ownPage)).isEqualTo("200 alice");
    TestRequest form =
        post().header("Cookie", cookie).form("csrf_token", started.csrfToken().reveal());
    assertThat(says(form)).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 a safe request needs none, and neither does an anonymous one")
  void noCsrf() {
    assertThat(says(get().header("Cookie", site.cookieOf("alice")))).isEqualTo("200 alice");
    assertThat(Site.says(guard, post(), Permission.anyone())).isEqualTo("200 anonymous");
  }

  @Test
  @DisplayName("DO-3 a failed CSRF check stops the chain")
  void csrfStops() {
    TestRequest both =
        post()
            .header("Cookie", site.cookieOf("alice"))
            .authorization("Token " + site.tokenOf(site.bob));
    assertThat(says(both)).isEqualTo("403 csrf");
  }

  @Test
  @DisplayName("DO-3 CSRF_TRUSTED_ORIGINS: a front-end on a host of its own")
  void trustedOrigins() {
    AuthEnvironment trustful =
        site.environment.withOrigins(OriginPolicy.trusting(List.of("https://app.example")));
    SessionAuthenticator trusting =
        SessionAuthenticator.of(
            Sessions.builder(Sallyport.of(trustful, site.users, site.store)).build());
    TestRequest request =
        post().header("Cookie", site.cookieOf("alice")).header("Origin", "https://app.example");
    assertThat(Site.says(guard(trusting), request)).isEqualTo("200 alice");
    assertThat(says(request)).isEqualTo("403 csrf");
  }

  @Test
  @DisplayName("DO-3 a session that is over or unknown, or an inactive user's: the next is asked")
  void staleGoesOn() {
    TestRequest over = get().header("Cookie", site.cookieOf("alice")).basic("bob", PASSWORD);
    TestRequest inactive = get().header("Cookie", site.cookieOf("bob")).basic("alice", PASSWORD);
    TestRequest unknown = get().cookie("__Host-session", "A".repeat(43)).basic("alice", PASSWORD);
    assertThat(says(over)).isEqualTo("200 alice");
    site.clock.advance(Duration.ofHours(8));
    assertThat(says(over)).isEqualTo("200 bob");
    site.accounts.deactivate(site.bob.id());
    assertThat(says(inactive)).isEqualTo("200 alice");
    assertThat(says(unknown)).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 sessions alone, without a challenge: 403 and no WWW-Authenticate")
  void sessionOnly() {
    SessionAuthenticator bare =
        SessionAuthenticator.builder(site.sessions).withoutChallenge().build();
    AuthResponse response = refused(guard(bare), get());
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.header("WWW-Authenticate")).isEmpty();
  }

  @Test
  @DisplayName("DO-3 a login makes a new id, and ends the one that the browser had")
  void newId() {
    String before = site.cookieOf("alice");
    AuthRequest again = TestRequest.post("/login").header("Cookie", before).build();
    String after =
        cookie((SessionResult.Started) site.sessions.start(site.verified("alice"), again));
    assertThat(after).isNotEqualTo(before);
    assertThat(says(get().header("Cookie", before))).startsWith("401 ");
    assertThat(says(get().header("Cookie", after))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 logout ends this session and no other")
  void logout() {
    String one = site.cookieOf("alice");
    String other = site.cookieOf("alice");
    site.sessions.end(post().header("Cookie", one).build());
    assertThat(says(get().header("Cookie", one))).startsWith("401 ");
    assertThat(says(get().header("Cookie", other))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 a new password ends the user's sessions; one's own can go on")
  void newPassword() {
    String elsewhere = site.cookieOf("alice");
    TestRequest own = get().header("Cookie", site.cookieOf("alice"));
    Authenticated alice = who(guard, own);
    AccountResult change =
        site.accounts.changePassword(
            site.alice.id(),
            Password.of(PASSWORD),
            Password.of("looking-glass-1871"),
            own.build().client(),
            alice.credentialId().orElseThrow());
    var changed = (AccountResult.Done) change;
    SessionResult.Started renewed =
        site.sessions.renew(own.build(), alice, changed.user()).orElseThrow();
    assertThat(says(get().header("Cookie", elsewhere))).startsWith("401 ");
    assertThat(says(get().header("Cookie", cookie(renewed)))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 the cookie is HttpOnly, SameSite=Lax, for all paths of this host only")
  void cookieFlags() {
    AuthRequest login = TestRequest.post("/login").build();
    var started = (SessionResult.Started) site.sessions.start(site.verified("alice"), login);
    assertThat(started.cookie().header())
        .contains("; Path=/", "; HttpOnly", "; SameSite=Lax")
        .doesNotContain("Domain");
  }

  @Test
  @DisplayName("DO-3 small things of the host's are kept in a session")
  void sessionData() {
    TestRequest alice = get().header("Cookie", site.cookieOf("alice"));
    site.sessions.updateAttributes(
        alice.build(),
        attributes -> {
          attributes.put("theme", "dark");
          return attributes;
        });
    assertThat(who(guard, alice).attributes()).containsEntry("theme", "dark");
  }
}

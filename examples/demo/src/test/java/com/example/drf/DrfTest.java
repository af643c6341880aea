package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.get;
import static com.example.drf.Site.guard;
import static com.example.drf.Site.post;
import static com.example.drf.Site.says;
import static com.example.drf.Site.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import dev.sallyport.guard.Permission;
import dev.sallyport.scheme.AuthConfiguration;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.ForcedAuthenticator;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as in DRF's list of classes and in its test client. */
class DrfTest {
  private static final Permission ANYONE = Permission.anyone();

  private final Site site = new Site();

  @Test
  @DisplayName("DO-3 the first that authenticates wins")
  void firstWins() {
    String cookie = site.cookieOf("alice");
    TestRequest both = get().header("Cookie", cookie).basic("bob", PASSWORD);
    assertThat(says(guard(site.session, site.basic), both)).isEqualTo("200 alice");
    assertThat(says(guard(site.basic, site.session), both)).isEqualTo("200 bob");
  }

  @Test
  @DisplayName("DO-3 one that fails stops the chain, also where anyone may")
  void failureStops() {
    String cookie = site.cookieOf("alice");
    TestRequest wrong = get().header("Cookie", cookie).basic("bob", "wrong-password");
    assertThat(says(guard(site.basic, site.session), wrong)).isEqualTo("401 invalid_credentials");
    assertThat(says(guard(site.basic), wrong, ANYONE)).isEqualTo("401 invalid_credentials");
    String revoked = site.tokenOf(site.bob);
    site.tokens.revokeAll(site.bob.id());
    TestRequest token = get().header("Cookie", cookie).authorization("Token " + revoked);
    assertThat(says(guard(site.token, site.session), token)).isEqualTo("401 invalid_token");
  }

  @Test
  @DisplayName("DO-3 if none authenticates the request is anonymous")
  void anonymous() {
    assertThat(says(site.guard(), get(), ANYONE)).isEqualTo("200 anonymous");
  }

  @Test
  @DisplayName("DO-3 the default is sessions, then Basic")
  void defaultChain() {
    AuthConfiguration unset =
        AuthConfiguration.builder(Map.of())
            .with(CredentialStore.class, site.users)
            .with(TokenStore.class, site.store)
            .build();
    assertThat(unset.chain().members())
        .extracting(Authenticator::name)
        .containsExactly("session", "basic");
  }

  /** A class of one's own: none, a pair, or an exception there; three results here. */
  private static final class ByHeader implements Authenticator {
    @Override
    public AuthResult authenticate(AuthRequest request) {
      return switch (String.join(",", request.headers("X-Robot"))) {
        case "" -> NotAttempted.NO_CREDENTIALS;
        case "r2" ->
            Authenticated.builder(new Principal("robot:1", "r2", Set.of()), name()).build();
        default -> Rejected.of(name(), Reason.MALFORMED);
      };
    }

    @Override
    public String name() {
      return "robot";
    }
  }

  @Test
  @DisplayName("DO-3 a scheme of one's own: not mine, this is who it is, or refused")
  void ownScheme() {
    Authenticator robots = new ByHeader();
    TestRequest alice = get().basic("alice", PASSWORD);
    assertThat(says(guard(robots, site.basic), alice)).isEqualTo("200 alice");
    assertThat(says(guard(robots, site.basic), get().header("X-Robot", "r2"))).isEqualTo("200 r2");
    assertThat(says(guard(robots, site.basic), alice.header("X-Robot", "c3")))
        .isEqualTo("401 malformed_credentials");
  }

  @Test
  @DisplayName("DO-3 a route can have schemes of its own")
  void schemesOfRoute() {
    TestRequest alice = get().basic("alice", PASSWORD);
    assertThat(says(guard(site.basic), alice)).isEqualTo("200 alice");
    assertThat(says(guard(site.token), alice)).isEqualTo("401 authentication_required");
  }

  @Test
  @DisplayName("DO-3 AllowAny, IsAuthenticated, IsAuthenticatedOrReadOnly, by route")
  void permissions() {
    Permission readOnly = Permission.authenticatedOrReadOnly();
    assertThat(says(site.guard(), post(), ANYONE)).isEqualTo("200 anonymous");
    assertThat(says(site.guard(), get(), Permission.authenticated())).startsWith("401 ");
    assertThat(says(site.guard(), get(), readOnly)).isEqualTo("200 anonymous");
    assertThat(says(site.guard(), post(), readOnly)).startsWith("401 ");
    assertThat(says(site.guard(), post().basic("alice", PASSWORD), readOnly))
        .isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 permissions combine: both, either, not")
  void combined() {
    Permission in = Permission.authenticated();
    Permission staff = Permission.role("staff");
    TestRequest alice = get().basic("alice", PASSWORD);
    assertThat(says(site.guard(), alice, in.and(staff.not()))).isEqualTo("200 alice");
    assertThat(says(site.guard(), alice, in.and(staff))).isEqualTo("403 forbidden");
    assertThat(says(site.guard(), alice, staff.or(in))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 authenticated but not allowed is 403")
  void notAllowed() {
    TestRequest alice = get().basic("alice", PASSWORD);
    assertThat(says(site.guard(), alice, Permission.role("staff"))).isEqualTo("403 forbidden");
  }

  @Test
  @DisplayName("DO-3 who it is, and by what: nothing more for Basic, the token for a token")
  void userAndAuth() {
    Authenticated byPassword = who(site.guard(), get().basic("alice", PASSWORD));
    assertThat(byPassword.principal().id()).isEqualTo(site.alice.id());
    assertThat(byPassword.credentialId()).isEmpty();
    String token = site.tokenOf(site.alice, NewToken.labelled("ci"));
    Authenticated byToken = who(site.guard(), get().authorization("Token " + token));
    assertThat(byToken.principal()).isEqualTo(byPassword.principal());
    assertThat(byToken.credentialId()).contains(site.tokens.list(site.alice.id()).get(0).id());
    assertThat(byToken.attributes()).containsEntry("label", "ci");
  }

  @Test
  @DisplayName("DO-3 which scheme it was")
  void scheme() {
    assertThat(who(site.guard(), get().basic("alice", PASSWORD)).scheme()).isEqualTo("basic");
    TestRequest token = get().authorization("Token " + site.tokenOf(site.alice));
    assertThat(who(site.guard(), token).scheme()).isEqualTo("token");
  }

  @Test
  @DisplayName("DO-3 force_authenticate: be alice, without a password")
  void forceAuthenticate() {
    assertThat(says(guard(ForcedAuthenticator.as("alice")), post())).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 credentials(HTTP_AUTHORIZATION=…): a request of a test with a header")
  void credentials() {
    TestRequest request = get().authorization("Token " + site.tokenOf(site.alice));
    assertThat(says(site.guard(), request)).isEqualTo("200 alice");
  }
}

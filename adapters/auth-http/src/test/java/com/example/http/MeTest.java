package com.example.http;

import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.Authenticated;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.Principal;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MeTest {
  private final Site site = new Site();

  private AuthResponse me(Authenticated who) throws IOException {
    Guard guard = Guard.of(AuthenticatorChain.of(Authenticator.named("key", request -> who)));
    return AuthEndpoints.of(site.accounts, guard)
        .handle(TestRequest.get("/auth/me").build(), new ByteArrayInputStream(new byte[0]));
  }

  @Test
  @DisplayName("HT me tells who a Basic request is from, with roles sorted and no-store")
  void tells() throws IOException {
    site.user("alice", "writer", "admin", "reader");
    AuthResponse response = site.call(TestRequest.get("/auth/me").basic("alice", Site.PASSWORD));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body())
        .isEqualTo(
            "{\"id\":\"id-of-alice\",\"username\":\"alice\","
                + "\"roles\":[\"admin\",\"reader\",\"writer\"],\"scheme\":\"basic\","
                + "\"scopes\":null,\"authenticated_at\":\"2030-01-01T00:00:00Z\"}");
    assertThat(response.header("Content-Type")).contains("application/json");
    assertThat(response.header("Cache-Control")).contains("no-store");
  }

  @Test
  @DisplayName("HT HEAD is answered as GET; the adapter leaves the body out")
  void head() throws IOException {
    site.user("alice");
    TestRequest get = TestRequest.get("/auth/me").basic("alice", Site.PASSWORD);
    TestRequest head = TestRequest.of("HEAD", "/auth/me").basic("alice", Site.PASSWORD);
    assertThat(site.call(head)).isEqualTo(site.call(get));
  }

  @Test
  @DisplayName("HT me shows the scopes sorted, and null where no time is known")
  void scopes() throws IOException {
    AuthResponse response =
        me(
            Authenticated.builder(new Principal("7", "名前", Set.of()), "key")
                .scopes(Set.of("b", "a", "c"))
                .epoch(3)
                .build());
    assertThat(response.body())
        .isEqualTo(
            "{\"id\":\"7\",\"username\":\"名前\",\"roles\":[],\"scheme\":\"key\","
                + "\"scopes\":[\"a\",\"b\",\"c\"],\"authenticated_at\":null}");
  }

  @Test
  @DisplayName("JW-5 a principal without an account here is 403 no_local_account")
  void noLocalAccount() throws IOException {
    AuthResponse response =
        me(
            Authenticated.builder(new Principal("https://idp.example 7", "bob", Set.of()), "key")
                .authenticatedAt(Instant.EPOCH)
                .build());
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.body()).contains("\"code\":\"no_local_account\"");
    assertThat(response.header("Cache-Control")).contains("no-store");
  }

  @Test
  @DisplayName("GU-2 me without credentials is 401 with the challenge, with wrong ones as well")
  void unauthenticated() throws IOException {
    site.user("alice");
    String challenge = Challenge.of("Basic", "api").with("charset", "UTF-8").toString();
    AuthResponse none = site.call(TestRequest.get("/auth/me"));
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.body()).contains("\"code\":\"authentication_required\"");
    assertThat(header(none, "WWW-Authenticate")).contains(challenge);
    AuthResponse wrong = site.call(TestRequest.get("/auth/me").basic("alice", "wrong-password"));
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(wrong.body()).contains("\"code\":\"invalid_credentials\"");
    assertThat(header(wrong, "WWW-Authenticate")).contains(challenge);
  }

  @Test
  @DisplayName("CH-6 a store outage is 503 with Retry-After, never 401")
  void outage() throws IOException {
    site.user("alice");
    site.userCalls.down = true;
    AuthResponse response = site.call(TestRequest.get("/auth/me").basic("alice", Site.PASSWORD));
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.header("Retry-After")).contains("5");
    assertThat(response.header("WWW-Authenticate")).isEmpty();
  }

  @Test
  @DisplayName("HT me has a csrf_token by session only: not by Basic, where a cookie comes along")
  void csrfToken() throws IOException {
    site.user("alice");
    String cookie = "__Host-session=" + site.loggedIn("alice").cookie();
    AuthResponse byBasic =
        site.call(
            TestRequest.get("/auth/me").basic("alice", Site.PASSWORD).header("Cookie", cookie));
    assertThat(byBasic.body()).contains("\"scheme\":\"basic\"").doesNotContain("csrf_token");
    AuthResponse bySession = site.call(TestRequest.get("/auth/me").header("Cookie", cookie));
    assertThat(bySession.body()).containsPattern("\"csrf_token\":\"[A-Za-z0-9_-]{43}\"");
  }

  @Test
  @DisplayName(
      "CH-1 beside wrong Basic credentials the order of the chain decides over a good cookie")
  void order() throws IOException {
    for (Site.Order order : Site.Order.values()) {
      Site ordered = new Site(order);
      ordered.user("alice");
      String cookie = "__Host-session=" + ordered.loggedIn("alice").cookie();
      AuthResponse response =
          ordered.call(
              TestRequest.get("/auth/me")
                  .basic("alice", "wrong-password")
                  .header("Cookie", cookie));
      assertThat(response.status()).isEqualTo(order == Site.Order.BASIC_FIRST ? 401 : 200);
      AuthResponse stale =
          ordered.call(
              TestRequest.get("/auth/me")
                  .basic("alice", Site.PASSWORD)
                  .header("Cookie", "__Host-session=" + "A".repeat(43)));
      assertThat(stale.status()).isEqualTo(200);
    }
  }
}

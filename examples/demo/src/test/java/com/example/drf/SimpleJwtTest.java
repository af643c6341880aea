package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.challenges;
import static com.example.drf.Site.get;
import static com.example.drf.Site.guard;
import static com.example.drf.Site.post;
import static com.example.drf.Site.refused;
import static com.example.drf.Site.says;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.TokenAuthenticator;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as in djangorestframework-simplejwt. */
class SimpleJwtTest {
  private final Site site = new Site();

  private AuthResponse byPassword(String name, String password) {
    return site.call(
        TestRequest.post("/auth/tokens"),
        "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }

  @Test
  @DisplayName("DO-3 Authorization: Bearer, and its challenge with a realm")
  void bearer() {
    assertThat(site.says("Bearer " + site.tokenOf(site.alice))).isEqualTo("200 alice");
    assertThat(challenges(refused(site.guard(), get()))).contains("Bearer realm=\"api\"");
  }

  @Test
  @DisplayName("DO-3 AUTH_HEADER_TYPES: several keywords")
  void keywords() {
    TokenAuthenticator two =
        TokenAuthenticator.builder(site.tokens).keywords("Bearer", "JWT").build();
    for (String keyword : List.of("Bearer ", "JWT ")) {
      TestRequest request = get().authorization(keyword + site.tokenOf(site.alice));
      assertThat(says(guard(two), request)).isEqualTo("200 alice");
    }
  }

  @Test
  @DisplayName("DO-3 a header of one word or of three is 401; one of another scheme is another's")
  void header() {
    String token = site.tokenOf(site.alice);
    assertThat(site.says("Bearer")).isEqualTo("401 invalid_token");
    assertThat(site.says("Bearer " + token + " " + token)).isEqualTo("401 invalid_token");
    assertThat(says(site.guard(), get().basic("bob", PASSWORD))).isEqualTo("200 bob");
  }

  @Test
  @DisplayName(
      "DO-3 whoever asks for a token with a wrong password, or is inactive, reads the same")
  void noActiveAccount() {
    AuthResponse wrong = byPassword("alice", "wrong-password");
    site.accounts.deactivate(site.bob.id());
    AuthResponse inactive = byPassword("bob", PASSWORD);
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(inactive).isEqualTo(wrong);
    assertThat(byPassword("nobody", PASSWORD)).isEqualTo(wrong);
  }

  @Test
  @DisplayName("DO-3 ON_LOGIN_SUCCESS and ON_LOGIN_FAILED: events")
  void loginHooks() {
    byPassword("alice", "wrong-password");
    assertThat(site.heard(AuthEvent.AuthenticationFailed.class))
        .extracting(AuthEvent.AuthenticationFailed::subject)
        .containsExactly("alice");
    assertThat(byPassword("alice", PASSWORD).status()).isEqualTo(201);
    assertThat(site.heard(AuthEvent.LoggedIn.class)).hasSize(1);
  }

  @Test
  @DisplayName("DO-3 no CSRF check for a bearer token")
  void noCsrf() {
    TestRequest elsewhere =
        post()
            .authorization("Bearer " + site.tokenOf(site.alice))
            .header("Sec-Fetch-Site", "cross-site");
    assertThat(says(site.guard(), elsewhere)).isEqualTo("200 alice");
  }
}

package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as in django-rest-knox. */
class KnoxTest {
  private static final String WRONG = "401 invalid_token";
  private static final Duration TTL = Duration.ofHours(10);

  private final Site site = new Site();

  private AuthResponse send(String path, String token) {
    return site.call(TestRequest.post(path).authorization("Token " + token), "");
  }

  @Test
  @DisplayName("DO-3 a token for each login, by Basic; it is told once")
  void login() {
    for (int i = 0; i < 5; i++) {
      AuthResponse made = site.call(TestRequest.post("/auth/tokens").basic("alice", PASSWORD), "");
      Secrets.remember(text(made, "token"));
      assertThat(site.says("Token " + text(made, "token"))).isEqualTo("200 alice");
    }
    AuthResponse list = site.call(TestRequest.get("/auth/tokens").basic("alice", PASSWORD), "");
    assertThat(site.tokens.list(site.alice.id())).hasSize(5);
    assertThat(list.body()).doesNotContain("sally_");
  }

  @Test
  @DisplayName("DO-3 only a hash is stored")
  void hashAtRest() {
    String token = site.tokenOf(site.alice);
    TokenRecord record = site.tokens.list(site.alice.id()).get(0);
    assertThat(record.key()).isEqualTo(SecretDigest.of(token));
    assertThat(token).doesNotContain(record.id());
    assertThat(site.says("Token " + record.key().text())).isEqualTo(WRONG);
  }

  @Test
  @DisplayName("DO-3 logout ends this token only: 204")
  void logout() {
    String one = site.tokenOf(site.alice);
    String other = site.tokenOf(site.alice);
    assertThat(send("/auth/logout", one).status()).isEqualTo(204);
    assertThat(site.says("Token " + one)).isEqualTo(WRONG);
    assertThat(site.says("Token " + other)).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 logout of all ends all of mine and nobody else's: 204")
  void logoutAll() {
    String one = site.tokenOf(site.alice);
    String other = site.tokenOf(site.alice);
    String bobs = site.tokenOf(site.bob);
    assertThat(send("/auth/logout-all", one).status()).isEqualTo(204);
    assertThat(site.says("Token " + one)).isEqualTo(WRONG);
    assertThat(site.says("Token " + other)).isEqualTo(WRONG);
    assertThat(site.says("Token " + bobs)).isEqualTo("200 bob");
  }

  @Test
  @DisplayName("DO-3 TOKEN_LIMIT_PER_USER: one more is refused; those that have ended don't count")
  void limit() {
    TokenLimit two = new TokenLimit(2, TokenLimit.WhenFull.REFUSE_NEW);
    Site limited = new Site(builder -> builder.limit(two).lifetime(Lifetime.of(TTL)));
    String first = limited.tokenOf(limited.alice);
    limited.tokenOf(limited.alice);
    assertThat(limited.tokens.issue(limited.alice, NewToken.standard()))
        .isInstanceOf(TokenResult.TooMany.class);
    assertThat(limited.says("Token " + first)).isEqualTo("200 alice");
    assertThat(limited.tokenOf(limited.bob)).isNotEmpty();
    limited.clock.advance(TTL);
    assertThat(limited.tokenOf(limited.alice)).isNotEmpty();
  }

  @Test
  @DisplayName("DO-3 TOKEN_PREFIX: at most ten characters")
  void prefix() {
    Site named = new Site(builder -> builder.prefix("acme_prod_"));
    String token = named.tokenOf(named.alice);
    assertThat(token).startsWith("acme_prod_");
    assertThat(named.says("Token " + token)).isEqualTo("200 alice");
    Tokens.Builder builder = Tokens.builder(Sallyport.of(site.users, site.store));
    assertThatThrownBy(() -> builder.prefix("acme_produ_"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("DO-3 tokens from before a prefix was set go on working")
  void formerPrefix() {
    String old = site.tokenOf(site.alice);
    Tokens renamed = site.tokens(builder -> builder.prefix("acme_", "sally_"));
    TestRequest request = Site.get().authorization("Token " + old);
    assertThat(Site.says(Site.guard(TokenAuthenticator.of(renamed)), request))
        .isEqualTo("200 alice");
    assertThat(renamed.issue(site.alice, NewToken.standard()).orElseThrow().token().reveal())
        .startsWith("acme_");
  }

  @Test
  @DisplayName("DO-3 user_logged_in and user_logged_out: events")
  void signals() {
    String body = "{\"username\":\"alice\",\"password\":\"" + PASSWORD + "\"}";
    AuthResponse made = site.call(TestRequest.post("/auth/tokens"), body);
    assertThat(site.heard(AuthEvent.LoggedIn.class))
        .extracting(AuthEvent.LoggedIn::userId)
        .containsExactly(site.alice.id());
    assertThat(site.heard(AuthEvent.Issued.class))
        .extracting(AuthEvent.Issued::id)
        .containsExactly(text(made, "id"));
    send("/auth/logout", text(made, "token"));
    assertThat(site.heard(AuthEvent.Ended.class))
        .extracting(AuthEvent.Ended::id, AuthEvent.Ended::why)
        .containsExactly(tuple(text(made, "id"), "logout"));
  }
}

package com.example.http;

import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.store.Lifetime;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenResult;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the answer of an introspection says of tokens, good and bad. */
class IntrospectTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final IntrospectionSite site = new IntrospectionSite();
  private final long now = site.site.clock.instant().getEpochSecond();

  @Test
  @DisplayName("RFC 7662 section 2.2 an opaque token: scope, user, type, times and id, no more")
  void opaque() {
    TokenResult.Issued issued =
        site.tokens.issue(site.alice, NewToken.standard().scopes("write", "read")).orElseThrow();
    JsonNode answer = site.active(issued.token().reveal());
    assertThat(answer.toString())
        .isEqualTo(
            "{\"active\":true,\"scope\":\"read write\",\"username\":\"alice\","
                + "\"token_type\":\"Bearer\",\"exp\":"
                + (now + 90 * 86_400)
                + ",\"iat\":"
                + now
                + ",\"sub\":\"id-of-alice\",\"jti\":\""
                + issued.record().id()
                + "\"}");
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 what a token doesn't have is left out: scope, exp")
  void leftOut() {
    assertThat(site.active(site.opaque()).has("scope")).isFalse();
    String endless =
        site.tokens
            .issue(site.alice, NewToken.standard().lifetime(Lifetime.never()))
            .orElseThrow()
            .token()
            .reveal();
    assertThat(site.active(endless).has("exp")).isFalse();
    assertThat(site.active(site.login(null).accessToken().reveal()).has("scope")).isFalse();
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 an access token: also its issuer, audience and client")
  void accessToken() {
    String token = site.login(Set.of("read")).accessToken().reveal();
    JsonNode answer = site.active(token);
    assertThat(answer.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "active",
            "scope",
            "client_id",
            "username",
            "token_type",
            "exp",
            "iat",
            "sub",
            "aud",
            "iss",
            "jti");
    assertThat(answer.path("scope").textValue()).isEqualTo("read");
    assertThat(answer.path("client_id").textValue()).isEqualTo("https://site.example");
    assertThat(answer.path("username").textValue()).isEqualTo("alice");
    assertThat(answer.path("token_type").textValue()).isEqualTo("Bearer");
    assertThat(answer.path("exp").longValue()).isEqualTo(now + 300);
    assertThat(answer.path("iat").longValue()).isEqualTo(now);
    assertThat(answer.path("sub").textValue()).isEqualTo("id-of-alice");
    assertThat(answer.path("aud").toString()).isEqualTo("[\"https://api.example\"]");
    assertThat(answer.path("iss").textValue()).isEqualTo("https://site.example");
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 a refresh token says that it is one, and is not exchanged")
  void refreshToken() {
    String token = site.login(null).refreshToken().reveal();
    assertThat(site.active(token).path("token_type").textValue()).isEqualTo("refresh_token");
    assertThat(site.active(token).path("exp").longValue()).isEqualTo(now + 30 * 86_400);
    assertThat(site.families.refresh(token)).isInstanceOf(RefreshResult.Refreshed.class);
  }

  @Test
  @DisplayName(
      "JW-7 asking about an old refresh token is no theft: it is inactive, its family lives")
  void noReuse() {
    String first = site.login(null).refreshToken().reveal();
    String second = next(first);
    String third = next(second);
    site.site.clock.advance(Duration.ofMinutes(1));
    site.assertInactive(first);
    site.assertInactive(second);
    assertThat(site.active(third).path("username").textValue()).isEqualTo("alice");
    assertThat(site.site.listener.events(AuthEvent.RefreshReuseDetected.class)).isEmpty();
    next(third);
  }

  private String next(String token) {
    return ((RefreshResult.Refreshed) site.families.refresh(token))
        .tokens()
        .refreshToken()
        .reveal();
  }

  @Test
  @DisplayName("SE-3 asking is no use of a token: nothing is written, and no event names it")
  void noUse() {
    String opaque = site.opaque();
    TokenPair pair = site.login(null);
    site.site.clock.advance(Duration.ofMinutes(2)); // a use would be due
    site.store.forget();
    site.active(opaque);
    site.active(pair.accessToken().reveal());
    site.active(pair.refreshToken().reveal());
    assertThat(site.store.calls()).containsOnly("find+user");
    assertThat(site.site.listener.events().stream().map(Object::toString))
        .noneMatch(event -> event.contains(opaque));
    assertThat(site.site.listener.events(AuthEvent.RequestAuthenticated.class))
        .extracting(AuthEvent.RequestAuthenticated::userId)
        .containsOnly("id-of-server");
  }

  @Test
  @DisplayName("RFC 7662 section 2.2 a token is active until the second of its exp, without leeway")
  void expiry() {
    String access = site.login(null).accessToken().reveal();
    String opaque =
        site.tokens
            .issue(site.alice, NewToken.standard().lifetime(Lifetime.of(Duration.ofMinutes(5))))
            .orElseThrow()
            .token()
            .reveal();
    site.site.clock.advance(Duration.ofMinutes(5).minus(SECOND));
    site.active(access);
    site.active(opaque);
    site.site.clock.advance(SECOND);
    site.assertInactive(access);
    site.assertInactive(opaque);
  }

  @Test
  @DisplayName("JW-9 a revoked login ends its access token's activity at once")
  void revokedFamily() {
    TokenPair pair = site.login(null);
    TokenPair other = site.login(null);
    assertThat(site.families.revoke(pair.refreshToken().reveal())).isTrue();
    site.assertInactive(pair.accessToken().reveal());
    site.assertInactive(pair.refreshToken().reveal());
    site.active(other.accessToken().reveal());
    site.active(other.refreshToken().reveal());
  }

  @Test
  @DisplayName("TK-5 a revoked opaque token is inactive at once, its user's others are not")
  void revokedToken() {
    TokenResult.Issued issued = site.tokens.issue(site.alice, NewToken.standard()).orElseThrow();
    String other = site.opaque();
    assertThat(site.tokens.revoke("id-of-alice", issued.record().id())).isTrue();
    site.assertInactive(issued.token().reveal());
    site.active(other);
  }

  @Test
  @DisplayName("AC-2 a deactivated user's tokens are inactive, and those of an old epoch")
  void user() {
    TokenPair pair = site.login(null);
    String opaque = site.opaque();
    site.site.accounts.deactivate("id-of-alice");
    site.assertInactive(opaque);
    site.assertInactive(pair.accessToken().reveal());
    site.assertInactive(pair.refreshToken().reveal());
    site.site.accounts.activate("id-of-alice");
    site.assertInactive(opaque);
    site.assertInactive(pair.accessToken().reveal());
    site.assertInactive(pair.refreshToken().reveal());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "..",
        "a.b.c",
        "sally_",
        "sally_0000000000000000000000000000000000000000000000000",
        "sallyr_",
        "sallyr_AAAA",
        "Bearer x",
        "été",
        "\u0000",
        " "
      })
  @DisplayName("RFC 7662 section 2.2 whatever is no token of ours is inactive, and says no more")
  void malformed(String token) {
    site.assertInactive(token);
  }

  @Test
  @DisplayName("ST-1 cookies and codes are no tokens: a record of another kind is never active")
  void otherKinds() {
    String opaque = site.opaque();
    TokenRecord token =
        site.store
            .find(TokenKind.TOKEN, SecretDigest.of(opaque), site.site.clock.instant())
            .orElseThrow();
    site.store.remove(token, site.site.clock.instant());
    for (TokenKind kind : new TokenKind[] {TokenKind.SESSION, TokenKind.RESET, TokenKind.FAMILY}) {
      TokenRecord other =
          TokenRecord.builder(
                  kind, token.key(), "id-" + kind, "id-of-alice", site.site.clock.instant())
              .expiresAt(site.site.clock.instant().plus(Duration.ofDays(1)))
              .build();
      site.store.insert(other, TokenLimit.NONE, site.site.clock.instant());
      site.assertInactive(opaque);
      site.store.remove(other, site.site.clock.instant());
    }
    Browser browser = Browser.at(site.endpoints);
    assertOk(browser.login("alice"));
    site.assertInactive(browser.cookie());
  }

  @Test
  @DisplayName("JW-5 a token signed by another key, or for another audience, is inactive")
  void foreign() {
    IntrospectionSite another = new IntrospectionSite();
    site.assertInactive(another.login(null).accessToken().reveal());
    site.assertInactive(another.login(null).refreshToken().reveal());
    site.assertInactive(another.opaque());
  }

  @Test
  @DisplayName("TK-7, JW-11 tokens that are delivered in cookies are the browser's, and inactive")
  void cookies() {
    IntrospectionSite inCookies = IntrospectionSite.withCookies();
    inCookies.assertInactive(inCookies.opaque());
    TokenPair pair = inCookies.login(null);
    inCookies.assertInactive(pair.accessToken().reveal());
    inCookies.assertInactive(pair.refreshToken().reveal());
  }

  @Test
  @DisplayName("HT introspect exists only where it is turned on")
  void off() {
    AuthEndpoints plain = AuthEndpoints.of(site.site.accounts, site.guard);
    assertProblem(
        Browser.silentAt(plain).send(IntrospectionSite.from("server"), "token=x"),
        404,
        "not_found");
    assertThat(plain.toString()).doesNotContain("introspect");
    assertThat(site.endpoints.toString()).contains("/auth/introspect");
  }
}

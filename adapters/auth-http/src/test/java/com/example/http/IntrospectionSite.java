package com.example.http;

import static com.example.http.Answers.header;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.testkit.WatchedTokenStore;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.Tokens;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A {@link Site} with all kinds of tokens, which a server may ask about if it has a role. */
final class IntrospectionSite {
  static final String INACTIVE = "{\"active\":false}";

  final Site site = new Site();
  final WatchedTokenStore store = WatchedTokenStore.of(site.tokens);
  final Sallyport auth = Sallyport.of(site.environment, site.users, store);
  final JwtIssuer issuer;
  final RefreshFamilies families;
  final Tokens tokens;
  final Guard guard;
  final AuthEndpoints endpoints;
  final User alice = site.user("alice");

  IntrospectionSite() {
    this(6_000, families -> families, tokens -> tokens);
  }

  IntrospectionSite(int perMinute) {
    this(perMinute, families -> families, tokens -> tokens);
  }

  private IntrospectionSite(
      int perMinute,
      UnaryOperator<RefreshFamilies.Builder> ofFamilies,
      UnaryOperator<Tokens.Builder> ofTokens) {
    JwtKeys keys = JwtKeys.generate(site.environment, JwsAlgorithm.ES256);
    issuer = JwtIssuer.of("https://site.example", "https://api.example", keys.signing());
    families = ofFamilies.apply(RefreshFamilies.builder(auth, issuer, keys.refresh())).build();
    tokens = ofTokens.apply(Tokens.builder(auth)).build();
    guard =
        site.guardOf(
            TokenAuthenticator.of(tokens), JwtAuthenticator.of(families), site.basic, site.session);
    endpoints =
        AuthEndpoints.builder(site.accounts, guard)
            .introspection(Permission.role("introspect"), perMinute)
            .build();
    site.user("server", "introspect");
    site.user("other", "introspect");
  }

  static IntrospectionSite withCookies() {
    return new IntrospectionSite(
        6_000, families -> families.inCookies("/auth/jwt"), Tokens.Builder::inCookie);
  }

  /** An opaque token of alice's, with all scopes if none are named. */
  String opaque(String... scopes) {
    NewToken wanted = NewToken.standard();
    return remembered(
        tokens
            .issue(alice, scopes.length == 0 ? wanted : wanted.scopes(scopes))
            .orElseThrow()
            .token()
            .reveal());
  }

  /** A login of alice's. */
  TokenPair login(@Nullable Set<String> scopes) {
    TokenPair pair =
        families
            .start(alice, site.clock.instant(), TestRequest.get("/").build().client(), scopes)
            .orElseThrow();
    remembered(pair.accessToken().reveal());
    remembered(pair.refreshToken().reveal());
    return pair;
  }

  private static String remembered(String token) {
    Secrets.remember(token);
    return token;
  }

  /** A program that presents these credentials. */
  static TestRequest from(String username) {
    return TestRequest.post("/auth/introspect").basic(username, Site.PASSWORD);
  }

  AuthResponse send(TestRequest request, String form) {
    return Browser.silentAt(endpoints)
        .send(request.header("Content-Type", "application/x-www-form-urlencoded"), form);
  }

  AuthResponse ask(String token) {
    return send(from("server"), "token=" + URLEncoder.encode(token, StandardCharsets.UTF_8));
  }

  JsonNode active(String token) {
    JsonNode answer = Answers.assertOk(ask(token));
    assertThat(answer.path("active").isBoolean()).isTrue();
    assertThat(answer.path("active").booleanValue()).isTrue();
    return answer;
  }

  void assertInactive(String token) {
    AuthResponse response = ask(token);
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo(INACTIVE);
    assertThat(header(response, "Content-Type")).containsExactly("application/json");
    assertThat(header(response, "Cache-Control")).containsExactly("no-store");
    assertThat(response.headers()).hasSize(2);
  }
}

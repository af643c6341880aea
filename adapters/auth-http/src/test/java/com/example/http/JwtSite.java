package com.example.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Secrets;
import java.security.SecureRandom;
import java.util.function.UnaryOperator;

/** A {@link Site} whose chain takes JWTs as well, first of all. */
final class JwtSite {
  private static final SecureRandom RANDOM = new SecureRandom();

  final Site site = new Site();
  final SigningKeySet keys;
  final RefreshFamilies families;
  final AuthEndpoints endpoints;

  JwtSite() {
    this(JwsAlgorithm.ES256, builder -> builder);
  }

  JwtSite(JwsAlgorithm algorithm, UnaryOperator<RefreshFamilies.Builder> options) {
    keys =
        SigningKeySet.of(
            AuthEnvironment.standard().withClock(site.clock),
            SigningKey.generate(algorithm, RANDOM));
    families =
        options
            .apply(
                RefreshFamilies.builder(
                    Sallyport.of(
                        AuthEnvironment.standard()
                            .withClock(site.clock)
                            .withListener(site.listener),
                        site.users,
                        site.tokens),
                    JwtIssuer.of("https://site.example", "https://site.example", keys),
                    SigningKeySet.of(
                        AuthEnvironment.standard().withClock(site.clock),
                        SigningKey.generate(JwsAlgorithm.HS256, RANDOM))))
            .build();
    endpoints =
        site.endpoints(site.guardOf(JwtAuthenticator.of(families), site.basic, site.session));
    site.user("alice");
  }

  /** One whose tokens are delivered in cookies. */
  static JwtSite withCookies() {
    return new JwtSite(JwsAlgorithm.ES256, builder -> builder.inCookies("/auth/jwt"));
  }

  /** A program: it says nothing of where its requests come from. */
  Browser program() {
    return Browser.silentAt(endpoints);
  }

  Browser page() {
    return Browser.at(endpoints);
  }

  Browser with(JsonNode pair) {
    return program().always("Authorization", "Bearer " + access(pair));
  }

  static String access(JsonNode pair) {
    return secret(pair, "access_token");
  }

  static String refresh(JsonNode pair) {
    return secret(pair, "refresh_token");
  }

  private static String secret(JsonNode pair, String field) {
    String token = pair.path(field).textValue();
    Secrets.remember(token);
    return token;
  }

  static AuthResponse logIn(Browser browser) {
    return browser.post(
        "/auth/jwt", "{\"username\":\"alice\",\"password\":\"" + Site.PASSWORD + "\"}");
  }

  JsonNode logIn() {
    return Answers.assertOk(logIn(program()));
  }

  AuthResponse refresh(String token) {
    return program().post("/auth/jwt/refresh", "{\"refresh_token\":\"" + token + "\"}");
  }

  AuthResponse revoke(String token) {
    return program().post("/auth/jwt/revoke", "{\"refresh_token\":\"" + token + "\"}");
  }
}

package com.example.http;

import static com.example.http.Answers.assertDone;
import static com.example.http.Answers.assertOk;
import static com.example.http.Answers.assertProblem;
import static com.example.http.Answers.cookies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.TestRequest;
import java.security.SecureRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the endpoints are. */
class MountPathTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Site site = new Site();
  private final AuthEnvironment environment = site.environment.withMountPath("/sites/app");

  private AuthEndpoints.Builder endpoints(JwsAlgorithm algorithm) {
    JwtIssuer issuer =
        JwtIssuer.of(
            "https://site.example",
            "https://site.example",
            SigningKeySet.of(environment, SigningKey.generate(algorithm, RANDOM)));
    RefreshFamilies families =
        RefreshFamilies.builder(
                Sallyport.of(environment, site.users, site.tokens),
                issuer,
                SigningKeySet.of(environment, SigningKey.generate(JwsAlgorithm.HS256, RANDOM)))
            .inCookies("/auth/jwt")
            .build();
    Guard guard = site.guardIn(environment, JwtAuthenticator.of(families));
    return AuthEndpoints.builder(site.accounts, guard);
  }

  private static boolean areFor(AuthEndpoints endpoints, String target) {
    return endpoints.areFor(TestRequest.get(target).build());
  }

  @Test
  @DisplayName("AD-3 endpoints and key set are below the mount path, and nowhere else")
  void below() {
    AuthEndpoints endpoints = endpoints(JwsAlgorithm.ES256).build();
    assertThat(endpoints.basePath()).isEqualTo("/sites/app/auth");
    assertThat(endpoints.keySetPath()).hasValue("/sites/app/.well-known/jwks.json");
    Browser browser = Browser.at(endpoints);
    assertThat(browser.get("/sites/app/.well-known/jwks.json").status()).isEqualTo(200);
    assertProblem(browser.get("/sites/app/auth/me"), 401, "authentication_required");
    for (String elsewhere :
        new String[] {"/auth/me", "/.well-known/jwks.json", "/app/auth/me", "/sites/app/me"}) {
      assertProblem(browser.get(elsewhere), 404, "not_found");
      assertThat(areFor(endpoints, elsewhere)).isFalse();
    }
  }

  @Test
  @DisplayName(
      "AD-3, JW-11 the cookie of the refresh token is for its endpoints below the mount path")
  void cookiePath() {
    site.user("alice");
    Browser browser = Browser.at(endpoints(JwsAlgorithm.ES256).build());
    AuthResponse login =
        browser.post(
            "/sites/app/auth/jwt",
            "{\"username\":\"alice\",\"password\":\"" + Site.PASSWORD + "\"}");
    assertOk(login);
    assertThat(cookies(login).get(1))
        .startsWith("__Secure-jwt-refresh=")
        .contains("; Path=/sites/app/auth/jwt;");
    assertThat(cookies(login).get(0)).contains("; Path=/;"); // what __Host- demands
    assertOk(browser.post("/sites/app/auth/jwt/refresh"));
    assertDone(
        browser.post("/sites/app/auth/jwt/revoke"),
        "__Host-jwt=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax",
        "__Secure-jwt-refresh=; Path=/sites/app/auth/jwt; Max-Age=0; Secure; HttpOnly;"
            + " SameSite=Strict",
        "__Host-jwt-family=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
  }

  @Test
  @DisplayName("AD-3, JW-11 endpoints of another base path than the cookie's are refused at once")
  void otherBasePath() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoints(JwsAlgorithm.ES256).basePath("/api/auth").build())
        .withMessageContaining("/sites/app/auth/jwt")
        .withMessageContaining("/sites/app/api/auth/jwt");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/auth",
        "/auth/",
        "/auth//",
        "/auth/nothing/here",
        "/auth?a",
        "/auth/me?a=/b",
        "/auth/../admin",
        "https://own.example/auth/me",
      })
  @DisplayName("AD-3 the endpoints are for their base path and whatever lies below it")
  void within(String target) {
    assertThat(areFor(site.endpoints, target)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/aut",
        "/authx",
        "/auth;x",
        "/auth.json",
        "/auth%2Fme",
        "/auth%",
        "/%61uth/me",
        "/Auth/me",
        "//auth/me",
        "/x/auth/me",
        "/?/auth/me",
        "auth/me",
        "*",
        "",
        "/.well-known/jwks.json/",
        "/.well-known/jwks.jsonx",
        "/.well-known",
      })
  @DisplayName("AD-3 they are for no other path, however alike: paths are compared as received")
  void outside(String target) {
    assertThat(areFor(site.endpoints, target)).isFalse();
    assertThat(areFor(new JwtSite().endpoints, target)).isFalse();
  }

  @Test
  @DisplayName("AD-3 the path of the keys is theirs where keys are published, else the host's own")
  void keySet() {
    String path = "/.well-known/jwks.json";
    assertThat(areFor(new JwtSite().endpoints, path)).isTrue();
    assertThat(areFor(new JwtSite().endpoints, path + "?a")).isTrue();
    assertThat(areFor(new JwtSite(JwsAlgorithm.HS256, builder -> builder).endpoints, path))
        .as("secret keys")
        .isFalse();
    assertThat(areFor(site.endpoints, path)).as("no JWTs").isFalse();
    assertThat(new JwtSite().endpoints.keySetPath()).hasValue(path);
    assertThat(site.endpoints.keySetPath()).isEmpty();
  }

  @Test
  @DisplayName("AD-3 the path of the keys can be set, and is below the mount path all the same")
  void keySetPath() {
    AuthEndpoints endpoints = endpoints(JwsAlgorithm.ES256).keySetPath("/keys/v1.json").build();
    String path = "/sites/app/keys/v1.json";
    assertThat(endpoints.keySetPath()).hasValue(path);
    assertThat(areFor(endpoints, path)).isTrue();
    assertThat(Browser.at(endpoints).get(path).status()).isEqualTo(200);
    assertThat(areFor(endpoints, "/sites/app/.well-known/jwks.json")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "keys", "/keys/", "//keys", "/a b", "/k?", "/k%20", "/\u00e4", "/../k", "/a/.",
      })
  @DisplayName("AD-3 what is no path of the keys is refused, and shown")
  void badKeySetPath(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> endpoints(JwsAlgorithm.ES256).keySetPath(path))
        .withMessageContaining("'" + path + "'")
        .withMessageContaining("/.well-known/jwks.json");
  }
}

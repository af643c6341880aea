package com.example.drf;

import static com.example.drf.Site.PASSWORD;
import static com.example.drf.Site.get;
import static com.example.drf.Site.guard;
import static com.example.drf.Site.says;
import static com.example.drf.Site.text;
import static com.example.drf.Site.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Guard;
import dev.sallyport.http.AuthEndpoints;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** docs/coming-from-drf.md: what is the same as with the pairs of djangorestframework-simplejwt. */
class SimpleJwtPairTest {
  private final Site site = new Site();
  private final JwtKeys keys = JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.HS256);
  private final JwtIssuer issuer =
      JwtIssuer.builder("https://site.example", "https://site.example", keys.signing())
          .claims(user -> Map.of("name", "Dr. " + user.name()))
          .build();
  private final RefreshFamilies families =
      RefreshFamilies.builder(
              Sallyport.of(
                  AuthEnvironment.standard().withClock(site.clock), site.users, site.store),
              issuer,
              keys.refresh())
          .build();
  private final Guard guard = guard(JwtAuthenticator.of(families));

  private AuthResponse call(String path, String json) throws IOException {
    TestRequest request = TestRequest.post(path).header("Content-Type", "application/json");
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    return AuthEndpoints.of(site.accounts, guard)
        .handle(request.build(), new ByteArrayInputStream(body));
  }

  private AuthResponse obtain() throws IOException {
    return pair(call("/auth/jwt", "{\"username\":\"alice\",\"password\":\"" + PASSWORD + "\"}"));
  }

  private AuthResponse refresh(AuthResponse pair) throws IOException {
    return call("/auth/jwt/refresh", refreshToken(pair));
  }

  private static String refreshToken(AuthResponse pair) {
    return "{\"refresh_token\":\"" + text(pair, "refresh_token") + "\"}";
  }

  private static AuthResponse pair(AuthResponse answer) {
    assertThat(answer.status()).isEqualTo(200);
    Secrets.remember(text(answer, "access_token"));
    Secrets.remember(text(answer, "refresh_token"));
    return answer;
  }

  private static TestRequest with(AuthResponse pair) {
    return get().authorization("Bearer " + text(pair, "access_token"));
  }

  @Test
  @DisplayName("DO-3 TokenObtainPairView: by username and password an access and a refresh token")
  void obtains() throws Exception {
    assertThat(says(guard, with(obtain()))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 TokenRefreshView with ROTATE_REFRESH_TOKENS: a new pair for a refresh token")
  void refreshes() throws Exception {
    AuthResponse first = obtain();
    AuthResponse second = pair(refresh(first));
    assertThat(says(guard, with(second))).isEqualTo("200 alice");
    assertThat(text(second, "refresh_token")).isNotEqualTo(text(first, "refresh_token"));
  }

  @Test
  @DisplayName("DO-3 TokenBlacklistView: a refresh token can be ended, and is worth nothing then")
  void blacklists() throws Exception {
    AuthResponse pair = obtain();
    assertThat(call("/auth/jwt/revoke", refreshToken(pair)).status()).isEqualTo(204);
    assertThat(refresh(pair).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("DO-3 ACCESS_TOKEN_LIFETIME is five minutes, and can be set")
  void lifetime() throws Exception {
    AuthResponse pair = obtain();
    site.clock.advance(Duration.ofMinutes(5).plusSeconds(29));
    assertThat(says(guard, with(pair))).isEqualTo("200 alice");
    site.clock.advance(Duration.ofSeconds(1));
    assertThat(says(guard, with(pair))).isEqualTo("401 invalid_token");
  }

  @Test
  @DisplayName("DO-3 get_token: claims of one's own are in the token and in the request")
  void claims() throws Exception {
    assertThat(who(guard, with(obtain())).attributes()).isEqualTo(Map.of("name", "Dr. alice"));
  }

  @Test
  @DisplayName("DO-3 JWTStatelessUserAuthentication: the token alone says who it is")
  void stateless() throws Exception {
    AuthResponse pair = obtain();
    site.accounts.rename(site.alice.id(), "alice2");
    assertThat(says(guard, with(pair))).isEqualTo("200 alice");
  }

  @Test
  @DisplayName("DO-3 JWTAuthentication: the user is looked at with each request")
  void lookUp() throws Exception {
    Guard asking = guard(JwtAuthenticator.builder().own(families).lookUp().build());
    AuthResponse pair = obtain();
    assertThat(says(asking, with(pair))).isEqualTo("200 alice");
    site.accounts.deactivate(site.alice.id());
    assertThat(says(asking, with(pair))).isEqualTo("401 invalid_token");
  }

  @Test
  @DisplayName("DO-3 VERIFYING_KEY, AUDIENCE, ISSUER: the tokens of another issuer")
  void verifies() throws Exception {
    JwtVerifier verifier =
        JwtVerifier.builder(
                AuthEnvironment.standard().withClock(site.clock),
                VerificationKeys.of(keys.signing().current().verificationKey()))
            .issuer("https://site.example")
            .audience("https://site.example")
            .build();
    AuthResponse pair = obtain();
    assertThat(verifier.verify(text(pair, "access_token"))).isInstanceOf(VerifiedJwt.class);
    Guard elsewhere = guard(JwtAuthenticator.of(TrustedIssuer.of(verifier)));
    assertThat(says(elsewhere, with(pair))).isEqualTo("200 " + site.alice.id());
  }
}

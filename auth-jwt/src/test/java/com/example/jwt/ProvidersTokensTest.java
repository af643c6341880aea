package com.example.jwt;

import static com.example.jwt.WiredIssuers.A;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.token;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims as well-known providers write them, under keys of our own. */
class ProvidersTokensTest {
  private static final String[] COGNITO = {
    "aud",
    "",
    "client_id",
    "\"web\"",
    "token_use",
    "\"access\"",
    "cognito:groups",
    "[\"ops\"]",
    "scope",
    "\"openid profile\"",
    "username",
    "\"alice\"",
    "version",
    "2"
  };

  private final WiredIssuers wired = new WiredIssuers();
  private final SigningKey key = wired.keyOfA;

  private JwtVerifier.Builder builder() {
    return JwtVerifier.builder(
            AuthEnvironment.standard().withClock(wired.clock),
            VerificationKeys.of(key.verificationKey()))
        .issuer(A)
        .acceptAnyType();
  }

  private static String[] changed(String... changes) {
    return JwtSettings.with(COGNITO, changes);
  }

  private JwtAuthenticator taking(JwtVerifier verifier, String... roles) {
    TrustedIssuer issuer = TrustedIssuer.of(verifier);
    return wired.taking(
        roles.length == 0
            ? issuer
            : issuer.withRoles(roles[0], Arrays.copyOfRange(roles, 1, roles.length)));
  }

  @Test
  @DisplayName("JW-5 Keycloak: roles of the realm and of a client, by a path of names")
  void keycloak() {
    String token =
        token(
            key,
            A,
            "azp",
            "\"spa\"",
            "realm_access",
            "{\"roles\":[\"admin\",\"offline_access\"]}",
            "resource_access",
            "{\"my.api/v1\":{\"roles\":[\"edit\"]},\"account\":{\"roles\":[\"x\"]}}",
            "scope",
            "\"email profile\"");
    JwtVerifier verifier = builder().audience(Forge.AUDIENCE).require("azp", "cli", "spa").build();
    assertThat(who(taking(verifier, "realm_access", "roles"), token).principal().roles())
        .isEqualTo(Set.of("admin", "offline_access"));
    assertThat(
            who(taking(verifier, "resource_access", "my.api/v1", "roles"), token)
                .principal()
                .roles())
        .isEqualTo(Set.of("edit"));
    for (String[] none :
        new String[][] {
          {"realm_access"}, {"realm_access.roles"}, {"realm_access", "roles", "0"}, {"azp", "roles"}
        }) {
      assertThat(who(taking(verifier, none), token).principal().roles()).isEmpty();
    }
    assertThat(reason(taking(verifier), token(key, A, "azp", "\"other\"")))
        .isEqualTo("wrong_claim");
  }

  @Test
  @DisplayName("JW-5 Auth0: a namespaced claim is one name, slashes, dots and all")
  void auth0() {
    String token =
        token(
            key,
            A,
            "aud",
            "[\"https://api.example\",\"https://tenant.auth0.example/userinfo\"]",
            "https://example.com/roles",
            "[\"admin\"]",
            "https:",
            "{\"\":{\"example.com\":{\"roles\":[\"evil\"]}}}",
            "azp",
            "\"spa\"");
    JwtVerifier verifier = builder().audience(Forge.AUDIENCE).require("azp", "spa").build();
    assertThat(who(taking(verifier, "https://example.com/roles"), token).principal().roles())
        .isEqualTo(Set.of("admin"));
  }

  @Test
  @DisplayName("JW-5 Entra ID and Google: a tenant or hosted domain that is another is refused")
  void tenants() {
    JwtVerifier entra = builder().audience(Forge.AUDIENCE).require("tid", "t-1", "t-2").build();
    String token = token(key, A, "tid", "\"t-2\"", "ver", "\"2.0\"", "roles", "[\"Reader\"]");
    assertThat(who(taking(entra, "roles"), token).principal().roles()).containsExactly("Reader");
    JwtVerifier google = builder().audience(Forge.AUDIENCE).require("hd", "example.com").build();
    String claims = token(key, A, "hd", "\"example.com\"", "email_verified", "true");
    assertThat(who(taking(google), claims)).isNotNull();
    for (String bad :
        new String[] {"\"T-1\"", "\"t-1 \"", "\"\"", "1", "[\"t-1\"]", "null", "{}"}) {
      assertThat(reason(taking(entra), token(key, A, "tid", bad))).isEqualTo("wrong_claim");
    }
    assertThat(reason(taking(entra), token(key, A))).isEqualTo("wrong_claim");
  }

  @Test
  @DisplayName("JW-5 Cognito: a token without aud is taken by rules, and by all of them")
  void cognito() {
    JwtVerifier verifier =
        builder()
            .acceptWithoutAudience()
            .require("client_id", "web")
            .require("token_use", "access")
            .build();
    JwtAuthenticator taking = taking(verifier, "cognito:groups");
    assertThat(who(taking, token(key, A, COGNITO)).principal().roles()).containsExactly("ops");
    for (String[] bad :
        new String[][] {{"client_id", "\"other\""}, {"token_use", "\"id\""}, {"token_use", ""}}) {
      assertThat(reason(taking, token(key, A, changed(bad)))).isEqualTo("wrong_claim");
    }
    for (String aud : new String[] {"\"https://other.example\"", "[]", "\"\""}) {
      assertThat(reason(taking, token(key, A, changed("aud", aud)))).isEqualTo("wrong_audience");
    }
    JwtAuthenticator either =
        taking(
            builder()
                .audience(Forge.AUDIENCE)
                .acceptWithoutAudience()
                .require("token_use", "access")
                .build());
    assertThat(who(either, token(key, A, COGNITO))).isNotNull();
    assertThat(who(either, token(key, A, changed("aud", "\"https://api.example\"")))).isNotNull();
    assertThat(reason(either, token(key, A, changed("aud", "\"x\"")))).isEqualTo("wrong_audience");
    JwtVerifier strict = builder().audience(Forge.AUDIENCE).require("client_id", "web").build();
    assertThat(reason(taking(strict), token(key, A, COGNITO))).isEqualTo("wrong_audience");
  }

  @Test
  @DisplayName("JW-5 rules that contradict themselves are refused at build")
  void contradictions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().acceptWithoutAudience().build());
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> builder().acceptWithoutAudience().acceptAnyAudience().require("a", "b").build());
    assertThatIllegalArgumentException().isThrownBy(() -> builder().require("azp"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().require("azp", "a").require("azp", "b"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "iss", "sub", "aud", "exp", "nbf", "iat", "jti"})
  @DisplayName("JW-5 no rule is about a registered claim, which the verifier judges itself")
  void registered(String claim) {
    assertThatIllegalArgumentException().isThrownBy(() -> builder().require(claim, "a"));
  }
}

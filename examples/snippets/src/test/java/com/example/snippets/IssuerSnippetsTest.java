package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What docs/jwt-issuers.md says about providers holds for the claims that they send. */
class IssuerSnippetsTest {
  private static final SigningKey KEY =
      SigningKey.generate(JwsAlgorithm.RS256, new SecureRandom()).withKeyId("k1");
  private static final Map<String, Function<VerificationKeys, TrustedIssuer>> SNIPPETS =
      Map.of(
          "keycloak", IssuerSnippets::keycloak,
          "auth0", IssuerSnippets::auth0,
          "entra", IssuerSnippets::entra,
          "cognito", IssuerSnippets::cognito,
          "google", IssuerSnippets::google);

  private static final String TYPED = "{'alg':'RS256','typ':'JWT','kid':'k1'}";

  /** Cognito's header has no typ. */
  private static final String UNTYPED = "{'kid':'k1','alg':'RS256'}";

  /** Claims of access tokens, and of Google's ID tokens, as the providers write them. */
  private static final Map<String, String> CLAIMS =
      Map.of(
          "keycloak",
          """
          {"exp":1893456300,"iat":1893456000,"auth_time":1893455990,
          "jti":"onrtac:5bd8e8cd-8c2c-4d2c-9e0c-0f3a5a7f6d11",
          "iss":"https://id.example/realms/main","aud":["my-api","account"],
          "sub":"2b6b8a52-3a0c-4a0e-9a53-4f2f9d5a1c77","typ":"Bearer","azp":"web",
          "sid":"c9f1a3c4-91d5-4b6e-8a55-7c2f0d1e9b33","acr":"1",
          "allowed-origins":["https://app.example"],
          "realm_access":{"roles":["default-roles-main","offline_access","uma_authorization"]},
          "resource_access":{"my-api":{"roles":["edit"]},
          "account":{"roles":["manage-account","manage-account-links","view-profile"]}},
          "scope":"openid email profile","email_verified":true,"name":"Alice Adams",
          "preferred_username":"alice","given_name":"Alice","family_name":"Adams",
          "email":"alice@example.com"}""",
          "auth0",
          """
          {"iss":"https://tenant.eu.auth0.com/","sub":"auth0|64f0c5d2e1b2a3c4d5e6f708",
          "aud":["https://api.example","https://tenant.eu.auth0.com/userinfo"],
          "iat":1893456000,"exp":1893542400,"scope":"openid profile read:reports",
          "azp":"kXcl0oQ7sC8mJ5T0DpZ1","permissions":["read:reports"]}""",
          "entra",
          """
          {"aud":"5b7c1b9e-0d3e-4a35-8f0a-6c2f1e9d7a44",
          "iss":"https://login.microsoftonline.com/8d3b2a51-4c0f-4f6e-9a57-1f0c6f4d2b7e/v2.0",
          "iat":1893456000,"nbf":1893456000,"exp":1893459900,"aio":"AXQAi/8TAAAA",
          "azp":"c1f0a3de-6b7d-4a0e-b1c4-2f7f6a9d8e10","azpacr":"1","name":"Alice Adams",
          "oid":"0e8f6a52-7a0d-4c55-9f1c-3d2b1a0f9e88","preferred_username":"alice@example.com",
          "rh":"0.AXkA","roles":["Reports.Read"],"scp":"access_as_user",
          "sub":"HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ",
          "tid":"8d3b2a51-4c0f-4f6e-9a57-1f0c6f4d2b7e","uti":"fqiBqXLPj0eQa82S","ver":"2.0"}""",
          "cognito",
          """
          {"sub":"aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee","cognito:groups":["ops"],
          "iss":"https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEfGhI",
          "version":2,"client_id":"4fj2k0l8d7s6a5",
          "origin_jti":"11111111-2222-3333-4444-555555555555",
          "event_id":"64f513be-32db-42b0-b78e-b02127b4f463","token_use":"access",
          "scope":"openid profile","auth_time":1893456000,"exp":1893459600,"iat":1893456000,
          "jti":"66666666-7777-8888-9999-000000000000","username":"alice"}""",
          "google",
          """
          {"iss":"https://accounts.google.com","azp":"1234987819200.apps.googleusercontent.com",
          "aud":"1234987819200.apps.googleusercontent.com","sub":"10769150350006150715113082367",
          "hd":"example.com","email":"alice@example.com","email_verified":true,
          "at_hash":"HK6E_P6Dh8Y93mRNtsDB1Q","nonce":"0394852-3190485-2490358",
          "name":"Alice Adams","picture":"https://lh3.googleusercontent.com/a/x",
          "given_name":"Alice","family_name":"Adams","iat":1893456000,"exp":1893459600}""");

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static AuthResult present(String provider, String claims) {
    String header = (provider.equals("cognito") ? UNTYPED : TYPED).replace('\'', '"');
    String content = base64(header) + "." + base64(claims);
    String token = content + "." + base64(KEY.sign(content.getBytes(StandardCharsets.US_ASCII)));
    Secrets.remember(token);
    VerificationKeys keys =
        VerificationKeys.of(
            AuthEnvironment.standard().withClock(SettableClock.create()), KEY.verificationKey());
    return JwtAuthenticator.of(SNIPPETS.get(provider).apply(keys))
        .authenticate(TestRequest.get("/").header("Authorization", "Bearer " + token).build());
  }

  private static Authenticated who(String provider) {
    AuthResult result = present(provider, CLAIMS.get(provider));
    assertThat(result).isInstanceOf(Authenticated.class);
    return (Authenticated) result;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "keycloak; alice; edit; openid email profile",
        "auth0; auth0|64f0c5d2e1b2a3c4d5e6f708; ''; read:reports",
        "entra; alice@example.com; Reports.Read; access_as_user",
        "cognito; alice; ops; openid profile",
        "google; alice@example.com; ''; ''"
      })
  @DisplayName(
      "JW-5 docs/jwt-issuers.md: each provider's token, claim by claim as it is sent, is accepted")
  void accepted(String provider, String name, String roles, String scopes) {
    Authenticated who = who(provider);
    assertThat(who.principal().name()).isEqualTo(name);
    assertThat(who.principal().roles()).isEqualTo(words(roles));
    assertThat(who.scopes()).contains(words(scopes));
  }

  private static Set<String> words(String text) {
    return text.isEmpty() ? Set.of() : Set.of(text.split(" "));
  }

  /** What differs from a good token, and why it is refused. */
  @ParameterizedTest(name = "{0}: {1} -> {2}")
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        // an ID token, a refresh token, a token of every client, of another client, of another
        // realm
        "keycloak; \"typ\":\"Bearer\"; \"typ\":\"ID\"; wrong_claim",
        "keycloak; \"typ\":\"Bearer\"; \"typ\":\"Refresh\"; wrong_claim",
        "keycloak; [\"my-api\",\"account\"]; \"account\"; wrong_audience",
        "keycloak; \"aud\":[\"my-api\",\"account\"]; \"aud\":\"web\"; wrong_audience",
        "keycloak; \"azp\":\"web\"; \"azp\":\"other\"; wrong_claim",
        "keycloak; realms/main; realms/other; wrong_issuer",
        // an ID token, another API, another client, another tenant, the slash forgotten
        "auth0; [\"https://api.example\",\"https://tenant.eu.auth0.com/userinfo\"]; "
            + "\"kXcl0oQ7sC8mJ5T0DpZ1\"; wrong_audience",
        "auth0; https://api.example; https://api.example/; wrong_audience",
        "auth0; \"azp\":\"kXcl0oQ7sC8mJ5T0DpZ1\"; \"azp\":\"other\"; wrong_claim",
        "auth0; https://tenant.eu.auth0.com/\"; https://other.eu.auth0.com/\"; wrong_issuer",
        "auth0; \"https://tenant.eu.auth0.com/\"; \"https://tenant.eu.auth0.com\"; wrong_issuer",
        // an ID token has no azp; another API, another client, another tenant, version 1
        "entra; \"azp\":\"c1f0a3de-6b7d-4a0e-b1c4-2f7f6a9d8e10\",; ``; wrong_claim",
        "entra; 5b7c1b9e-; 00000003-; wrong_audience",
        "entra; c1f0a3de-; d1f0a3de-; wrong_claim",
        "entra; com/8d3b2a51; com/9d3b2a51; wrong_issuer",
        "entra; \"tid\":\"8d3b2a51; \"tid\":\"9d3b2a51; wrong_claim",
        "entra; https://login.microsoftonline.com/8d3b2a51-4c0f-4f6e-9a57-1f0c6f4d2b7e/v2.0;"
            + " https://sts.windows.net/8d3b2a51-4c0f-4f6e-9a57-1f0c6f4d2b7e/; wrong_issuer",
        // an ID token, which has an aud, by its use alone too; another client, another pool
        "cognito; \"client_id\"; \"aud\"; wrong_audience",
        "cognito; \"token_use\":\"access\"; \"token_use\":\"id\"; wrong_claim",
        "cognito; 4fj2k0l8d7s6a5; 4fj2k0l8d7s6a6; wrong_claim",
        "cognito; eu-west-1_AbCdEfGhI; eu-west-1_aBcDeFgHi; wrong_issuer",
        // another client, another domain, a private account, the short name of the issuer
        "google; \"aud\":\"1234987819200; \"aud\":\"1234987819201; wrong_audience",
        "google; \"hd\":\"example.com\"; \"hd\":\"evil.example\"; wrong_claim",
        "google; \"hd\":\"example.com\",; ``; wrong_claim",
        "google; https://accounts.google.com; accounts.google.com; wrong_issuer"
      })
  @DisplayName(
      "JW-5 docs/jwt-issuers.md: another client's, tenant's or API's token, or an ID token, is not")
  void nearMisses(String provider, String part, String other, String reason) {
    String claims = CLAIMS.get(provider);
    assertThat(claims).contains(part);
    AuthResult result = present(provider, claims.replace(part, other));
    assertThat(result).isInstanceOf(Rejected.class);
    assertThat(((Rejected) result).reason().name()).isEqualTo(reason);
  }

  @Test
  @DisplayName(
      "docs/jwt-issuers.md: an issuer by discovery, by the URL of its keys, and found at run time")
  void built() {
    Sallyport auth = Sallyport.inMemory();
    assertThat(IssuerSnippets.published(auth).issuers()).containsExactly("https://idp.example");
    assertThat(IssuerSnippets.tenants(auth, HttpClient.newHttpClient(), issuer -> Optional.empty()))
        .hasToString("JwtAuthenticator[TenantVerifier[]]");
  }
}

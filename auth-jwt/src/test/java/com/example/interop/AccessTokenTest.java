package com.example.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/** With others who check access tokens by RFC 9068. */
class AccessTokenTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ISSUER = "https://api.example";
  private static final String AUDIENCE = "https://api.example/notes";

  private final JwtKeys keys = JwtKeys.generate(AuthEnvironment.standard(), JwsAlgorithm.ES256);

  private String access() {
    AccountStore users = CredentialStore.inMemory();
    User alice = User.builder("7", "alice").build();
    users.insert(alice);
    JwtIssuer issuer = JwtIssuer.of(ISSUER, AUDIENCE, keys.signing());
    return RefreshFamilies.of(Sallyport.of(users, TokenStore.inMemory()), issuer, keys.refresh())
        .start(alice, Instant.now(), new Client(InetAddress.getLoopbackAddress(), ""), null)
        .orElseThrow()
        .accessToken()
        .reveal();
  }

  private JsonNode ask(Node node, String token) throws Exception {
    SigningKey key = keys.signing().current();
    JsonNode jwk = JSON.readTree(Jwk.publicJwk(key.verificationKey()));
    Map<String, ?> jwks = Map.of("keys", List.of(jwk));
    return node.ask(
        "access", Map.of("token", token, "issuer", ISSUER, "audience", AUDIENCE, "jwks", jwks));
  }

  @Test
  @DisplayName("JW-3 oauth4webapi takes our access token, and refuses it without client_id")
  void rfc9068() throws Exception {
    try (Node node = Node.start()) {
      String token = access();
      JsonNode taken = ask(node, token);
      assertThat(taken.path("client_id").textValue()).as(taken.toString()).isEqualTo(ISSUER);
      assertThat(taken.get("exp").longValue() - taken.get("iat").longValue()).isEqualTo(300);
      assertThat(ask(node, withoutClientId(token)).path("fault").textValue()).contains("client_id");
    }
  }

  @Test
  @DisplayName("JW-3 Spring Security takes our access token, and refuses it without client_id")
  void springSecurity() throws Exception {
    DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt")));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            JWSAlgorithm.ES256,
            new ImmutableJWKSet<>(
                new JWKSet(JWK.parse(Jwk.publicJwk(keys.signing().current().verificationKey()))))));
    NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        JwtValidators.createAtJwtValidator()
            .issuer(ISSUER)
            .audience(AUDIENCE)
            .clientId(ISSUER)
            .build());
    String token = access();
    assertThat(decoder.decode(token).getSubject()).isEqualTo("7");
    assertThatThrownBy(() -> decoder.decode(withoutClientId(token)))
        .isInstanceOf(JwtValidationException.class)
        .hasMessageContaining("client_id");
  }

  private String withoutClientId(String token) {
    String claims = new String(Interop.payload(token), StandardCharsets.UTF_8);
    String others = claims.replace("\"client_id\":\"" + ISSUER + "\",", "");
    return JwsSigner.of(keys.signing().current())
        .withType("at+jwt")
        .sign(others.getBytes(StandardCharsets.UTF_8));
  }
}

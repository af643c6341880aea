package com.example.jwt.dpop;

import static com.example.jwt.dpop.BoundFixture.request;
import static dev.sallyport.testkit.AuthResultAssert.assertThatResult;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.NotAttempted;
import dev.sallyport.Principal;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.TestRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundTokenTest {
  private static final String ALGORITHMS =
      "RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA Ed25519";

  private final BoundFixture fixture = new BoundFixture();
  private final JwtAuthenticator node = fixture.node(DpopPolicy.allowed());
  private final TokenPair bound = fixture.start(node.families().orElseThrow(), fixture.key);
  private final TokenPair unbound = fixture.start(node.families().orElseThrow(), null);

  private static Rejected assertRejected(AuthResult result, String reason, String scheme) {
    assertThat(result).isInstanceOf(Rejected.class);
    Rejected rejected = (Rejected) result;
    assertThat(rejected.reason().name()).isEqualTo(reason);
    assertThat(rejected.challenge().orElseThrow().scheme()).isEqualTo(scheme);
    return rejected;
  }

  @Test
  @DisplayName("RFC 9449 section 6.1: the token names the key by its thumbprint, and says DPoP")
  void confirmation() {
    assertThat(bound.tokenType()).isEqualTo("DPoP");
    assertThat(BoundFixture.claims(bound).path("cnf").toString())
        .isEqualTo("{\"jkt\":\"" + ProofMaker.thumbprint(fixture.key) + "\"}");
    assertThat(unbound.tokenType()).isEqualTo("Bearer");
    assertThat(BoundFixture.claims(unbound).has("cnf")).isFalse();
    assertThat(((Authenticated) fixture.present(node, bound, fixture.key)).attributes()).isEmpty();
  }

  @Test
  @DisplayName("RFC 9449 section 7.1: a bound token with a proof is alice's, each time anew")
  void presented() {
    for (int i = 0; i < 3; i++) {
      assertThatResult(fixture.present(node, bound, fixture.key)).isAuthenticatedAs("alice");
    }
    String proof = fixture.resource(bound, fixture.key).sign();
    TestRequest lower = request("dpop", bound).header("dpop", proof);
    assertThatResult(node.authenticate(lower.build())).isAuthenticatedAs("alice");
    assertRejected(node.authenticate(request(bound, proof).build()), "dpop_replayed", "DPoP");
    JwtAuthenticator second = fixture.node(DpopPolicy.allowed());
    assertRejected(second.authenticate(request(bound, proof).build()), "dpop_replayed", "DPoP");
    assertThatResult(fixture.present(second, bound, fixture.key)).isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("RFC 9449 section 7.2: a bound token is no bearer token, with a proof or without")
  void noBearer() {
    Rejected rejected =
        assertRejected(
            node.authenticate(request("Bearer", bound).build()), "bound_to_a_key", "Bearer");
    assertThat(rejected.reason().refusal()).isEqualTo(Refusal.INVALID_TOKEN);
    String proof = fixture.resource(bound, fixture.key).sign();
    assertRejected(
        node.authenticate(request("Bearer", bound).header("DPoP", proof).build()),
        "bound_to_a_key",
        "Bearer");
    assertThatResult(node.authenticate(request("Bearer", unbound).build()))
        .isAuthenticatedAs("alice");
  }

  @Test
  @DisplayName("RFC 9449 section 7.1: an unbound token is refused with a proof, whoever's it is")
  void noKey() {
    Rejected rejected =
        assertRejected(fixture.present(node, unbound, fixture.key), "not_bound_to_a_key", "DPoP");
    assertThat(rejected.reason().refusal()).isEqualTo(Refusal.INVALID_TOKEN);
  }

  @Test
  @DisplayName("RFC 9449 section 11: a thief of the token, of a proof, or of both gets nowhere")
  void thief() {
    assertRejected(fixture.present(node, bound, fixture.thief), "dpop_wrong_key", "DPoP");
    assertRejected(node.authenticate(request("DPoP", bound).build()), "dpop_missing", "DPoP");
    TokenPair other = fixture.start(node.families().orElseThrow(), fixture.key);
    String proof = fixture.resource(other, fixture.key).sign();
    assertRejected(node.authenticate(request(bound, proof).build()), "dpop_wrong_token", "DPoP");
    String later = fixture.resource(bound, fixture.key).sign();
    fixture.clock.advance(Duration.ofSeconds(60));
    assertRejected(node.authenticate(request(bound, later).build()), "dpop_stale", "DPoP");
  }

  @Test
  @DisplayName("RFC 9449 section 7.1: a token that is wrong itself is invalid_token, unspent")
  void wrongToken() {
    fixture.clock.advance(Duration.ofMinutes(6));
    String proof = fixture.resource(bound, fixture.key).sign();
    assertRejected(node.authenticate(request(bound, proof).build()), "expired", "DPoP");
  }

  @Test
  @DisplayName("RFC 9449: without DPoP no bound token is accepted, for it would be a bearer token")
  void off() {
    JwtAuthenticator plain = JwtAuthenticator.of(fixture.withoutDpop());
    assertRejected(
        plain.authenticate(request("Bearer", bound).build()), "bound_to_a_key", "Bearer");
    assertThatResult(plain.authenticate(request("Bearer", unbound).build()))
        .isAuthenticatedAs("alice");
    assertThat(fixture.present(plain, bound, fixture.key)).isEqualTo(NotAttempted.OTHER_SCHEME);
    assertThat(plain.authSchemes()).containsExactly("Bearer");
    assertThat(plain.families().orElseThrow().dpop()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"jkt\":\"x\"}", "{\"x5t#S256\":\"x\"}", "{}", "7", "[]", "{\"jkt\":7}", "\"\""})
  @DisplayName("RFC 7800 section 3: another issuer's token that is bound to anything is refused")
  void foreign(String confirmation) {
    SigningKeySet keys =
        SigningKeySet.of(fixture.environment, BoundFixture.generate(JwsAlgorithm.ES256));
    JwtVerifier verifier =
        JwtVerifier.builder(fixture.environment, keys)
            .issuer("https://idp.example")
            .audience("me")
            .acceptAnyType()
            .build();
    long end = fixture.clock.instant().getEpochSecond() + 60;
    String claims =
        "{\"iss\":\"https://idp.example\",\"sub\":\"s\",\"aud\":\"me\",\"exp\":" + end + "%s}";
    JwsSigner signer = JwsSigner.of(keys.current());
    JwtAuthenticator trusting = JwtAuthenticator.of(TrustedIssuer.of(verifier));
    String with = signer.sign(bytes(claims.formatted(",\"cnf\":" + confirmation)));
    String without = signer.sign(bytes(claims.formatted("")));
    assertRejected(
        trusting.authenticate(Desk.request().authorization("Bearer " + with).build()),
        "bound_to_a_key",
        "Bearer");
    assertThat(trusting.authenticate(Desk.request().authorization("Bearer " + without).build()))
        .isInstanceOf(Authenticated.class);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  @DisplayName("RFC 9449 section 5: where DPoP is required, an unbound token of ours is refused")
  void required() {
    JwtAuthenticator strict = fixture.node(DpopPolicy.required());
    assertRejected(
        strict.authenticate(request("Bearer", unbound).build()), "not_bound_to_a_key", "Bearer");
    assertThatResult(fixture.present(strict, bound, fixture.key)).isAuthenticatedAs("alice");
  }

  private AuthResponse refused(JwtAuthenticator by, TestRequest request) {
    return refused(by, request, Permission.authenticated());
  }

  private AuthResponse refused(JwtAuthenticator by, TestRequest request, Permission permission) {
    Guard guard = Guard.of(AuthenticatorChain.of(fixture.environment, by));
    return ((Decision.Refuse) guard.check(request.build(), permission)).response();
  }

  private static List<String> challenges(AuthResponse response) {
    return response.headers().stream()
        .filter(header -> header.name().equals("WWW-Authenticate"))
        .map(AuthResponse.Header::value)
        .toList();
  }

  @Test
  @DisplayName("CH-7, RFC 9449 section 7.1: Bearer and DPoP are challenges; errors are on one")
  void challenges() {
    String dpop = "DPoP realm=\"api\", algs=\"" + ALGORITHMS + "\"";
    assertThat(challenges(refused(node, Desk.request())))
        .containsExactly("Bearer realm=\"api\"", dpop);
    assertThat(challenges(refused(node, request("DPoP", bound))))
        .containsExactly("Bearer realm=\"api\"", dpop + ", error=\"invalid_dpop_proof\"");
    assertThat(challenges(refused(node, request("Bearer", bound))))
        .containsExactly("Bearer realm=\"api\", error=\"invalid_token\"", dpop);
    assertThat(challenges(refused(node, request("DPoP", unbound))))
        .containsExactly("Bearer realm=\"api\"", dpop + ", error=\"invalid_token\"");
    TokenPair scoped =
        fixture.start(node.families().orElseThrow(), fixture.key, Set.of("notes:read"));
    String proof = fixture.resource(scoped, fixture.key).sign();
    assertThat(challenges(refused(node, request(scoped, proof), Permission.scope("notes:write"))))
        .containsExactly(
            "Bearer realm=\"api\"", dpop + ", error=\"insufficient_scope\", scope=\"notes:write\"");
  }

  @Test
  @DisplayName("RFC 9449 section 9: a 401 gives a nonce where one is needed, and only then")
  void nonce() {
    JwtAuthenticator asking = fixture.node(DpopPolicy.allowed().withNonces(Duration.ofMinutes(1)));
    String without = fixture.resource(bound, fixture.key).sign();
    AuthResponse refused = refused(asking, request(bound, without));
    assertThat(refused.status()).isEqualTo(401);
    assertThat(challenges(refused).get(1)).endsWith("error=\"use_dpop_nonce\"");
    String nonce = refused.header("DPoP-Nonce").orElseThrow();
    String with = fixture.resource(bound, fixture.key).claim("nonce", nonce).sign();
    assertThatResult(asking.authenticate(request(bound, with).build())).isAuthenticatedAs("alice");
    assertThat(refused(asking, request(bound, with)).header("DPoP-Nonce")).isEmpty();
    assertThat(refused(node, request("DPoP", bound)).header("DPoP-Nonce")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DPoP", "DPoP x", "dpop a.b", "DPoP a.b.c", "DPoP a.b.c.d.e"})
  @DisplayName("CH-4 wrong DPoP credentials never fall through to a later member")
  void explicit(String credentials) {
    AuthenticatorChain chain =
        AuthenticatorChain.of(
            fixture.environment,
            node,
            request ->
                Authenticated.builder(new Principal("1", "cookie", Set.of()), "cookie").build());
    AuthResult result = chain.authenticate(Desk.request().authorization(credentials).build());
    assertThat(result).isInstanceOf(Rejected.class);
    assertThatResult(chain.authenticate(Desk.request().build())).isAuthenticatedAs("cookie");
  }

  @Test
  @DisplayName("JW-9 a logout with a bound token needs its proof, even if the token has expired")
  void logout() {
    fixture.clock.advance(Duration.ofHours(1));
    assertThat(node.planLogout(request("DPoP", bound).build()).refusal()).isPresent();
    String stolen = fixture.resource(bound, fixture.thief).sign();
    assertThat(node.planLogout(request(bound, stolen).build()).refusal()).isPresent();
    assertThat(node.planLogout(request("Bearer", bound).build()).refusal()).isPresent();
    assertThat(fixture.isKept(bound)).isTrue();
    String proof = fixture.resource(bound, fixture.key).sign();
    node.planLogout(request(bound, proof).build()).carryOut();
    assertThat(fixture.isKept(bound)).isFalse();
    node.planLogout(request("Bearer", unbound).build()).carryOut();
    assertThat(fixture.isKept(unbound)).isFalse();
  }

  @Test
  @DisplayName("JW-11 tokens in cookies can't be bound, since browsers send no proof with them")
  void cookies() {
    assertThatThrownBy(
            () ->
                fixture.families(
                    builder -> builder.inCookies("/auth/jwt").dpop(DpopPolicy.allowed())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cookies can't be bound");
  }
}

package com.example.jwt.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.jwk.JWK;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Client;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.CredentialStore;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Alice, her client's key, and nodes that share keys and stores. */
final class BoundFixture {
  static final String HOST = "api.example";
  static final String LOGIN = "https://api.example/auth/jwt";
  static final String REFRESH = LOGIN + "/refresh";
  static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "phone");

  final SettableClock clock = SettableClock.create();
  final RecordingListener events = new RecordingListener();
  final TokenStore store = TokenStore.inMemory();
  final AccountStore users = CredentialStore.inMemory();
  final User alice = User.builder("7", "alice").build();
  final AuthEnvironment environment;
  final SigningKeySet signing;
  final SigningKeySet secrets;
  final JWK key = ProofMaker.newKey();
  final JWK thief = ProofMaker.newKey();

  BoundFixture() {
    this(ThrottleStore.inMemory());
  }

  BoundFixture(ThrottleStore counts) {
    environment =
        AuthEnvironment.standard().withClock(clock).withListener(events).withCounts(counts);
    signing = SigningKeySet.of(environment, generate(JwsAlgorithm.ES256));
    secrets = SigningKeySet.of(environment, generate(JwsAlgorithm.HS256));
    users.insert(alice);
  }

  static SigningKey generate(JwsAlgorithm algorithm) {
    return SigningKey.generate(algorithm, new SecureRandom());
  }

  RefreshFamilies families(UnaryOperator<RefreshFamilies.Builder> options) {
    return options
        .apply(
            RefreshFamilies.builder(
                Sallyport.of(environment, users, store),
                JwtIssuer.of("https://api.example", "https://api.example", signing),
                secrets))
        .build();
  }

  RefreshFamilies families(DpopPolicy policy) {
    return families(builder -> builder.dpop(policy));
  }

  RefreshFamilies withoutDpop() {
    return families(builder -> builder);
  }

  /** A node, which accepts what its families hand out. */
  JwtAuthenticator node(DpopPolicy policy) {
    return JwtAuthenticator.of(families(policy));
  }

  DpopProof proof(RefreshFamilies families, JWK by, String url) {
    return proof(families, ProofMaker.of(by, "POST", url, clock.instant()), url);
  }

  static DpopProof proof(RefreshFamilies families, ProofMaker made, String url) {
    String path = url.substring("https://api.example".length());
    DpopResult result =
        families
            .dpop()
            .orElseThrow()
            .check(TestRequest.post(path).header("Host", HOST).header("DPoP", made.sign()).build());
    assertThat(result).isInstanceOf(DpopProof.class);
    return (DpopProof) result;
  }

  /** Alice logs in with her key, or without one. */
  TokenPair start(RefreshFamilies families, @Nullable JWK by) {
    return start(families, by, null);
  }

  TokenPair start(RefreshFamilies families, @Nullable JWK by, @Nullable Set<String> scopes) {
    JwtLoginResult result =
        by == null
            ? families.start(alice, clock.instant(), CLIENT, scopes)
            : families
                .boundTo(proof(families, by, LOGIN))
                .start(alice, clock.instant(), CLIENT, scopes);
    return remembered(result.orElseThrow());
  }

  static TokenPair remembered(TokenPair pair) {
    Secrets.remember(pair.accessToken().reveal());
    Secrets.remember(pair.refreshToken().reveal());
    return pair;
  }

  RefreshResult refresh(RefreshFamilies families, TokenPair pair, @Nullable JWK by) {
    String token = pair.refreshToken().reveal();
    return by == null
        ? families.refresh(token)
        : families.boundTo(proof(families, by, REFRESH)).refresh(token);
  }

  static TokenPair pair(RefreshResult result) {
    assertThat(result).isInstanceOf(RefreshResult.Refreshed.class);
    return remembered(((RefreshResult.Refreshed) result).tokens());
  }

  static void assertRefused(RefreshResult result, String reason) {
    assertThat(result)
        .isInstanceOfSatisfying(
            RefreshResult.Refused.class,
            refused -> assertThat(refused.reason().name()).isEqualTo(reason));
  }

  boolean isKept(TokenPair pair) {
    return store
        .find(TokenKind.FAMILY, SecretDigest.of(pair.family().id()), clock.instant())
        .isPresent();
  }

  static JsonNode claims(TokenPair pair) {
    try {
      String payload = pair.accessToken().reveal().split("\\.", -1)[1];
      return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A proof for {@code GET /notes} with the access token. */
  ProofMaker resource(TokenPair pair, JWK by) {
    return ProofMaker.of(by, "GET", Desk.URL, clock.instant())
        .claim("ath", SecretDigest.of(pair.accessToken().reveal()).text());
  }

  static TestRequest request(String scheme, TokenPair pair) {
    return Desk.request().authorization(scheme + " " + pair.accessToken().reveal());
  }

  static TestRequest request(TokenPair pair, String proof) {
    return request("DPoP", pair).header("DPoP", proof);
  }

  AuthResult present(JwtAuthenticator node, TokenPair pair, JWK by) {
    return node.authenticate(request(pair, resource(pair, by).sign()).build());
  }
}

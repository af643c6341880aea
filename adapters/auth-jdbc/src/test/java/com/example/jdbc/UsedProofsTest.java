package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.Rejected;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.refresh.JwtIssuer;
import dev.sallyport.jwt.refresh.JwtLoginResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import dev.sallyport.jwt.refresh.RefreshResult;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.store.User;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes that share a database and their keys, and a client that proves that it holds a key. */
class UsedProofsTest {
  private static final String HOST = "https://api.example";
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");
  private static final User ALICE = User.builder("1", "alice").build();
  private static final SigningKey KEY = SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom());

  private final SettableClock clock = SettableClock.create();
  private final JwtKeys keys =
      JwtKeys.generate(AuthEnvironment.standard().withClock(clock), JwsAlgorithm.ES256);
  private Node one;
  private Node other;

  /** A host of its own, with connections of its own. */
  private final class Node implements AutoCloseable {
    final HikariDataSource pool;
    final RefreshFamilies families;
    final JwtAuthenticator authenticator;

    Node(String url) {
      pool = Databases.pool(url);
      JdbcStores stores = Databases.patient(pool);
      AuthEnvironment environment =
          AuthEnvironment.standard().withClock(clock).withCounts(stores.counts());
      families =
          RefreshFamilies.builder(
                  Sallyport.of(environment, stores.accounts(), stores.tokens()),
                  JwtIssuer.of(HOST, HOST, keys.signing()),
                  keys.refresh())
              .dpop(DpopPolicy.required())
              .build();
      authenticator = JwtAuthenticator.of(families);
    }

    DpopProof check(String proof, String path) {
      return (DpopProof) families.dpop().orElseThrow().check(request("POST", path, proof).build());
    }

    JwtLoginResult login(String proof) {
      return families
          .boundTo(check(proof, "/auth/jwt"))
          .start(ALICE, clock.instant(), CLIENT, null);
    }

    RefreshResult refresh(String proof, TokenPair pair) {
      return families
          .boundTo(check(proof, "/auth/jwt/refresh"))
          .refresh(pair.refreshToken().reveal());
    }

    AuthResult present(String proof, TokenPair pair) {
      return authenticator.authenticate(
          request("GET", "/notes", proof)
              .authorization("DPoP " + pair.accessToken().reveal())
              .build());
    }

    @Override
    public void close() {
      pool.close();
    }
  }

  private void start(Databases database) {
    String url = database.emptiedUrl();
    one = new Node(url);
    other = new Node(url);
    Databases.patient(one.pool).accounts().insert(ALICE);
  }

  @AfterEach
  void stop() {
    one.close();
    other.close();
  }

  private static TestRequest request(String method, String path, String proof) {
    TestRequest request = method.equals("GET") ? TestRequest.get(path) : TestRequest.post(path);
    return request.header("Host", "api.example").header("DPoP", proof);
  }

  private String proof(String method, String path, String more) {
    String claims =
        "{\"jti\":\"%s\",\"htm\":\"%s\",\"htu\":\"%s\",\"iat\":%d%s}"
            .formatted(
                UUID.randomUUID(), method, HOST + path, clock.instant().getEpochSecond(), more);
    String header =
        "{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":%s}"
            .formatted(Jwk.publicJwk(KEY.verificationKey()));
    String content =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + "."
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    return content + "." + base64(KEY.sign(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String forLogin() {
    return proof("POST", "/auth/jwt", "");
  }

  private String forNotes(TokenPair pair) {
    String hash = SecretDigest.of(pair.accessToken().reveal()).text();
    return proof("GET", "/notes", ",\"ath\":\"" + hash + "\"");
  }

  private static void assertReplayed(AuthResult result) {
    assertThat(result)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.reason().name()).isEqualTo("dpop_replayed"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RFC 9449 section 11.1: a proof that one node has seen is refused by the other")
  void otherNode(Databases database) {
    start(database);
    TokenPair pair = one.login(forLogin()).orElseThrow();
    String proof = forNotes(pair);
    assertThat(one.present(proof, pair)).isInstanceOf(Authenticated.class);
    assertReplayed(other.present(proof, pair));
    assertReplayed(one.present(proof, pair));
    assertThat(other.present(forNotes(pair), pair)).isInstanceOf(Authenticated.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RFC 9449 section 11.1: of 32 requests with one proof, on two nodes, one wins")
  void race(Databases database) {
    start(database);
    TokenPair pair = one.login(forLogin()).orElseThrow();
    for (int round = 0; round < 5; round++) {
      String proof = forNotes(pair);
      List<AuthResult> results = Race.of(32, i -> (i % 2 == 0 ? one : other).present(proof, pair));
      assertThat(results).filteredOn(Authenticated.class::isInstance).hasSize(1);
      results.stream()
          .filter(result -> !(result instanceof Authenticated))
          .forEach(UsedProofsTest::assertReplayed);
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RFC 9449 section 11.1: 32 requests with a proof each, on two nodes, all win")
  void noCollateral(Databases database) {
    start(database);
    TokenPair pair = one.login(forLogin()).orElseThrow();
    List<String> proofs = IntStream.range(0, 32).mapToObj(i -> forNotes(pair)).toList();
    assertThat(Race.of(32, i -> (i % 2 == 0 ? one : other).present(proofs.get(i), pair)))
        .hasOnlyElementsOfType(Authenticated.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RFC 9449 section 11.1: a login's and a refresh's proof are good once on all nodes")
  void loginAndRefresh(Databases database) {
    start(database);
    String login = forLogin();
    List<JwtLoginResult> logins = Race.of(16, i -> (i % 2 == 0 ? one : other).login(login));
    List<TokenPair> pairs =
        logins.stream()
            .filter(JwtLoginResult.LoggedIn.class::isInstance)
            .map(JwtLoginResult::orElseThrow)
            .toList();
    assertThat(pairs).hasSize(1);
    TokenPair pair = pairs.get(0);
    String refresh = proof("POST", "/auth/jwt/refresh", "");
    assertThat(one.refresh(refresh, pair)).isInstanceOf(RefreshResult.Refreshed.class);
    assertThat(other.refresh(refresh, pair))
        .isInstanceOfSatisfying(
            RefreshResult.Refused.class,
            refused -> assertThat(refused.reason().name()).isEqualTo("dpop_replayed"));
    assertThat(other.refresh(proof("POST", "/auth/jwt/refresh", ""), pair))
        .isInstanceOf(RefreshResult.Refreshed.class);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("RFC 9449 section 11.1: a node that is started later refuses what was used before")
  void restart(Databases database) {
    start(database);
    TokenPair pair = one.login(forLogin()).orElseThrow();
    String proof = forNotes(pair);
    assertThat(one.present(proof, pair)).isInstanceOf(Authenticated.class);
    one.close();
    clock.advance(Duration.ofSeconds(60).minusMillis(1));
    try (Node third = new Node(other.pool.getJdbcUrl())) {
      assertReplayed(third.present(proof, pair));
    }
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("CH-6, ST-6 without the database no proof is accepted, and none is used up")
  void outage(Databases database) {
    start(database);
    TokenPair pair = one.login(forLogin()).orElseThrow();
    String proof = forNotes(pair);
    one.close();
    assertThatThrownBy(() -> one.present(proof, pair))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(other.present(proof, pair)).isInstanceOf(Authenticated.class);
  }
}

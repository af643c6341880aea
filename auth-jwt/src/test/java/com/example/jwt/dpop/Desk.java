package com.example.jwt.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.JWK;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jwt.dpop.DpopPolicy;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.store.SecretDigest;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.security.SecureRandom;

/** One node that checks proofs, and a client with a key. */
final class Desk {
  static final String HOST = "api.example";
  static final String URL = "https://api.example/notes";
  static final String TOKEN = "header.claims.signature";

  final SettableClock clock;
  final AuthEnvironment environment;
  final SigningKeySet secrets;
  final DpopProofs proofs;
  final JWK key = ProofMaker.newKey();

  Desk() {
    this(DpopPolicy.allowed());
  }

  Desk(DpopPolicy policy) {
    this(policy, ThrottleStore.inMemory());
  }

  Desk(DpopPolicy policy, ThrottleStore counts) {
    this(policy, counts, SettableClock.create(), null);
  }

  private Desk(
      DpopPolicy policy, ThrottleStore counts, SettableClock clock, SigningKeySet secrets) {
    this.clock = clock;
    environment = AuthEnvironment.standard().withClock(clock).withCounts(counts);
    this.secrets =
        secrets == null
            ? SigningKeySet.of(
                environment, SigningKey.generate(JwsAlgorithm.HS256, new SecureRandom()))
            : secrets;
    proofs = DpopProofs.of(environment, this.secrets, policy);
  }

  /**
   * Another node that shares the secrets and the store, but has a clock and a policy of its own.
   */
  Desk colleague(DpopPolicy policy, SettableClock other) {
    return new Desk(policy, environment.counts(), other, secrets);
  }

  /** A proof for {@code GET /notes} with {@link #TOKEN}. */
  ProofMaker proof() {
    return ProofMaker.of(key, "GET", URL, clock.instant())
        .claim("ath", SecretDigest.of(TOKEN).text());
  }

  static TestRequest request() {
    return TestRequest.get("/notes").header("Host", HOST);
  }

  static AuthRequest request(String proof) {
    return request().header("DPoP", proof).build();
  }

  DpopResult use(String proof) {
    return use(request(proof));
  }

  DpopResult use(AuthRequest request) {
    return proofs.use(request, TOKEN, ProofMaker.thumbprint(key));
  }

  void assertTaken(DpopResult result) {
    assertThat(result).isInstanceOf(DpopProof.class);
    assertThat(((DpopProof) result).thumbprint()).isEqualTo(ProofMaker.thumbprint(key));
  }

  static void assertRefused(DpopResult result, DpopRefusal why) {
    assertThat(result).isEqualTo(new DpopResult.Refused(why));
  }
}

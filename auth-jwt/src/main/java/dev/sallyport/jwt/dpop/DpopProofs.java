package dev.sallyport.jwt.dpop;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.jwt.jws.CompactJws;
import dev.sallyport.jwt.jws.JwsHeader;
import dev.sallyport.jwt.jws.TokenType;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.store.SecretDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks the proofs of requests (RFC 9449 section 4.3), and that each is used once. Used proofs are
 * kept in the {@linkplain AuthEnvironment#counts counts} of the environment: nodes that share them
 * refuse each other's. Safe for many threads; it blocks while that store answers.
 *
 * <p>{@link dev.sallyport.jwt.refresh.RefreshFamilies} makes one where it is given a policy. Your
 * own login handler checks the proof before the password:
 *
 * <pre>{@code
 * if (proofs.check(request) instanceof DpopProof proof) {
 *   JwtLoginResult login = families.boundTo(proof).start(verified, request.client());
 * }
 * }</pre>
 */
public final class DpopProofs {
  /** The longest proof that is looked at, in characters. */
  public static final int MAX_LENGTH = 4096;

  /** How far a proof may be ahead of our clock, and two nodes' clocks apart. */
  static final Duration AHEAD = Duration.ofSeconds(5);

  private static final String FIELD = "DPoP";
  private static final int MAX_ID_LENGTH = 512;
  private static final TokenType TYPE = TokenType.of("dpop+jwt");

  private final AuthEnvironment environment;
  private final DpopPolicy policy;
  private final @Nullable Nonces nonces;
  private final ProofKeys known = new ProofKeys();

  private DpopProofs(AuthEnvironment environment, SigningKeySet secrets, DpopPolicy policy) {
    this.environment = environment;
    this.policy = policy;
    this.nonces = policy.nonces().map(lifetime -> new Nonces(secrets, lifetime)).orElse(null);
  }

  /**
   * Checks proofs by a policy.
   *
   * @param environment supplies the clock, and the store of used proofs
   * @param secrets the secrets of refresh tokens, under which nonces are made
   * @param policy what is asked for and accepted
   * @return the checker
   */
  public static DpopProofs of(
      AuthEnvironment environment, SigningKeySet secrets, DpopPolicy policy) {
    return new DpopProofs(environment, secrets, policy);
  }

  /** The access token that a proof is for, and the key that it is bound to. */
  private record Bound(String token, String thumbprint) {}

  /**
   * Checks the proof of a request for tokens. It is not used yet: {@link #spend} does that, once
   * the credentials of the request have been found right.
   *
   * @param request a login or a refresh
   * @return the proof; that it is absent, if none is needed; or why it is refused
   */
  public DpopResult check(AuthRequest request) {
    return request.headers(FIELD).isEmpty() && !policy.isRequired()
        ? new DpopResult.Absent()
        : judge(request, null);
  }

  /**
   * Checks the proof of a request that presents an access token, and uses it up.
   *
   * @param request the request
   * @param accessToken the token, which has been verified
   * @param thumbprint the key that the token is bound to: the {@code jkt} of its {@code cnf}
   * @return the proof, or why it is refused
   * @throws StoreUnavailableException if the store could not answer, or has no room for used proofs
   */
  public DpopResult use(AuthRequest request, String accessToken, String thumbprint) {
    DpopResult result = judge(request, new Bound(accessToken, thumbprint));
    return result instanceof DpopProof proof && !spend(proof)
        ? new DpopResult.Refused(DpopRefusal.REPLAYED)
        : result;
  }

  /**
   * Uses a proof up. Call it for proofs of clients whose credentials are right: what strangers send
   * must not fill the store.
   *
   * @param proof the proof
   * @return true the first time, on any node
   * @throws StoreUnavailableException if the store could not answer, or has no room for used proofs
   */
  public boolean spend(DpopProof proof) {
    ThrottleStore used = environment.counts();
    Instant now = environment.now();
    String key = space(proof) + SecretDigest.of(proof.id()).text();
    ThrottleStore.Entry entry =
        new ThrottleStore.Entry("used", proof.end(), proof.end(), ThrottleStore.WhenFull.REFUSE);
    if (used.replace(key, Optional.empty(), Optional.of(entry), now)) {
      return true;
    }
    if (used.find(key, now).isEmpty()) {
      throw new StoreUnavailableException(
          "There is no more room for used proofs; make the store of counts larger");
    }
    return false;
  }

  /** Sixteen spaces: one client that fills its own leaves the others to most clients. */
  private static String space(DpopProof proof) {
    return "dpop-" + Integer.toHexString(proof.thumbprint().charAt(0) & 15) + ":";
  }

  private DpopResult judge(AuthRequest request, @Nullable Bound bound) {
    List<String> lines = request.headers(FIELD);
    if (lines.size() != 1) {
      return refused(lines.isEmpty() ? DpopRefusal.MISSING : DpopRefusal.SEVERAL);
    }
    String proof = lines.get(0);
    if (proof.length() > MAX_LENGTH) {
      return refused(DpopRefusal.OVERSIZED);
    }
    String header = proof.substring(0, Math.max(0, proof.indexOf('.')));
    ProofKey key = known.find(header);
    JwsHeader parsed = key == null ? null : key.header();
    CompactJws jws = CompactJws.parse(proof, (token, end) -> parsed);
    if (jws == null) {
      return refused(DpopRefusal.MALFORMED);
    }
    if (!TYPE.matches(jws.header.type())) {
      return refused(DpopRefusal.WRONG_TYPE);
    }
    if (key == null) {
      JwsAlgorithm algorithm = policy.accepted(jws.header.algorithm());
      if (algorithm == null) {
        return refused(DpopRefusal.WRONG_ALGORITHM);
      }
      key = ProofKey.read(jws, algorithm);
      if (key == null) {
        return refused(DpopRefusal.BAD_KEY);
      }
    }
    if (bound != null && !key.thumbprint().equals(bound.thumbprint)) {
      return refused(DpopRefusal.WRONG_KEY);
    }
    DpopResult result = judge(request, jws, key, bound);
    if (bound != null && result instanceof DpopProof) {
      known.add(header, key);
    }
    return result;
  }

  /** The signature comes last: it costs more than all the rest. */
  private DpopResult judge(
      AuthRequest request, CompactJws jws, ProofKey key, @Nullable Bound bound) {
    ProofClaims claims = ProofClaims.parse(jws.payload);
    if (claims == null || claims.id().length() > MAX_ID_LENGTH) {
      return refused(DpopRefusal.BAD_CLAIMS);
    }
    if (!claims.method().equals(request.method())) {
      return refused(DpopRefusal.WRONG_METHOD);
    }
    String url = HttpUrl.of(request);
    if (url == null || !(url.equals(claims.url()) || url.equals(HttpUrl.of(claims.url())))) {
      return refused(DpopRefusal.WRONG_URL);
    }
    if (bound != null && !SecretDigest.of(bound.token).text().equals(claims.tokenHash())) {
      return refused(DpopRefusal.WRONG_TOKEN);
    }
    Instant end = end(claims, environment.now());
    if (end == null) {
      return refused(nonces == null ? DpopRefusal.STALE : DpopRefusal.NONCE_NEEDED);
    }
    if (!jws.isSignedBy(key.key())) {
      return refused(DpopRefusal.BAD_SIGNATURE);
    }
    // No part can be mistaken for another: a thumbprint has 43 characters, a URL no space.
    String id = key.thumbprint() + url + " " + claims.id();
    return new DpopProof(key.thumbprint(), id, end.plus(AHEAD));
  }

  /** From when on it is too old; null if it is now, or it is from the future. */
  private @Nullable Instant end(ProofClaims claims, Instant now) {
    if (nonces != null) {
      return claims.nonce() == null ? null : nonces.end(claims.nonce(), now);
    }
    Instant issued = Instant.ofEpochSecond(claims.issuedAt());
    Instant end = issued.plus(policy.maxAge());
    return now.isBefore(end) && !issued.isAfter(now.plus(AHEAD)) ? end : null;
  }

  private static DpopResult refused(DpopRefusal refusal) {
    return new DpopResult.Refused(refusal);
  }

  /** {@return a new nonce for the {@code DPoP-Nonce} field; empty where none are asked for} */
  public Optional<String> newNonce() {
    return Optional.ofNullable(nonces).map(each -> each.issue(environment.now()));
  }

  /** {@return whether every login needs a proof, and no unbound token is accepted} */
  public boolean areRequired() {
    return policy.isRequired();
  }

  /** {@return the names of the accepted algorithms, separated by spaces, for a challenge} */
  public String algorithms() {
    return policy.names();
  }

  @Override
  public String toString() {
    return "DpopProofs[" + policy + "]";
  }
}

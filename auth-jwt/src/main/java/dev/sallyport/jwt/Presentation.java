package dev.sallyport.jwt;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.TransportSecurity;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are presented: one that is bound to a key as {@code DPoP} and with a proof (RFC 9449
 * section 7.1), any other as {@code Bearer}, or in a cookie. Immutable.
 */
final class Presentation {
  static final String BEARER = "Bearer";

  private static final NotAttempted OTHER_FORMAT = NotAttempted.because("other_format");
  private static final Rejected INSECURE = Rejected.of(Identity.SCHEME, Reason.INSECURE_TRANSPORT);
  private static final String DPOP = "DPoP";
  private static final String CONFIRMATION = "cnf";
  private static final Reason BOUND = new Reason("bound_to_a_key", Refusal.INVALID_TOKEN);
  private static final Reason NOT_BOUND = new Reason("not_bound_to_a_key", Refusal.INVALID_TOKEN);

  private final TransportSecurity transport;
  private final @Nullable DpopProofs proofs;
  private final Challenge usual;
  private final Challenge bound;

  /**
   * Knows how tokens may be presented.
   *
   * @param transport whether they may come over plain HTTP
   * @param usual the challenge for tokens that are not bound
   * @param proofs checks proofs; null if DPoP is off, and then no bound token is accepted
   */
  Presentation(TransportSecurity transport, Challenge usual, @Nullable DpopProofs proofs) {
    this.transport = transport;
    this.proofs = proofs;
    this.usual = usual;
    this.bound =
        proofs == null
            ? usual
            : Challenge.of(DPOP, usual.realm()).with("algs", proofs.algorithms());
  }

  /** What needs no look at the token; null if it is to be judged. */
  @Nullable AuthResult unread(AuthRequest request) {
    Authorization field = request.authorization();
    if (!field.is(BEARER) && !isDpop(field)) {
      return field.length() == 0 ? NotAttempted.NO_CREDENTIALS : NotAttempted.OTHER_SCHEME;
    }
    if (!transport.permits(request)) {
      return INSECURE;
    }
    return hasThreeSegments(field.credentials()) ? null : OTHER_FORMAT;
  }

  /** Whether a proof comes with the token, whose use is noted in a store. */
  boolean isProved(AuthRequest request) {
    return isDpop(request.authorization());
  }

  /** Whether a token looks like a JWT; any other is another member's. */
  static boolean hasThreeSegments(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    return first >= 0 && second >= 0 && token.indexOf('.', second + 1) < 0;
  }

  private boolean isDpop(Authorization field) {
    return proofs != null && field.is(DPOP);
  }

  /** The challenge that the credentials of a request answer; null for those in a cookie. */
  Challenge answered(@Nullable AuthRequest request) {
    return request != null && isProved(request) ? bound : usual;
  }

  /** The challenge that a token answers if it is presented as it should be. */
  Challenge of(VerifiedJwt jwt) {
    return isBound(jwt) ? bound : usual;
  }

  /** Who a token of another issuer identifies, with the challenge that it answers. */
  Identity identity(TrustedIssuer issuer) {
    Identity usually = issuer.identity(usual);
    Identity ofBound = issuer.identity(bound);
    return jwt -> (isBound(jwt) ? ofBound : usually).of(jwt);
  }

  List<Challenge> challenges() {
    return proofs == null ? List.of(usual) : List.of(usual, bound);
  }

  Set<String> authSchemes() {
    return proofs == null ? Set.of(usual.scheme()) : Set.of(usual.scheme(), DPOP);
  }

  /** Whatever it is bound to: what can't be checked must not be ignored (RFC 7800 section 3.1). */
  private static boolean isBound(VerifiedJwt jwt) {
    return jwt.claim(CONFIRMATION).isPresent();
  }

  /** Null unless that is the thumbprint of a key, and nothing else as well. */
  private static @Nullable String thumbprint(VerifiedJwt jwt) {
    return jwt.claim(CONFIRMATION).orElse(null) instanceof Map<?, ?> confirmation
            && confirmation.size() == 1
            && confirmation.get("jkt") instanceof String thumbprint
        ? thumbprint
        : null;
  }

  /**
   * Why a token must not be presented as it is; null if it may.
   *
   * @param token the text of the token
   * @param request the request; null if it has the token in a cookie
   * @param own whether it is one of ours
   * @throws dev.sallyport.StoreUnavailableException if the store of used proofs could not answer
   */
  @Nullable Rejected refuse(
      VerifiedJwt jwt, String token, @Nullable AuthRequest request, boolean own) {
    if (request == null || proofs == null || !request.authorization().is(DPOP)) {
      return isBound(jwt)
          ? rejected(BOUND, usual)
          : own && isRequired() ? rejected(NOT_BOUND, usual) : null;
    }
    String thumbprint = thumbprint(jwt);
    if (thumbprint == null) {
      return rejected(NOT_BOUND, bound);
    }
    return proofs.use(request, token, thumbprint) instanceof DpopResult.Refused refused
        ? rejected(refused.refusal(), proofs)
        : null;
  }

  private boolean isRequired() {
    return proofs != null && proofs.areRequired();
  }

  /** The error of the proof is on the challenge: the token may be as good as ever. */
  private Rejected rejected(DpopRefusal refusal, DpopProofs asking) {
    Rejected rejected = rejected(refusal.reason(), bound.with("error", refusal.code()));
    return refusal == DpopRefusal.NONCE_NEEDED
        ? rejected.withHeader("DPoP-Nonce", asking.newNonce().orElseThrow())
        : rejected;
  }

  static Rejected rejected(Reason reason, Challenge challenge) {
    return Rejected.of(Identity.SCHEME, reason).withChallenge(challenge);
  }
}

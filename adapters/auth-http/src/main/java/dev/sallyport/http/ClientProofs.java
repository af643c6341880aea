package dev.sallyport.http;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Problem;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.jwt.dpop.DpopResult;
import dev.sallyport.jwt.refresh.RefreshFamilies;
import org.jspecify.annotations.Nullable;

/** The proofs of clients that ask for tokens which are bound to their key (RFC 9449 section 5). */
record ClientProofs(RefreshFamilies families, AuthEnvironment environment) {
  private static final String NONCE = "DPoP-Nonce";

  /**
   * The proof of a request; null if it has none, and needs none.
   *
   * @param purpose what the request is for, for the event
   */
  @Nullable DpopProof find(AuthRequest request, String purpose) throws RefusedRequestException {
    DpopResult result =
        families.dpop().<DpopResult>map(proofs -> proofs.check(request)).orElse(null);
    if (result instanceof DpopResult.Refused refused) {
      throw new RefusedRequestException(refuse(request, purpose, refused.refusal()));
    }
    return result instanceof DpopProof proof ? proof : null;
  }

  /** The response to a bad proof: a 400 (RFC 6749 section 5.2), with a nonce if one is needed. */
  AuthResponse refuse(AuthRequest request, String purpose, DpopRefusal refusal) {
    environment.report(Rejected.of(purpose, refusal.reason()), request.clientAddress());
    String detail =
        refusal == DpopRefusal.NONCE_NEEDED
            ? "The proof of the client's key needs the nonce of this answer."
            : "The proof of the client's key is not valid.";
    AuthResponse answer = Problem.of(400, refusal.code(), detail).toResponse();
    return refusal == DpopRefusal.NONCE_NEEDED ? withNonce(answer) : answer;
  }

  /** Saves the client the question for a nonce (RFC 9449 section 8.2). */
  AuthResponse withNonce(AuthResponse answer) {
    return families
        .dpop()
        .flatMap(DpopProofs::newNonce)
        .map(nonce -> answer.withHeader(NONCE, nonce))
        .orElse(answer);
  }
}

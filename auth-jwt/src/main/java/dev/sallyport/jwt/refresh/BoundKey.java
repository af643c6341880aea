package dev.sallyport.jwt.refresh;

import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopProofs;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.store.TokenRecord;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The key that a family is bound to (RFC 9449 section 5). A family is bound when it starts, and
 * stays as it is.
 *
 * @param proofs checks proofs; null if DPoP is off, and then nobody can continue a bound family
 */
record BoundKey(@Nullable DpopProofs proofs) {
  /** What the record calls the thumbprint of the key. */
  private static final String ATTRIBUTE = "jkt";

  static Optional<String> of(TokenRecord family) {
    return Optional.ofNullable(family.attributes().get(ATTRIBUTE));
  }

  static Map<String, String> attributes(@Nullable DpopProof proof) {
    return proof == null ? Map.of() : Map.of(ATTRIBUTE, proof.thumbprint());
  }

  /**
   * Makes sure that a login may go on, and uses its proof up.
   *
   * @return false if the proof has been used before
   * @throws IllegalStateException if there is none, and one is required
   */
  boolean accepts(@Nullable DpopProof proof) {
    if (proof == null && isRequired()) {
      throw new IllegalStateException(
          "DPoP is required: start the family by boundTo, with the proof of the request");
    }
    return proof == null || spend(proof);
  }

  /** Why a family must not be continued; null if it may, and then the proof is used up. */
  @Nullable Reason refuse(TokenRecord family, @Nullable DpopProof proof) {
    String bound = of(family).orElse(null);
    if (bound == null) {
      return isRequired() ? invalid(DpopRefusal.MISSING) : null;
    }
    if (proof == null || !proof.thumbprint().equals(bound)) {
      return invalid(proof == null ? DpopRefusal.MISSING : DpopRefusal.WRONG_KEY);
    }
    return spend(proof) ? null : DpopRefusal.REPLAYED.reason();
  }

  private static Reason invalid(DpopRefusal refusal) {
    return new Reason(refusal.text(), Refusal.INVALID_TOKEN);
  }

  private boolean isRequired() {
    return proofs != null && proofs.areRequired();
  }

  /** A proof that others have checked is none of this host's. */
  private boolean spend(DpopProof proof) {
    return proofs != null && proofs.spend(proof);
  }
}

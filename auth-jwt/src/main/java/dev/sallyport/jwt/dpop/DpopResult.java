package dev.sallyport.jwt.dpop;

import java.util.Objects;

/** The result of checking the proof of a request. */
public sealed interface DpopResult permits DpopProof, DpopResult.Absent, DpopResult.Refused {
  /** The request has no proof and needs none. */
  record Absent() implements DpopResult {}

  /**
   * The proof is refused.
   *
   * @param refusal the reason; the client sees its {@link DpopRefusal#code} only
   */
  record Refused(DpopRefusal refusal) implements DpopResult {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(refusal, "refusal");
    }
  }
}

package dev.sallyport.jwt.dpop;

import java.time.Instant;

/**
 * A proof that has been checked: whoever sent the request holds the key. Only {@link DpopProofs}
 * can create one. It is good for one use. Immutable.
 */
public final class DpopProof implements DpopResult {
  private final String thumbprint;
  private final String id;
  private final Instant end;

  /**
   * Created after all checks.
   *
   * @param id what no other proof has
   * @param end from when on no node accepts it
   */
  DpopProof(String thumbprint, String id, Instant end) {
    this.thumbprint = thumbprint;
    this.id = id;
    this.end = end;
  }

  /** {@return the thumbprint of the key (RFC 7638): 43 characters of base64url} */
  public String thumbprint() {
    return thumbprint;
  }

  String id() {
    return id;
  }

  Instant end() {
    return end;
  }

  @Override
  public String toString() {
    return "DpopProof[" + thumbprint + "]";
  }
}

package dev.sallyport.jwt;

import java.util.Objects;

/** What became of a token: a {@link VerifiedJwt}, or a refusal. */
public sealed interface JwtResult permits VerifiedJwt, JwtResult.Refused {
  /**
   * It is refused.
   *
   * @param refusal why; not for the client
   */
  record Refused(JwtRefusal refusal) implements JwtResult {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(refusal, "refusal");
    }
  }
}

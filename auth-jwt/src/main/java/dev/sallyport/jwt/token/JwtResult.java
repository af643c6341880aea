package dev.sallyport.jwt.token;

import java.util.Objects;

/** The result of verifying a JWT: a {@link VerifiedJwt}, or a refusal. */
public sealed interface JwtResult permits VerifiedJwt, JwtResult.Refused {
  /**
   * The token is refused.
   *
   * @param refusal the reason, which is not meant for the client
   */
  record Refused(JwtRefusal refusal) implements JwtResult {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(refusal, "refusal");
    }
  }
}

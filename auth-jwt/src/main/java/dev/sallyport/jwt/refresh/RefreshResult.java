package dev.sallyport.jwt.refresh;

import dev.sallyport.Reason;
import java.util.Objects;

/** The result of exchanging a refresh token. */
public sealed interface RefreshResult {
  /**
   * There is a new pair.
   *
   * @param tokens the tokens to hand over right away
   */
  record Refreshed(TokenPair tokens) implements RefreshResult {
    /** Refuses null. */
    public Refreshed {
      Objects.requireNonNull(tokens, "tokens");
    }
  }

  /**
   * There is no new pair. Mostly the token is not valid, and the user has to log in again. Where
   * tokens are bound to keys (DPoP), the codes that begin with {@code dpop_} say that the proof was
   * refused, and the token is as good as before: the client can try again with a right proof.
   *
   * @param reason the reason, which is not meant for the client: except for refused proofs, all
   *     refusals look alike to it
   */
  record Refused(Reason reason) implements RefreshResult {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}

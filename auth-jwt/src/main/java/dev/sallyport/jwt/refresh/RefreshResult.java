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
   * The token is not valid; the user has to log in again.
   *
   * @param reason the reason, which is not meant for the client: to the client all refusals look
   *     alike
   */
  record Refused(Reason reason) implements RefreshResult {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}

package dev.sallyport.jwt;

import dev.sallyport.Reason;
import java.util.Objects;

/** How the exchange of a refresh token ended. */
public sealed interface Refreshing {
  /**
   * There is a new pair.
   *
   * @param tokens what to hand over, now
   */
  record Refreshed(TokenPair tokens) implements Refreshing {
    /** Refuses null. */
    public Refreshed {
      Objects.requireNonNull(tokens, "tokens");
    }
  }

  /**
   * The token is worth nothing; the user has to log in.
   *
   * @param reason why; not for the client, to whom all refusals read alike
   */
  record Refused(Reason reason) implements Refreshing {
    /** Refuses null. */
    public Refused {
      Objects.requireNonNull(reason, "reason");
    }
  }
}

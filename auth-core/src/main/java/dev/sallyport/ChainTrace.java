package dev.sallyport;

import java.time.Duration;
import java.util.List;

/**
 * How a chain came to its result: for an operator's eyes, without secrets, not for the client,
 * since it tells true reasons.
 *
 * @param result the result
 * @param steps the members that were asked, in order
 */
public record ChainTrace(AuthResult result, List<Step> steps) {
  /** Copies the steps. */
  public ChainTrace {
    steps = List.copyOf(steps);
  }

  /**
   * One member's part.
   *
   * @param authenticator the member's name
   * @param verdict what it said
   * @param reason why; empty for an authenticated request
   * @param took how long it took, by the chain's clock
   */
  public record Step(String authenticator, Verdict verdict, String reason, Duration took) {
    static Step of(String authenticator, AuthResult result, Duration took) {
      if (result instanceof Rejected rejected) {
        return new Step(authenticator, Verdict.REJECTED, rejected.reason().name(), took);
      }
      if (result instanceof NotAttempted nothing) {
        return new Step(authenticator, Verdict.NOT_ATTEMPTED, nothing.reason(), took);
      }
      return new Step(authenticator, Verdict.AUTHENTICATED, "", took);
    }
  }

  /** What a member said. */
  public enum Verdict {
    /** Nothing here for it. */
    NOT_ATTEMPTED,
    /** It vouches for the request. */
    AUTHENTICATED,
    /** It refuses the request. */
    REJECTED
  }
}

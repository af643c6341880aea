package dev.sallyport;

import java.time.Duration;
import java.util.List;

/**
 * How a chain reached its result. It holds no secrets but gives the true reasons, so show it to
 * operators, not to clients.
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
   * @param outcome what it said
   * @param reason why; empty for an authenticated request
   * @param took how long it took, by the chain's clock
   */
  public record Step(String authenticator, Outcome outcome, String reason, Duration took) {
    static Step of(String authenticator, AuthResult result, Duration took) {
      if (result instanceof Rejected rejected) {
        return new Step(authenticator, Outcome.REJECTED, rejected.reason().name(), took);
      }
      if (result instanceof NotAttempted nothing) {
        return new Step(authenticator, Outcome.NOT_ATTEMPTED, nothing.reason(), took);
      }
      return new Step(authenticator, Outcome.AUTHENTICATED, "", took);
    }
  }

  /** What a member said. */
  public enum Outcome {
    /** The member found nothing for it. */
    NOT_ATTEMPTED,
    /** The member vouches for the request. */
    AUTHENTICATED,
    /** The member refuses the request. */
    REJECTED
  }
}

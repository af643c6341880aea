package dev.sallyport.guard;

import dev.sallyport.AuthRequest;
import org.jspecify.annotations.Nullable;

/**
 * Is told when a guard begins to decide, and what it has decided: for traces. It changes no
 * decision; what it throws surfaces, and the request goes no further. Many threads call it at once.
 */
@FunctionalInterface
public interface DecisionObserver {
  /**
   * A decision begins. Whatever the guard asks, stores for example, it asks in this thread and
   * before the end.
   *
   * @param step what is decided
   * @param request the request
   * @return is told the end
   */
  Observed begin(DecisionStep step, AuthRequest request);

  /** One decision that has begun. */
  @FunctionalInterface
  interface Observed {
    /**
     * The decision has ended. Called once, in the thread in which it began.
     *
     * @param decision what was decided; null if an exception is on its way instead
     */
    void end(@Nullable Decision decision);
  }
}

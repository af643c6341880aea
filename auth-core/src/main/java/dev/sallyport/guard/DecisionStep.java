package dev.sallyport.guard;

import dev.sallyport.AuthRequest;
import java.util.function.Supplier;

/** What a guard decides. */
public enum DecisionStep {
  /** Who a request is from, by its credentials, and whether it may go on. */
  CHECK,
  /** Whether somebody who is known already may go on; no store is asked. */
  AUTHORIZE;

  Decision observed(DecisionObserver observer, AuthRequest request, Supplier<Decision> deciding) {
    DecisionObserver.Observed observed = observer.begin(this, request);
    Decision decision = null;
    try {
      decision = deciding.get();
      return decision;
    } finally {
      observed.end(decision);
    }
  }
}

package dev.sallyport.spring;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.DecisionObserver;
import dev.sallyport.guard.DecisionStep;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An observation for each decision of a guard. What it says of one is written in code: nothing that
 * a client has chosen, and no user.
 */
record DecisionObservations(ObservationRegistry registry) implements DecisionObserver {
  private static final String NONE = "none";

  @Override
  public Observed begin(DecisionStep step, AuthRequest request) {
    String name = step.name().toLowerCase(Locale.ROOT);
    Observation observation =
        Observation.createNotStarted("sallyport.decision", registry)
            .contextualName("guard " + name)
            .lowCardinalityKeyValue("step", name)
            .start();
    Observation.Scope scope = observation.openScope();
    return decision -> {
      observation.lowCardinalityKeyValues(said(decision));
      scope.close();
      observation.stop();
    };
  }

  private static KeyValues said(@Nullable Decision decision) {
    if (decision instanceof Decision.Refuse refuse) {
      return said("refused", refuse.problem().code(), NONE);
    }
    if (decision instanceof Decision.Proceed proceed) {
      return proceed
          .who()
          .map(Authenticated::scheme)
          .map(scheme -> said("authenticated", NONE, scheme))
          .orElseGet(() -> said("anonymous", NONE, NONE));
    }
    return said("failed", NONE, NONE);
  }

  private static KeyValues said(String outcome, String code, String scheme) {
    return KeyValues.of("outcome", outcome, "code", code, "scheme", scheme);
  }
}

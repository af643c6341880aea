package dev.sallyport.spring;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.function.Supplier;

/** An observation for each call: a span in traces, and a timer where observations are counted. */
record StoreObservations(ObservationRegistry registry) implements StoreCalls {
  @Override
  public <T> T call(String store, String operation, Supplier<T> asked) {
    return Observation.createNotStarted(StoreTimers.NAME, registry)
        .contextualName(store + " " + operation)
        .lowCardinalityKeyValue(StoreTimers.STORE, store)
        .lowCardinalityKeyValue(StoreTimers.OPERATION, operation)
        .observe(asked);
  }
}

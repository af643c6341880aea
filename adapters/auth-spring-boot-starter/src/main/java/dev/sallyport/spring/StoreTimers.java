package dev.sallyport.spring;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.Supplier;

/** A timer for each operation, with the tags that the meters of observations have. */
record StoreTimers(MeterRegistry registry) implements StoreCalls {
  static final String NAME = "sallyport.store";
  static final String STORE = "store";
  static final String OPERATION = "operation";

  @Override
  public <T> T call(String store, String operation, Supplier<T> asked) {
    Timer.Sample sample = Timer.start(registry);
    String error = "none";
    try {
      return asked.get();
    } catch (RuntimeException e) {
      error = e.getClass().getSimpleName();
      throw e;
    } finally {
      sample.stop(registry.timer(NAME, STORE, store, OPERATION, operation, "error", error));
    }
  }
}

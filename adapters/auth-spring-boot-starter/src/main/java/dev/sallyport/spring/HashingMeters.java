package dev.sallyport.spring;

import dev.sallyport.password.HashingLoad;
import dev.sallyport.password.Passwords;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** How busy the hashing of passwords is. It is asked when meters are read, and by no request. */
final class HashingMeters {
  private final Passwords passwords;
  private final MeterRegistry registry;

  HashingMeters(Passwords passwords, MeterRegistry registry) {
    this.passwords = passwords;
    this.registry = registry;
    gauge("turns.max", "Hashes that are computed at a time at most", HashingLoad::turns);
    gauge("turns.taken", "Hashes that are being computed", HashingLoad::taken);
    gauge("waiting", "Checks of passwords that wait for a turn", HashingLoad::waiting);
    FunctionTimer.builder(
            "sallyport.hashing.wait",
            passwords,
            asked -> asked.hashingLoad().waited(),
            asked -> asked.hashingLoad().waitedFor().toNanos(),
            TimeUnit.NANOSECONDS)
        .description("How long checks of passwords have waited for a turn, if they had to")
        .register(registry);
  }

  private void gauge(String name, String meaning, ToDoubleFunction<HashingLoad> value) {
    Gauge.builder(
            "sallyport.hashing." + name,
            passwords,
            asked -> value.applyAsDouble(asked.hashingLoad()))
        .description(meaning)
        .register(registry);
  }
}

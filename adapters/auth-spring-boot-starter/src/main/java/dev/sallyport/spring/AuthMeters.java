package dev.sallyport.spring;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts events. Tags are names of schemes, reasons and kinds, which code has written; nothing that
 * a client has chosen, and no user. Should a scheme make up reasons without end, they are counted
 * together.
 */
final class AuthMeters implements AuthListener {
  private static final int MAX_SERIES = 200;
  private static final String OTHER = "other";
  private static final String NONE = "none";

  private final MeterRegistry registry;
  private final Map<Series, Counter> counters = new ConcurrentHashMap<>();

  AuthMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** A meter's name and its tags, which are the same ones for each series of a meter. */
  private record Series(String name, Tags tags) {}

  @Override
  public void onEvent(AuthEvent event) {
    if (event instanceof AuthEvent.RequestAuthenticated one) {
      authentication(one.scheme(), "authenticated", NONE);
    } else if (event instanceof AuthEvent.AuthenticationFailed one) {
      authentication(one.scheme(), "rejected", one.reason());
    } else if (event instanceof AuthEvent.StaleCredentials one) {
      authentication(one.scheme(), "stale", one.reason());
    } else if (event instanceof AuthEvent.Throttled one) {
      count("sallyport.throttled", Tags.of("scheme", one.scheme()), Tags.of("scheme", OTHER));
    } else if (event instanceof AuthEvent.LoggedIn) {
      count("sallyport.logins", Tags.empty(), Tags.empty());
    } else if (event instanceof AuthEvent.RefreshReuseDetected) {
      count("sallyport.refresh.reuse", Tags.empty(), Tags.empty());
    } else if (event instanceof AuthEvent.StoreOutage one) {
      count("sallyport.store.outages", Tags.of("during", one.during()), Tags.of("during", OTHER));
    }
  }

  private void authentication(String scheme, String outcome, String reason) {
    count(
        "sallyport.authentications",
        Tags.of("scheme", scheme, "outcome", outcome, "reason", reason),
        Tags.of("scheme", OTHER, "outcome", outcome, "reason", OTHER));
  }

  private void count(String name, Tags tags, Tags others) {
    Series series = new Series(name, tags);
    Series counted =
        counters.containsKey(series) || counters.size() < MAX_SERIES
            ? series
            : new Series(name, others);
    counters
        .computeIfAbsent(counted, missing -> registry.counter(name, counted.tags()))
        .increment();
  }
}

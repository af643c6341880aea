package dev.sallyport.spring;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Removes expired records for good, from time to time. Of nodes that share their counts one does it
 * at a time: the one that has written so, under a condition, into them.
 */
final class PruneSchedule implements SmartInitializingSingleton, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(PruneSchedule.class);
  private static final String KEY = "prune:turn";
  private static final int BATCH = 1_000;

  private final AuthEnvironment environment;
  private final TokenStore tokens;
  private final Duration every;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread created = new Thread(work, "sallyport-prune");
            created.setDaemon(true);
            return created;
          });

  PruneSchedule(Sallyport auth, Duration every) {
    this.environment = auth.environment();
    this.tokens = auth.tokens();
    this.every = every;
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what it throws is logged
  public void afterSingletonsInstantiated() {
    if (!every.isZero() && !every.isNegative()) {
      thread.scheduleWithFixedDelay(
          this::pruneIfItIsOurTurn, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** What it throws would end the schedule. */
  private void pruneIfItIsOurTurn() {
    try {
      Instant now = environment.now();
      if (takeTurn(now)) {
        while (tokens.prune(now, BATCH) >= BATCH && !thread.isShutdown()) {}
      }
    } catch (StoreUnavailableException e) {
      environment.reportOutage("prune", e);
    } catch (RuntimeException e) {
      LOG.error("Expired records can't be removed", e);
    }
  }

  private boolean takeTurn(Instant now) {
    ThrottleStore.Entry turn =
        new ThrottleStore.Entry(
            "taken", now, now.plus(every.dividedBy(2)), ThrottleStore.WhenFull.DROP);
    return environment.counts().replace(KEY, Optional.empty(), Optional.of(turn), now);
  }

  @Override
  public void destroy() {
    thread.shutdown();
  }
}

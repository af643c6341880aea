package dev.sallyport.spring;

import dev.sallyport.scheme.Sallyport;
import dev.sallyport.store.TokenKind;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Asks both stores for somebody who isn't there. DOWN is said of an outage, and of a store that
 * hasn't answered in time: a pool may wait for a connection far longer than whoever asks for the
 * health does. However often that is, one thread at a time asks.
 */
final class StoreHealth extends AbstractHealthIndicator {
  static final Duration PATIENCE = Duration.ofMillis(1500);
  private static final String NOBODY = "sallyport.health";

  private final Sallyport auth;
  private final AtomicReference<@Nullable FutureTask<Boolean>> asking = new AtomicReference<>();

  StoreHealth(Sallyport auth) {
    super("A store of users or of what is issued can't answer");
    this.auth = auth;
  }

  @Override
  protected void doHealthCheck(Health.Builder health) throws Exception {
    try {
      answer().get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      health.up();
    } catch (TimeoutException e) {
      health.down().withDetail("fault", "no answer within " + PATIENCE);
    }
  }

  private FutureTask<Boolean> answer() {
    FutureTask<Boolean> running = asking.get();
    if (running != null && !running.isDone()) {
      return running;
    }
    FutureTask<Boolean> next = new FutureTask<>(this::ask);
    if (!asking.compareAndSet(running, next)) {
      return answer();
    }
    Thread thread = new Thread(next, "sallyport-health");
    thread.setDaemon(true);
    thread.start();
    return next;
  }

  private boolean ask() {
    auth.users().findById(NOBODY);
    return auth.tokens()
        .list(NOBODY, Set.of(TokenKind.SESSION), auth.environment().now())
        .isEmpty();
  }
}

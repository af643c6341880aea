package dev.sallyport.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes events to one logger, each on one line. */
final class Slf4jListener implements AuthListener {
  static final Slf4jListener INSTANCE = new Slf4jListener();
  private static final Logger LOG = LoggerFactory.getLogger("dev.sallyport");

  private Slf4jListener() {}

  @Override
  public void onEvent(AuthEvent event) {
    Level level = level(event);
    if (LOG.isEnabledForLevel(level)) {
      LOG.atLevel(level).log(event.toString());
    }
  }

  private static Level level(AuthEvent event) {
    if (event instanceof AuthEvent.RequestAuthenticated) {
      return Level.DEBUG;
    }
    if (event instanceof AuthEvent.Throttled || event instanceof AuthEvent.RefreshReuseDetected) {
      return Level.WARN;
    }
    boolean broken =
        event instanceof AuthEvent.StoreOutage || event instanceof AuthEvent.DeliveryFailed;
    return broken ? Level.ERROR : Level.INFO;
  }

  /** Only the type of what was thrown: its text is the host's and may hold anything. */
  static void reportFaulty(AuthListener listener, Throwable thrown) {
    LOG.error(
        "The listener {} threw {}; the decision stands",
        listener.getClass().getName(),
        thrown.getClass().getName());
  }
}

package dev.sallyport.event;

import java.util.List;

/**
 * Receives events, in the thread in which they happen. Many threads call it at once and should
 * return soon. What it throws is logged and has no other effect.
 */
@FunctionalInterface
public interface AuthListener {
  /**
   * Receives one event.
   *
   * @param event what happened
   */
  void onEvent(AuthEvent event);

  /**
   * Writes events to the slf4j logger {@code dev.sallyport}: successes at DEBUG, refusals and
   * changes at INFO, throttling at WARN, outages and failed deliveries at ERROR. Control characters
   * are escaped, so that a user name can't forge a line.
   *
   * @return the listener that is used where none is given
   */
  static AuthListener slf4j() {
    return Slf4jListener.INSTANCE;
  }

  /**
   * Tells several listeners, in order; one that throws doesn't keep the others from being told.
   *
   * @param listeners whom to tell
   * @return one listener for all
   */
  static AuthListener all(AuthListener... listeners) {
    List<AuthListener> copied = List.of(listeners);
    return event -> copied.forEach(listener -> listener.publish(event));
  }

  /**
   * Tells this listener about an event and catches anything it throws. To raise an event, call
   * this, never {@link #onEvent}.
   *
   * @param event what happened
   */
  default void publish(AuthEvent event) {
    try {
      onEvent(event);
    } catch (Throwable e) {
      if (e instanceof OutOfMemoryError fatal) {
        throw fatal;
      }
      Slf4jListener.reportFaulty(this, e);
    }
  }
}

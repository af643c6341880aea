package dev.sallyport.testkit;

import dev.sallyport.event.AuthEvent;
import dev.sallyport.event.AuthListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps all events and logs them, so that a scan of the log sees them. Safe for many threads. */
public final class RecordingListener implements AuthListener {
  private static final Logger LOG = LoggerFactory.getLogger(RecordingListener.class);

  private final List<AuthEvent> events = new CopyOnWriteArrayList<>();

  /** A listener that has received nothing yet. */
  public RecordingListener() {}

  @Override
  public void onEvent(AuthEvent event) {
    events.add(event);
    LOG.trace("{}", event);
  }

  /** {@return all events so far, in the order received} */
  public List<AuthEvent> events() {
    return List.copyOf(events);
  }

  /**
   * The events of one type so far.
   *
   * @param type the type
   * @param <E> the type
   * @return the events, in the order received
   */
  public <E extends AuthEvent> List<E> events(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }
}

package dev.sallyport.throttle;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Counts the work that each of many clients causes on this node, in windows that begin with a
 * client's first. It remembers 10,000 clients; where it is full, the window that began first makes
 * room: each of the others has cost its client some work. Not thread-safe.
 *
 * @param <K> what identifies a client
 */
public final class Budget<K> {
  private static final int MAX_CLIENTS = 10_000;

  private final int most;
  private final long windowMillis;
  private final Clock clock;

  /** In the order in which the windows began. */
  private final Map<K, Window> windows = new LinkedHashMap<>();

  /**
   * A budget that nobody has used.
   *
   * @param most how much a client may cause in one window
   * @param window how long a window lasts
   * @param clock the clock
   */
  public Budget(int most, Duration window, Clock clock) {
    this.most = most;
    this.windowMillis = window.toMillis();
    this.clock = Objects.requireNonNull(clock, "clock");
  }

  /**
   * Counts one piece of work, whether or not the budget is spent.
   *
   * @param client who has caused it
   */
  public void count(K client) {
    long now = clock.millis();
    Iterator<Window> oldest = windows.values().iterator();
    while (oldest.hasNext() && oldest.next().end <= now) {
      oldest.remove();
    }
    Window window = windows.get(client);
    if (window == null) {
      if (windows.size() >= MAX_CLIENTS) {
        windows.remove(windows.keySet().iterator().next());
      }
      window = new Window(now + windowMillis);
      windows.put(client, window);
    }
    window.counted++;
  }

  /**
   * Whether a client has spent its budget.
   *
   * @param client a client
   * @return true until its window ends
   */
  public boolean isSpent(K client) {
    return !rest(client).isZero();
  }

  /**
   * How long a client that has spent its budget must wait.
   *
   * @param client a client
   * @return the rest of its window; zero if something is left of the budget
   */
  public Duration rest(K client) {
    Window window = windows.get(client);
    long rest = window == null || window.counted < most ? 0 : window.end - clock.millis();
    return Duration.ofMillis(Math.max(0, rest));
  }

  private static final class Window {
    final long end;
    int counted;

    Window(long end) {
      this.end = end;
    }
  }
}

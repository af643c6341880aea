package dev.sallyport.password;

import dev.sallyport.throttle.ClientNetwork;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the hashes of each network, in windows that begin with its first. Where it is full, the
 * window that began first makes room: each of the others has cost a hash. Not thread-safe.
 */
final class HashBudget {
  private static final int MAX_NETWORKS = 10_000;

  private final int hashes;
  private final long windowMillis;
  private final Clock clock;

  /** In the order in which the windows began. */
  private final Map<ClientNetwork, Window> windows = new LinkedHashMap<>();

  HashBudget(int hashes, Duration window, Clock clock) {
    this.hashes = hashes;
    this.windowMillis = window.toMillis();
    this.clock = clock;
  }

  void count(ClientNetwork network) {
    long now = clock.millis();
    Iterator<Window> oldest = windows.values().iterator();
    while (oldest.hasNext() && oldest.next().end <= now) {
      oldest.remove();
    }
    Window window = windows.get(network);
    if (window == null) {
      if (windows.size() >= MAX_NETWORKS) {
        windows.remove(windows.keySet().iterator().next());
      }
      window = new Window(now + windowMillis);
      windows.put(network, window);
    }
    window.counted++;
  }

  boolean isSpent(ClientNetwork network) {
    Window window = windows.get(network);
    return window != null && clock.millis() < window.end && window.counted >= hashes;
  }

  private static final class Window {
    final long end;
    int counted;

    Window(long end) {
      this.end = end;
    }
  }
}

package dev.sallyport.jwt.key;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A few objects that are ready for use by one thread at a time. A thread that finds none creates
 * one; an object for which there is no room is dropped. Safe for many threads; none ever waits.
 */
final class Pool<T> {
  private static final int MAX = 64;

  private final AtomicReferenceArray<@Nullable T> places =
      new AtomicReferenceArray<>(Math.min(MAX, 4 * Runtime.getRuntime().availableProcessors()));

  @Nullable T take() {
    for (int i = 0; i < places.length(); i++) {
      T found = places.get(i);
      if (found != null && places.compareAndSet(i, found, null)) {
        return found;
      }
    }
    return null;
  }

  void clear() {
    for (int i = 0; i < places.length(); i++) {
      places.set(i, null);
    }
  }

  void give(T object) {
    for (int i = 0; i < places.length(); i++) {
      if (places.get(i) == null && places.compareAndSet(i, null, object)) {
        return;
      }
    }
  }
}

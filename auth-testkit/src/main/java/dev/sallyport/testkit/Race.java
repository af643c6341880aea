package dev.sallyport.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Runs work in many threads at the same moment.
 *
 * <pre>{@code
 * List<Boolean> removed = Race.of(50, i -> store.remove(found, now));
 * assertThat(removed).containsOnlyOnce(true);
 * }</pre>
 */
public final class Race {
  private Race() {}

  /**
   * Does the same work in a number of threads, none of which begins before all are ready.
   *
   * @param threads how many
   * @param work the work of each; its argument is the number of the thread, from 0
   * @param <T> the result type
   * @return the results, in the order of the threads' numbers
   * @throws IllegalStateException if one threw, or has not finished after a minute
   */
  public static <T> List<T> of(int threads, IntFunction<T> work) {
    return of(IntStream.range(0, threads).<Callable<T>>mapToObj(i -> () -> work.apply(i)).toList());
  }

  /**
   * Runs several pieces of work, each in its own thread, none of which begins before all are ready.
   *
   * @param work the pieces of work
   * @param <T> the result type
   * @return the results, in the same order
   * @throws IllegalStateException if one threw, or has not finished after a minute
   */
  public static <T> List<T> of(List<? extends Callable<T>> work) {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      return of(pool, work);
    } finally {
      pool.shutdownNow();
    }
  }

  /**
   * Like {@link #of(List)}, but with existing threads, for races of many rounds.
   *
   * @param pool at least as many idle threads as there are pieces of work
   * @param work the pieces of work
   * @param <T> the result type
   * @return the results, in the same order
   * @throws IllegalStateException if one threw, or has not finished after a minute
   */
  public static <T> List<T> of(ExecutorService pool, List<? extends Callable<T>> work) {
    CyclicBarrier ready = new CyclicBarrier(work.size());
    List<Future<T>> running = new ArrayList<>();
    for (Callable<T> one : work) {
      running.add(
          pool.submit(
              () -> {
                ready.await(1, TimeUnit.MINUTES);
                return one.call();
              }));
    }
    List<T> results = new ArrayList<>();
    for (Future<T> one : running) {
      try {
        results.add(one.get(1, TimeUnit.MINUTES));
      } catch (InterruptedException | ExecutionException | TimeoutException e) {
        throw new IllegalStateException(e);
      }
    }
    return results;
  }
}

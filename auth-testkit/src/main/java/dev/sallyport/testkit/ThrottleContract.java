package dev.sallyport.testkit;

import dev.sallyport.counts.ThrottleStore;

/**
 * Tests that every {@link ThrottleStore} must pass, run by a class that implements this. The clock
 * is far ahead, so that a database that drops values by its own clock keeps them all.
 *
 * <pre>{@code
 * class MyCountsTest implements ThrottleContract {
 *   public ThrottleStore store() { return new MyCounts(emptyDatabase()); }
 * }
 * }</pre>
 */
public interface ThrottleContract extends ThrottleValues, ThrottleGuesses, ThrottleRaces {
  /** {@return a new store without values} It is called once for each test. */
  @Override
  ThrottleStore store();
}

package dev.sallyport.benchmarks.growth;

import java.time.Clock;
import java.time.Duration;

/**
 * A clock that is an hour ahead. What is issued by it was seen a moment ago for longer than any
 * trial lasts: that a use is noted once a minute is not what grows.
 */
final class Ahead {
  private Ahead() {}

  static Clock clock() {
    return Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
  }
}

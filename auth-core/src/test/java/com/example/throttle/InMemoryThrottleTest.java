package com.example.throttle;

import dev.sallyport.testkit.ThrottleContract;
import dev.sallyport.throttle.ThrottleStore;
import java.time.Clock;

class InMemoryThrottleTest extends ThrottleContract {
  @Override
  protected ThrottleStore store(Clock clock) {
    return ThrottleStore.inMemory(clock);
  }
}

package com.example.throttle;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.ThrottleContract;

class InMemoryThrottleTest implements ThrottleContract {
  @Override
  public ThrottleStore store() {
    return ThrottleStore.inMemory();
  }
}

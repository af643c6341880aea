package com.example.redis;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.testkit.ThrottleContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of the throttle's stores, alone and as a Cluster. */
class CountsTest {
  abstract static class Contract implements ThrottleContract {
    private final Servers servers;

    Contract(Servers servers) {
      this.servers = servers;
    }

    @Override
    public ThrottleStore store() {
      return servers.stores().counts();
    }
  }

  @Nested
  @DisplayName("ST-3, TH-6 one server")
  class Single extends Contract {
    Single() {
      super(Servers.SINGLE);
    }
  }

  @Nested
  @DisplayName("ST-3, TH-6 three masters and three replicas")
  class Cluster extends Contract {
    Cluster() {
      super(Servers.CLUSTER);
    }
  }
}

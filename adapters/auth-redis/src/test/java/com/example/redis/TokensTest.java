package com.example.redis;

import dev.sallyport.store.TokenStore;
import dev.sallyport.testkit.TokenStoreContract;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

/** The contract of token stores, alone and as a Cluster. */
class TokensTest {
  abstract static class Contract implements TokenStoreContract {
    private final Servers servers;

    Contract(Servers servers) {
      this.servers = servers;
    }

    @Override
    public TokenStore store() {
      return servers.stores().tokens();
    }

    @Override
    public boolean prunes() {
      return false;
    }
  }

  @Nested
  @DisplayName("ST-3 one server")
  class Single extends Contract {
    Single() {
      super(Servers.SINGLE);
    }
  }

  @Nested
  @DisplayName("ST-3 three masters and three replicas")
  class Cluster extends Contract {
    Cluster() {
      super(Servers.CLUSTER);
    }
  }
}

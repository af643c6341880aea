package com.example.redis;

import static com.example.redis.Samples.NOW;
import static com.example.redis.Samples.record;
import static com.example.redis.Samples.session;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.counts.ThrottleStore;
import dev.sallyport.redis.RedisStores;
import dev.sallyport.store.TokenKind;
import dev.sallyport.store.TokenLimit;
import dev.sallyport.store.TokenLimit.WhenFull;
import dev.sallyport.store.TokenRecord;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.TokenStore.Selection;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** How often the server is asked: what docs/redis.md says. */
class RoundTripsTest {
  /** A store that is not told what kind of server it has may use only the keys of a Cluster. */
  private static RedisStores stores(Relayed client, boolean isCluster) {
    try (Jedis admin = Servers.single().admin()) {
      admin.aclSetUser("default", isCluster ? "-info" : "+info");
      return Servers.patient(client);
    } finally {
      try (Jedis admin = Servers.single().admin()) {
        admin.aclSetUser("default", "+info");
      }
    }
  }

  @ParameterizedTest(name = "as in a Cluster: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName(
      "ST-4 A record is found in one round trip, in a Cluster in two; changes take up to 3")
  void tokens(boolean isCluster) {
    Servers.SINGLE.emptied();
    Relayed client = new Relayed(Servers.single().address());
    TokenStore store = stores(client, isCluster).tokens();
    TokenLimit one = new TokenLimit(1, WhenFull.REMOVE_OLDEST);
    TokenRecord first = session("alice");
    TokenRecord second = session("alice");

    store.insert(first, one, NOW);
    assertThat(client.asked()).as("to add one").isEqualTo(2);
    store.insert(second, one, NOW);
    assertThat(client.asked()).as("to add one where one leaves").isEqualTo(3);
    store.find(TokenKind.SESSION, second.key(), NOW);
    assertThat(client.asked()).as("to find one").isEqualTo(isCluster ? 2 : 1);
    store.touch(second, NOW.plusSeconds(1), NOW.plusSeconds(60));
    assertThat(client.asked()).as("to note a use").isEqualTo(1);
    store.replace(second, second, NOW);
    assertThat(client.asked()).as("to replace one").isEqualTo(1);
    store.list("alice", TokenKind.all(), NOW);
    assertThat(client.asked()).as("to list").isEqualTo(1);
    store.remove(second, NOW);
    assertThat(client.asked()).as("to remove one").isEqualTo(2);

    TokenRecord endless = record(TokenKind.TOKEN, "alice").build();
    store.insert(endless, one, NOW);
    store.insert(session("alice"), one, NOW);
    client.asked();
    store.touch(endless, NOW.plusSeconds(1), null);
    assertThat(client.asked()).as("to note a use of one without an end").isEqualTo(2);
    store.removeAll("alice", Selection.of(TokenKind.all()), NOW);
    assertThat(client.asked()).as("to remove two").isEqualTo(isCluster ? 3 : 2);
  }

  @ParameterizedTest(name = "as in a Cluster: {0}")
  @ValueSource(booleans = {false, true})
  @DisplayName("TH-6 A count is found or changed in one round trip")
  void counts(boolean isCluster) {
    Servers.SINGLE.emptied();
    Relayed client = new Relayed(Servers.single().address());
    ThrottleStore store = stores(client, isCluster).counts();
    store.find("a:1", NOW);
    assertThat(client.asked()).isEqualTo(1);
    store.replace("a:1", Optional.empty(), Samples.count("1"), NOW);
    assertThat(client.asked()).isEqualTo(1);
  }
}

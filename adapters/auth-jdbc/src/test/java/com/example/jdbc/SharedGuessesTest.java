package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;

/** Two nodes that share PostgreSQL, each with a memory of its own. */
class SharedGuessesTest {
  private static final Client CLIENT = new Client(InetAddress.getLoopbackAddress(), "");
  private static final String RIGHT = "wonderland";

  private final SettableClock clock = SettableClock.create();
  private final CheapHasher hasher = CheapHasher.create();

  private Passwords node(JdbcStores stores) {
    return Passwords.builder(AuthEnvironment.standard().withClock(clock), stores.accounts())
        .hasher(hasher)
        .maxConcurrentHashes(64)
        .maxWait(Duration.ofSeconds(60))
        .throttle(
            Throttle.builder(
                    AuthEnvironment.standard().withClock(clock).withCounts(stores.counts()))
                .build())
        .build();
  }

  @RepeatedTest(3)
  @DisplayName("TH-1 200 wrong guesses at once on two nodes compute five hashes, and none is right")
  void guesses() {
    try (HikariDataSource pool = Databases.pool(Databases.POSTGRESQL.emptiedUrl())) {
      JdbcStores stores = JdbcStores.builder(pool).timeout(Databases.PATIENCE).build();
      AccountStore users = stores.accounts();
      users.insert(
          User.builder("1", "alice")
              .passwordHash(hasher.hash(Password.of(RIGHT), new SecureRandom()))
              .build());
      List<Passwords> nodes = Stream.of(1, 2).map(unused -> node(stores)).toList();
      nodes.forEach(node -> assertThat(isRight(node, RIGHT)).isTrue());

      int before = hasher.computed();
      List<Boolean> right = Race.of(200, i -> isRight(nodes.get(i % 2), "guess " + i));
      assertThat(right).containsOnly(false);
      assertThat(hasher.computed() - before).isBetween(1, 5);

      clock.advance(Duration.ofMinutes(16));
      assertThat(isRight(nodes.get(0), RIGHT)).isTrue();
      assertThat(isRight(nodes.get(1), RIGHT)).isTrue();
    }
  }

  @RepeatedTest(3)
  @DisplayName("TH-1 sixteen right ones at once on two nodes, cold, are right, by a hash each node")
  void right() {
    try (HikariDataSource pool = Databases.pool(Databases.POSTGRESQL.emptiedUrl())) {
      JdbcStores stores = JdbcStores.builder(pool).timeout(Databases.PATIENCE).build();
      stores
          .accounts()
          .insert(
              User.builder("1", "alice")
                  .passwordHash(hasher.hash(Password.of(RIGHT), new SecureRandom()))
                  .build());
      List<Passwords> nodes = Stream.of(1, 2).map(unused -> node(stores)).toList();
      int before = hasher.computed();
      assertThat(Race.of(16, i -> isRight(nodes.get(i % 2), RIGHT))).containsOnly(true);
      assertThat(hasher.computed() - before).isEqualTo(2);
    }
  }

  private static boolean isRight(Passwords node, String password) {
    return node.verifyRepeated("alice", Password.of(password), CLIENT)
        instanceof PasswordResult.Verified;
  }
}

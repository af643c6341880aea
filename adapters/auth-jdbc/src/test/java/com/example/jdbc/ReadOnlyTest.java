package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionResult;
import dev.sallyport.session.Sessions;
import dev.sallyport.store.AccountStore;
import dev.sallyport.store.User;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import dev.sallyport.token.NewToken;
import dev.sallyport.token.TokenAuthenticator;
import dev.sallyport.token.TokenResult;
import dev.sallyport.token.Tokens;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A PostgreSQL that a failover has made read-only. */
class ReadOnlyTest {
  private final SettableClock clock = SettableClock.create();
  private final RecordingListener events = new RecordingListener();

  @Test
  @DisplayName("SE-3, TK-4 sessions and tokens go on, and an event tells what can't be written")
  void goesOn() throws Exception {
    String url = Databases.POSTGRESQL.newUrl();
    try (HikariDataSource pool = Databases.pool(url)) {
      JdbcStores stores = JdbcStores.builder(pool).createSchema().build();
      AccountStore users = stores.accounts();
      User alice = User.builder("1", "alice").build();
      users.insert(alice);
      Sessions sessions =
          Sessions.builder(
                  Sallyport.of(
                      AuthEnvironment.standard().withClock(clock).withListener(events),
                      users,
                      stores.tokens()))
              .build();
      Tokens tokens =
          Tokens.builder(
                  Sallyport.of(
                      AuthEnvironment.standard().withClock(clock).withListener(events),
                      users,
                      stores.tokens()))
              .build();
      SessionResult.Started session =
          (SessionResult.Started)
              sessions.start(alice, clock.instant(), TestRequest.post("/").build(), false);
      TokenResult.Issued token = tokens.issue(alice, NewToken.standard()).orElseThrow();

      Databases.execute(
          pool,
          "DO $$ BEGIN EXECUTE 'ALTER DATABASE ' || current_database()"
              + " || ' SET default_transaction_read_only = on'; END $$");
      pool.getHikariPoolMXBean().softEvictConnections();
      clock.advance(Duration.ofMinutes(2));

      AuthRequest byCookie =
          TestRequest.get("/").cookie(session.cookie().name(), session.cookie().value()).build();
      AuthRequest byToken =
          TestRequest.get("/").header("Authorization", "Bearer " + token.token().reveal()).build();
      for (int i = 0; i < 3; i++) {
        assertThat(SessionAuthenticator.of(sessions).authenticate(byCookie))
            .isInstanceOf(Authenticated.class);
        assertThat(TokenAuthenticator.of(tokens).authenticate(byToken))
            .isInstanceOf(Authenticated.class);
      }
      assertThat(events.events(AuthEvent.StoreOutage.class))
          .extracting(AuthEvent.StoreOutage::during)
          .containsExactly("session_use", "token_use");
    }
  }
}

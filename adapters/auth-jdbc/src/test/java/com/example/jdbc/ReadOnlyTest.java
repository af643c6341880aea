package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticated;
import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordVerdict;
import dev.sallyport.password.Passwords;
import dev.sallyport.session.SessionAuthenticator;
import dev.sallyport.session.SessionStart;
import dev.sallyport.session.Sessions;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.RecordingListener;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A PostgreSQL that a failover has made read-only. */
@Timeout(120)
class ReadOnlyTest {
  private final SettableClock clock = SettableClock.create();
  private final RecordingListener events = new RecordingListener();

  private static void execute(DataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  @DisplayName("SE-3 a session goes on where the database can only be read, up to its idle end")
  void sessionGoesOn() throws IOException, SQLException {
    try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
      DataSource database = server.getPostgresDatabase(); // a connection for each statement
      JdbcStores stores = JdbcStores.builder(database).createSchema().build();
      Sessions sessions =
          Sessions.builder(stores.tokens(), stores.accounts())
              .clock(clock)
              .listener(events)
              .build();
      SessionAuthenticator authenticator = SessionAuthenticator.of(sessions);
      AuthRequest request = loggedIn(stores, sessions);

      execute(database, "ALTER DATABASE postgres SET default_transaction_read_only = on");
      clock.advance(Duration.ofMinutes(2));
      assertThat(authenticator.authenticate(request)).isInstanceOf(Authenticated.class);
      assertThat(authenticator.authenticate(request)).isInstanceOf(Authenticated.class);
      assertThat(events.events(AuthEvent.StoreOutage.class))
          .singleElement()
          .satisfies(outage -> assertThat(outage.during()).isEqualTo("session_use"));

      clock.advance(Duration.ofMinutes(28));
      assertThat(authenticator.authenticate(request)).isNotInstanceOf(Authenticated.class);
    }
  }

  private AuthRequest loggedIn(JdbcStores stores, Sessions sessions) {
    Passwords passwords =
        Passwords.builder(stores.accounts()).hasher(CheapHasher.create()).clock(clock).build();
    Accounts accounts =
        Accounts.builder(stores.accounts(), passwords).tokens(stores.tokens()).clock(clock).build();
    Password password = Password.of("wonderland-1865");
    accounts.register("alice", password);
    PasswordVerdict.Verified login =
        (PasswordVerdict.Verified)
            accounts.verify("alice", password, new Client(InetAddress.getLoopbackAddress(), ""));
    SessionStart.Started started =
        (SessionStart.Started) sessions.start(login, TestRequest.post("/login").build());
    return TestRequest.get("/").cookie(started.cookie().name(), started.cookie().value()).build();
  }
}

package com.example.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.jdbc.JdbcStores;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.SettableClock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Strangers at one node, from networks without end, and the user at another. */
class SharedFloodTest {
  private static final Password RIGHT = Password.of("correct horse");
  private static final Password NEXT = Password.of("battery staple");
  private static final Password WRONG = Password.of("wrong horse");

  private final SettableClock clock = SettableClock.create();
  private final List<String> codes = new ArrayList<>();
  private final Client home = client(1, 0);
  private HikariDataSource pool;
  private Node attacked;
  private Node other;

  private record Node(Accounts accounts, PasswordReset reset) {
    boolean logsIn(Password password, Client client) {
      return accounts.verify("victim", password, client) instanceof PasswordResult.Verified;
    }
  }

  @BeforeEach
  void start() {
    pool = Databases.pool(Databases.POSTGRESQL.emptiedUrl());
    attacked = node();
    other = node();
    attacked.accounts().register("victim", RIGHT);
    assertThat(other.logsIn(RIGHT, home)).isTrue();
  }

  @AfterEach
  void stop() {
    pool.close();
  }

  private Node node() {
    JdbcStores stores = JdbcStores.builder(pool).timeout(Databases.PATIENCE).build();
    Passwords passwords =
        Passwords.builder(
                AuthEnvironment.standard()
                    .withClock(clock)
                    .withListener(event -> {})
                    .withCounts(stores.counts()),
                stores.accounts())
            .hasher(CheapHasher.create())
            .build();
    Accounts accounts = Accounts.builder(stores.accounts(), passwords).build();
    return new Node(
        accounts,
        PasswordReset.of(
            accounts, stores.tokens(), (user, code, expiresAt) -> codes.add(code.reveal())));
  }

  /** Of a /64 of its own for each number. */
  private static Client client(int site, int number) {
    byte[] bytes = ByteBuffer.allocate(16).putInt(0x20010db8 + site).putInt(number).array();
    try {
      return new Client(InetAddress.getByAddress(bytes), "");
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  @DisplayName("TH-4 a flood of reset requests at one node takes no known address from the other")
  void resets() {
    for (int i = 0; i < 1_000; i++) {
      attacked.reset().request("name" + i % 97, client(2, i));
    }
    for (int i = 0; i < 20; i++) {
      attacked.accounts().verify("victim", WRONG, client(3, i));
    }
    for (int i = 0; i < 4; i++) {
      assertThat(other.logsIn(WRONG, home)).isFalse();
    }
    assertThat(other.logsIn(RIGHT, home)).isTrue();
  }

  @Test
  @DisplayName("TH-3, AC-5 under one guess a second, at home and after a reset the user gets in")
  void guesses() {
    int second = 0;
    for (; second < 900; second++) {
      attacked.accounts().verify("victim", WRONG, client(4, second));
      if (second % 60 == 0) {
        assertThat(other.logsIn(RIGHT, home)).isTrue();
      }
      clock.advance(Duration.ofSeconds(1));
    }
    Client hotel = client(5, 0);
    assertThat(other.logsIn(RIGHT, hotel)).as("the account waits for strangers").isFalse();
    other.reset().request("victim", hotel);
    assertThat(other.reset().redeem(codes.get(0), NEXT, hotel))
        .isInstanceOf(AccountResult.Done.class);
    for (int until = second + 120; second < until; second++) {
      attacked.accounts().verify("victim", WRONG, client(4, second));
      assertThat(other.logsIn(NEXT, hotel)).isTrue();
      clock.advance(Duration.ofSeconds(1));
    }
  }
}

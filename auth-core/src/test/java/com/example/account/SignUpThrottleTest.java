package com.example.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.password.WatchedStore;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.Client;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.account.AccountResult;
import dev.sallyport.account.Accounts;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.throttle.Throttle;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A flood of sign-ups from one address does not keep everybody else's passwords waiting. */
class SignUpThrottleTest {
  private final AccountsFixture fixture = new AccountsFixture();
  private final Client client = new Client(address(1), "curl/8.0");
  private int names;

  private static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) last});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private AccountResult signUp(Client from) {
    names++;
    return fixture.accounts.register("user" + names, AccountsFixture.NEXT, from);
  }

  private void fill(int signUps) {
    for (int i = 0; i < signUps; i++) {
      assertThat(signUp(client)).isInstanceOf(AccountResult.Done.class);
    }
  }

  @Test
  @DisplayName("PW-4, TH-2 the 101st sign-up from one address in 15 minutes is refused, unhashed")
  void limit() {
    fill(100);
    int hashes = fixture.hasher.computed();
    AccountResult refused = signUp(client);
    assertThat(refused).matches(Refusals.refusedFor(PasswordResult.THROTTLED));
    assertThat(Refusals.wait(refused)).isPositive().isLessThanOrEqualTo(Duration.ofMinutes(15));
    assertThat(fixture.hasher.computed()).isEqualTo(hashes);
    assertThat(fixture.users.findByName("user" + names)).isEmpty();
    assertThat(fixture.heard.events(AuthEvent.Throttled.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.scheme()).isEqualTo("register");
              assertThat(event.client()).isEqualTo(client.address());
            });
    assertThat(signUp(new Client(address(2), ""))).isInstanceOf(AccountResult.Done.class);
    fixture.clock.advance(Refusals.wait(refused));
    assertThat(signUp(client)).isInstanceOf(AccountResult.Done.class);
  }

  @Test
  @DisplayName("TH-1 sign-ups and logins are counted apart")
  void apart() {
    fill(100);
    assertThat(signUp(client)).matches(Refusals.refusedFor(PasswordResult.THROTTLED));
    assertThat(fixture.accounts.verify("alice", AccountsFixture.RIGHT, client))
        .isInstanceOf(PasswordResult.Verified.class);
  }

  @Test
  @DisplayName("TH-6 nodes whose counts are in one store count sign-ups together")
  void together() {
    Accounts[] nodes = new Accounts[2];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = Accounts.builder(fixture.users, fixture.passwords).build();
    }
    for (int i = 0; i < 100; i++) {
      assertThat(nodes[i % 2].register("user" + i, AccountsFixture.NEXT, client))
          .isInstanceOf(AccountResult.Done.class);
    }
    for (Accounts node : nodes) {
      assertThat(node.register("one more", AccountsFixture.NEXT, client))
          .matches(Refusals.refusedFor(PasswordResult.THROTTLED));
    }
  }

  @Test
  @DisplayName("TH-1 what can't be a name or a password is not counted")
  void faults() {
    for (int i = 0; i < 101; i++) {
      assertThat(fixture.accounts.register("bob", Password.of("short"), client))
          .isInstanceOf(AccountResult.Invalid.class);
    }
    fill(1);
  }

  @Test
  @DisplayName("GU-3, TH-4 once refused, names that exist and names that don't are refused alike")
  void noOracle() {
    fill(99);
    assertThat(fixture.accounts.register("alice", AccountsFixture.NEXT, client))
        .matches(Refusals.refusedFor(AccountResult.USERNAME_TAKEN));
    for (String name : new String[] {"alice", "nobody"}) {
      assertThat(fixture.accounts.register(name, AccountsFixture.NEXT, client))
          .matches(Refusals.refusedFor(PasswordResult.THROTTLED));
    }
  }

  @Test
  @DisplayName("CH-6, TH-1 an outage comes through, and is not counted")
  void outage() {
    Accounts strict =
        Accounts.builder(fixture.users, fixture.passwords)
            .signUpThrottle(
                Throttle.builder(
                        AuthEnvironment.standard()
                            .withClock(fixture.clock)
                            .withCounts(fixture.counts))
                    .purpose("register")
                    .address(1, Duration.ofMinutes(15))
                    .build())
            .build();
    fixture.users.beforeWrite(WatchedStore::beAway);
    assertThatThrownBy(() -> strict.register("bob", AccountsFixture.NEXT, client))
        .isInstanceOf(StoreUnavailableException.class);
    fixture.users.beforeWrite(() -> {});
    assertThat(strict.register("bob", AccountsFixture.NEXT, client))
        .isInstanceOf(AccountResult.Done.class);
    assertThat(strict.register("carol", AccountsFixture.NEXT, client))
        .matches(Refusals.refusedFor(PasswordResult.THROTTLED));
  }

  @Test
  @DisplayName("AC-1 a host that makes users itself is not counted")
  void host() {
    for (int i = 0; i < 101; i++) {
      assertThat(fixture.accounts.register("made" + i, AccountsFixture.NEXT))
          .isInstanceOf(AccountResult.Done.class);
    }
  }
}

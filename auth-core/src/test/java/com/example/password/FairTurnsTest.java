package com.example.password;

import static com.example.password.PasswordsFixture.isRight;
import static com.example.password.PasswordsFixture.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.Client;
import dev.sallyport.account.Accounts;
import dev.sallyport.account.PasswordReset;
import dev.sallyport.password.Password;
import dev.sallyport.password.PasswordResult;
import dev.sallyport.password.Passwords;
import dev.sallyport.store.TokenStore;
import dev.sallyport.store.User;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Turns for hashing are shared by networks. One turn; whoever waits is put there one by one. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FairTurnsTest {
  private static final String PASSWORD = "wonderland";
  private static final String ATTACKER = "203.0.113.9";

  private final PasswordsFixture fixture = new PasswordsFixture();
  private final ScriptedHasher hasher = new ScriptedHasher();
  private final List<String> served = new CopyOnWriteArrayList<>();
  private final Map<Thread, String> names = new ConcurrentHashMap<>();
  private final CountDownLatch go = new CountDownLatch(1);
  private final List<Login> all = new ArrayList<>();
  private final List<Thread> others = new ArrayList<>();
  private Passwords passwords =
      fixture.builder(hasher).maxConcurrentHashes(1).maxWait(Duration.ofMinutes(1)).build();

  @BeforeEach
  void users() {
    for (int i = 0; i < 40; i++) {
      fixture.store.put(User.builder("id" + i, "user" + i).passwordHash(":" + PASSWORD));
    }
  }

  @AfterEach
  void nobodyIsLeft() throws Exception {
    go.countDown();
    for (Login one : all) {
      one.verdict();
    }
  }

  private static Client client(String literal) {
    try {
      return new Client(InetAddress.getByName(literal), "");
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private record Login(Thread thread, FutureTask<PasswordResult> task) {
    PasswordResult verdict() throws Exception {
      return task.get(30, TimeUnit.SECONDS);
    }
  }

  private PasswordResult login(int user, String client) {
    return passwords.verify("user" + user, Password.of(PASSWORD), client(client));
  }

  /** Starts a login that waits, and is written down as what it is called when it is served. */
  private Login wait(String name, int user, String client) {
    FutureTask<PasswordResult> task = new FutureTask<>(() -> login(user, client));
    Thread thread = new Thread(task);
    names.put(thread, name);
    thread.start();
    Turns.awaitWaiting(thread);
    Login login = new Login(thread, task);
    all.add(login);
    return login;
  }

  /** Takes the only turn until all are told to go. */
  private void takeTurn() {
    CountDownLatch taken = new CountDownLatch(1);
    hasher.whileComputing(
        () -> {
          taken.countDown();
          Turns.await(go);
          served.add(names.getOrDefault(Thread.currentThread(), "holder"));
        });
    FutureTask<PasswordResult> holder = new FutureTask<>(() -> login(39, "198.18.0.1"));
    Thread thread = new Thread(holder);
    thread.start();
    Turns.await(taken);
    all.add(new Login(thread, holder));
  }

  private List<String> release() throws Exception {
    go.countDown();
    for (Login one : all) {
      one.verdict();
    }
    others.forEach(Turns::join);
    return served.subList(1, served.size());
  }

  @Test
  @DisplayName("PW-4: those who wait are served by address in turn, not by number")
  void inTurn() throws Exception {
    takeTurn();
    wait("a1", 1, ATTACKER);
    wait("a2", 2, ATTACKER);
    wait("a3", 3, ATTACKER);
    wait("b1", 4, "198.51.100.7");
    wait("b2", 5, "198.51.100.7");
    wait("c1", 6, "192.0.2.7");
    assertThat(release()).containsExactly("a1", "b1", "c1", "a2", "b2", "a3");
  }

  @Test
  @DisplayName("PW-4: by /48 first, then by /64; of IPv4 by /24, then by address")
  void twoLevels() throws Exception {
    takeTurn();
    wait("a1", 1, "2001:db8:1:1::1");
    wait("a2", 2, "2001:db8:1:1::2");
    wait("b1", 3, "2001:db8:1:2::1");
    wait("c1", 4, "2001:db8:2:1::1");
    wait("c2", 5, "2001:db8:2:1::1");
    wait("d1", 6, "192.0.2.1");
    wait("d2", 7, "192.0.2.1");
    wait("e1", 8, "192.0.2.2");
    assertThat(release()).containsExactly("a1", "c1", "d1", "b1", "c2", "e1", "a2", "d2");
  }

  @Test
  @DisplayName("PW-4, TH-3: within a round known addresses are first, and starve nobody")
  void knownFirst() throws Exception {
    for (int user = 10; user < 14; user++) {
      assertThat(isRight(login(user, ATTACKER))).isTrue();
    }
    takeTurn();
    wait("new", 1, "192.0.2.7");
    wait("same", 2, ATTACKER);
    for (int user = 10; user < 13; user++) {
      wait("known" + user, user, ATTACKER);
    }
    assertThat(release()).containsExactly("known10", "new", "known11", "known12", "same");
  }

  @Test
  @DisplayName("PW-4: alone, a network has all places; when another comes, its newest has to go")
  void newestGoes() throws Exception {
    takeTurn();
    List<Login> attackers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      attackers.add(wait("a" + i, i, ATTACKER));
    }
    assertThat(reason(login(16, ATTACKER))).isEqualTo(PasswordResult.NO_TURN);
    wait("b", 20, "192.0.2.7");
    PasswordResult displaced = attackers.get(15).verdict();
    assertThat(reason(displaced)).isEqualTo(PasswordResult.NO_TURN);
    assertThat(((PasswordResult.Refused) displaced).retryAfter()).contains(Duration.ofSeconds(1));
    assertThat(reason(login(17, ATTACKER))).isEqualTo(PasswordResult.NO_TURN);
    assertThat(release()).startsWith("a0", "b", "a1").hasSize(16);
    hasher.whileComputing(() -> {});
    for (int i = 0; i < 4; i++) {
      fail(15);
    }
    assertThat(isRight(login(15, ATTACKER))).as("its reservation was given back").isTrue();
  }

  private void fail(int user) {
    passwords.verify("user" + user, Password.of("wrong"), client(ATTACKER));
  }

  @Test
  @DisplayName("PW-4: while others wait, a network has at most a quarter of the places")
  void aQuarter() throws Exception {
    takeTurn();
    wait("b", 20, "192.0.2.7");
    for (int i = 0; i < 4; i++) {
      wait("a" + i, i, "2001:db8:1:" + i + "::1");
    }
    assertThat(reason(login(5, "2001:db8:1:5::1"))).isEqualTo(PasswordResult.NO_TURN);
    wait("c", 6, "2001:db8:2:5::1");
    assertThat(release()).containsExactly("b", "a0", "c", "a1", "a2", "a3");
  }

  @Test
  @DisplayName("PW-4: ten accounts on forty connections of one address leave thirty others in")
  void fortyConnections() throws Exception {
    for (int round = 0; round < 30; round++) {
      FairTurnsTest fresh = new FairTurnsTest();
      fresh.users();
      if (round % 2 == 0) {
        assertThat(isRight(fresh.login(30, "192.0.2.7"))).isTrue();
      }
      fresh.takeTurn();
      for (int connection = 0; connection < 40; connection++) {
        int user = connection % 10;
        String site = connection < 20 ? ATTACKER : "203.0.113." + connection;
        FutureTask<PasswordResult> task = new FutureTask<>(() -> fresh.login(user, site));
        Thread thread = new Thread(task);
        thread.start();
        fresh.all.add(new Login(thread, task));
      }
      Login other = fresh.wait("other", 30, "192.0.2.7");
      fresh.release();
      assertThat(isRight(other.verdict())).isTrue();
      for (Login one : fresh.all) {
        assertThat(one.verdict().toString()).doesNotContain("throttled");
      }
    }
  }

  @Test
  @DisplayName("PW-4: a network over its budget comes after all others, right or not, never 429")
  void budget() throws Exception {
    passwords =
        fixture
            .builder(hasher)
            .maxConcurrentHashes(1)
            .maxWait(Duration.ofMinutes(1))
            .budget(3, Duration.ofMinutes(10))
            .build();
    for (int i = 0; i < 4; i++) {
      assertThat(isRight(login(1, ATTACKER))).as("a free turn is free").isTrue();
    }
    takeTurn();
    wait("spent", 1, ATTACKER);
    for (int i = 0; i < 15; i++) {
      wait("b" + i, i + 2, "198.18." + i + ".1");
    }
    Login last = all.get(1);
    wait("new", 20, "192.0.2.7");
    assertThat(reason(last.verdict())).isEqualTo(PasswordResult.NO_TURN);
    assertThat(reason(login(1, ATTACKER))).isEqualTo(PasswordResult.NO_TURN);
    assertThat(release()).hasSize(16).contains("new");
  }

  @Test
  @DisplayName("PW-4: the budget is whole again when its window is over, to the millisecond")
  void window() throws Exception {
    for (long early : new long[] {1, 0}) {
      FairTurnsTest fresh = new FairTurnsTest();
      fresh.users();
      fresh.passwords =
          fresh
              .fixture
              .builder(fresh.hasher)
              .maxConcurrentHashes(1)
              .maxWait(Duration.ofMinutes(1))
              .budget(2, Duration.ofMinutes(10))
              .build();
      fresh.login(1, ATTACKER);
      fresh.login(1, ATTACKER);
      fresh.fixture.clock.advance(Duration.ofMinutes(10).minusMillis(early));
      fresh.takeTurn();
      fresh.wait("a", 1, ATTACKER);
      fresh.wait("b", 2, "192.0.2.7");
      assertThat(fresh.release().get(0)).isEqualTo(early == 0 ? "a" : "b");
    }
  }

  @Test
  @DisplayName("PW-4: a new password counts for the client that sets it; the host has its own turn")
  void newPasswords() throws Exception {
    takeTurn();
    wait("a1", 1, ATTACKER);
    wait("a2", 2, ATTACKER);
    start("a3", () -> passwords.hash(Password.of("new"), client(ATTACKER)));
    start("host", () -> passwords.hash(Password.of("new")));
    assertThat(release()).containsExactly("host", "a1", "a2", "a3");
  }

  @Test
  @DisplayName("PW-4, AC-5: a code that is redeemed counts for the client that redeems it")
  void redeemed() throws Exception {
    TokenStore tokens = TokenStore.inMemory();
    List<String> codes = new CopyOnWriteArrayList<>();
    PasswordReset reset =
        PasswordReset.of(
            Accounts.builder(fixture.store, passwords).build(),
            tokens,
            (user, code, expiresAt) -> codes.add(code.reveal()));
    reset.request("user1", client(ATTACKER));
    takeTurn();
    wait("a1", 1, ATTACKER);
    wait("a2", 2, ATTACKER);
    start("a3", () -> reset.redeem(codes.get(0), Password.of("a new one"), client(ATTACKER)));
    wait("b1", 3, "192.0.2.7");
    assertThat(release()).containsExactly("a1", "b1", "a2", "a3");
  }

  private void start(String name, Runnable hash) {
    Thread thread = new Thread(hash);
    names.put(thread, name);
    thread.start();
    Turns.awaitWaiting(thread);
    others.add(thread);
  }

  @Test
  @DisplayName("PW-4: the budget's figures are checked")
  void ranges() {
    Passwords.Builder builder = fixture.builder(hasher);
    for (int hashes : new int[] {0, 1_000_001}) {
      assertThatThrownBy(() -> builder.budget(hashes, Duration.ofMinutes(1)))
          .hasMessage("budget must be 1 to 1000000 hashes, not " + hashes);
    }
    for (Duration window : new Duration[] {Duration.ofMillis(999), Duration.ofSeconds(86_401)}) {
      assertThatThrownBy(() -> builder.budget(1, window))
          .hasMessage("window must be 1 s to 24 h, not " + window);
    }
    builder.budget(1, Duration.ofSeconds(1)).budget(1_000_000, Duration.ofDays(1));
  }
}

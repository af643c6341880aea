package com.example.jwt;

import static com.example.jwt.RemoteKeys.until;
import static com.example.jwt.Tenants.A;
import static com.example.jwt.WiredIssuers.B;
import static com.example.jwt.WiredIssuers.reason;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.sallyport.Authenticated;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.testkit.Race;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Strangers name issuers as they like, and those that are right all along go on. */
@Timeout(60)
class IssuerFloodTest {
  private final Tenants tenants = new Tenants();
  private final CountDownLatch slow = new CountDownLatch(1);

  private static String stranger(int i) {
    return "https://evil.example/" + i;
  }

  private FutureTask<Object> start(String token) {
    FutureTask<Object> one = new FutureTask<>(() -> WiredIssuers.present(tenants.jwt, token));
    new Thread(one).start();
    return one;
  }

  private List<FutureTask<Object>> startWaiting(int count) {
    List<FutureTask<Object>> waiting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FutureTask<Object> one = new FutureTask<>(() -> who(tenants.jwt, tenants.token(A)));
      Thread thread = new Thread(one);
      thread.start();
      until(
          () ->
              thread.getState() == Thread.State.WAITING
                  || thread.getState() == Thread.State.TIMED_WAITING);
      waiting.add(one);
    }
    return waiting;
  }

  @Test
  @DisplayName("JW-5 a flood of invented issuers pushes no trusted one out, and itself only")
  void flood() {
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    for (int i = 0; i <= 1_000; i++) {
      assertThat(reason(tenants.jwt, tenants.token(stranger(i)))).isEqualTo("wrong_issuer");
      tenants.clock.advance(Duration.ofMillis(1));
    }
    assertThat(tenants.asked).hasSize(1_002);
    assertThat(who(tenants.jwt, tenants.token(A, "jti", "\"2\""))).isNotNull();
    assertThat(reason(tenants.jwt, tenants.token(stranger(1)))).isEqualTo("wrong_issuer");
    assertThat(tenants.asked).hasSize(1_002);
    assertThat(reason(tenants.jwt, tenants.token(stranger(0)))).isEqualTo("wrong_issuer");
    assertThat(tenants.asked).hasSize(1_003);
  }

  @Test
  @DisplayName("JW-5 of too many trusted issuers the one asked about longest ago is forgotten")
  void full() {
    JwtAuthenticator small = tenants.with(finder -> finder.maxIssuers(2));
    String c = "https://c.example";
    tenants.add(B);
    tenants.add(c);
    for (String issuer : new String[] {A, B, c}) {
      assertThat(who(small, tenants.token(issuer))).isNotNull();
      tenants.clock.advance(Duration.ofSeconds(1));
    }
    assertThat(who(small, tenants.token(B))).isNotNull();
    assertThat(who(small, tenants.token(c))).isNotNull();
    assertThat(tenants.asked).containsExactly(A, B, c);
    assertThat(who(small, tenants.token(A))).isNotNull();
    assertThat(tenants.asked).containsExactly(A, B, c, A);
  }

  @Test
  @DisplayName("JW-5 sixteen threads with one new issuer ask once; the seventeenth is an outage")
  void oneQuestion() throws Exception {
    tenants.before = () -> KeyServer.await(slow);
    List<FutureTask<Object>> waiting = startWaiting(16);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> who(tenants.jwt, tenants.token(A)))
        .withMessageContaining("already waiting");
    slow.countDown();
    for (FutureTask<Object> one : waiting) {
      assertThat(one.get()).isInstanceOf(Authenticated.class);
    }
    assertThat(tenants.asked).containsExactly(A);
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
  }

  @Test
  @DisplayName("JW-5 while strangers keep the function busy, a trusted issuer is asked about anew")
  void busy() throws Exception {
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    tenants.clock.advance(Duration.ofMinutes(5));
    tenants.before = () -> KeyServer.await(slow);
    List<FutureTask<Object>> strangers = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      strangers.add(start(tenants.token(stranger(i))));
    }
    until(() -> tenants.asked.size() == 17);
    String another = tenants.token(stranger(16));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> WiredIssuers.present(tenants.jwt, another));
    tenants.before = () -> {};
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    assertThat(tenants.asked).hasSize(18).last().isEqualTo(A);
    slow.countDown();
    for (FutureTask<Object> one : strangers) {
      one.get();
    }
    assertThat(reason(tenants.jwt, another)).isEqualTo("wrong_issuer");
  }

  @Test
  @DisplayName("JW-5 one thread asks anew about an issuer in use, and nobody waits for it")
  void renewed() throws Exception {
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    tenants.clock.advance(Duration.ofMinutes(4).minusMillis(1));
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    assertThat(tenants.asked).hasSize(1);
    tenants.clock.advance(Duration.ofMillis(1));
    tenants.before = () -> KeyServer.await(slow);
    FutureTask<Object> asking = start(tenants.token(A));
    until(() -> tenants.asked.size() == 2);
    Race.of(16, i -> assertThat(who(tenants.jwt, tenants.token(A))).isNotNull());
    assertThat(tenants.asked).hasSize(2);
    slow.countDown();
    assertThat(asking.get()).isInstanceOf(Authenticated.class);
    tenants.clock.advance(Duration.ofMinutes(4).minusMillis(1));
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    assertThat(tenants.asked).hasSize(2);
  }

  @Test
  @DisplayName(
      "JW-5 an outage while an issuer is asked about anew counts only once its time is over")
  void outageWhileRenewed() {
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    tenants.clock.advance(Duration.ofMinutes(5).minusMillis(1));
    tenants.before =
        () -> {
          throw new IllegalStateException("defect");
        };
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    tenants.before =
        () -> {
          throw new StoreUnavailableException("away");
        };
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    assertThat(tenants.asked).hasSize(3);
    tenants.clock.advance(Duration.ofMillis(1));
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> who(tenants.jwt, tenants.token(A)));
  }

  @Test
  @DisplayName(
      "JW-5 while the function hangs, sixteen threads ask anew and no more; nobody is refused")
  void hangsWhileRenewed() throws Exception {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      String issuer = "https://tenant.example/" + i;
      tenants.add(issuer);
      tokens.add(tenants.token(issuer));
      assertThat(who(tenants.jwt, tokens.get(i))).isNotNull();
    }
    tenants.clock.advance(Duration.ofMinutes(4));
    tenants.before = () -> KeyServer.await(slow);
    List<FutureTask<Object>> renewing = new ArrayList<>();
    for (String token : tokens.subList(0, 16)) {
      renewing.add(start(token));
    }
    until(() -> tenants.asked.size() == 18 + 16);
    for (String token : tokens) {
      assertThat(who(tenants.jwt, token)).isNotNull();
    }
    assertThat(tenants.asked).hasSize(18 + 16);
    slow.countDown();
    for (FutureTask<Object> one : renewing) {
      assertThat(one.get()).isInstanceOf(Authenticated.class);
    }
    assertThat(who(tenants.jwt, tokens.get(16))).isNotNull();
    assertThat(tenants.asked).hasSize(18 + 17);
  }

  @Test
  @DisplayName("JW-5 while the function hangs, 64 threads wait for a trusted issuer and no more")
  void hangs() throws Exception {
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
    tenants.clock.advance(Duration.ofMinutes(5));
    tenants.before = () -> KeyServer.await(slow);
    List<FutureTask<Object>> waiting = startWaiting(64);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> who(tenants.jwt, tenants.token(A)))
        .withMessageContaining("already waiting");
    slow.countDown();
    for (FutureTask<Object> one : waiting) {
      assertThat(one.get()).isInstanceOf(Authenticated.class);
    }
    assertThat(tenants.asked).hasSize(2);
  }

  @Test
  @DisplayName("JW-5 a fault reaches all who wait for it, and the next one asks again")
  void fault() throws Exception {
    tenants.before =
        () -> {
          KeyServer.await(slow);
          throw new StoreUnavailableException("away");
        };
    FutureTask<Object> first = start(tenants.token(A));
    until(() -> tenants.asked.size() == 1);
    FutureTask<Object> second = new FutureTask<>(() -> who(tenants.jwt, tenants.token(A)));
    Thread thread = new Thread(second);
    thread.start();
    until(() -> thread.getState() == Thread.State.WAITING);
    slow.countDown();
    for (FutureTask<Object> one : List.of(first, second)) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(one::get)
          .withCauseInstanceOf(StoreUnavailableException.class);
    }
    assertThat(tenants.asked).hasSize(1);
    tenants.before = () -> {};
    assertThat(who(tenants.jwt, tenants.token(A))).isNotNull();
  }

  @Test
  @DisplayName("JW-5 in 200 rounds, threads that come at the same moment ask once")
  void race() {
    for (int round = 1; round <= 200; round++) {
      Race.of(4, thread -> who(tenants.jwt, tenants.token(A)));
      assertThat(tenants.asked).hasSize(round);
      tenants.clock.advance(Duration.ofMinutes(5));
    }
  }

  @Test
  @DisplayName("JW-5 while a tenant is exchanged, each token is judged by one of both as a whole")
  void exchanged() {
    JwtAuthenticator jwt = tenants.with(finder -> finder.keptFor(Duration.ofSeconds(1)));
    var first = tenants.issuer(A, tenants.key).withRoles("first");
    var second = tenants.issuer(A, RemoteKeys.key("2")).withRoles("groups");
    String token = tenants.token(A, "first", "[\"1\"]");
    AtomicInteger known = new AtomicInteger();
    for (int round = 0; round < 100; round++) {
      tenants.table.put(A, round % 2 == 0 ? second : first);
      Race.of(
          4,
          thread -> {
            if (thread == 0) {
              tenants.clock.advance(Duration.ofSeconds(1));
              return null;
            }
            if (WiredIssuers.present(jwt, token) instanceof Authenticated user) {
              assertThat(user.principal().roles()).containsExactly("1");
              known.incrementAndGet();
            }
            return null;
          });
    }
    assertThat(known).hasPositiveValue();
  }
}

package com.example.demo;

import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.host.SiteClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Many clients at once, until the process or its store is killed, and what they have been told: an
 * entry stands in these lists only if the answer has come in full.
 */
final class Workload {
  static final String PASSWORD = "wonderland-1865";
  static final List<String> USERS = List.of("alice", "bob", "carol");
  static final int THREADS = 9;

  /** How many tokens are revoked at least. */
  static final int REVOKED = 50;

  private static final int FAMILIES = 3;

  /** One address may not register many. */
  private static final int GUESTS = 10;

  private static final String[] OWN = {"Sec-Fetch-Site", "same-origin"};

  final Queue<String> cookies = new ConcurrentLinkedQueue<>();
  final Queue<String> endedCookies = new ConcurrentLinkedQueue<>();

  /** By their ids. */
  final Map<String, String> tokens = new ConcurrentHashMap<>();

  final Map<String, String> revokedTokens = new ConcurrentHashMap<>();

  /** The newest of each family. */
  final Map<Integer, String> refreshTokens = new ConcurrentHashMap<>();

  /** How often Carol has a new password. */
  final Queue<Integer> passwordChanges = new ConcurrentLinkedQueue<>();

  final Set<String> registered = ConcurrentHashMap.newKeySet();

  private final SiteClient demo;
  private final Runnable kill;
  private final CountDownLatch acknowledged;
  private final CountDownLatch loggedOut = new CountDownLatch(1);
  private final CountDownLatch changed = new CountDownLatch(1);
  private final CountDownLatch signedUp = new CountDownLatch(1);
  private final CountDownLatch revoked = new CountDownLatch(REVOKED);
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final List<Future<?>> running = new ArrayList<>();

  /** What a client does again and again. */
  private interface Step {
    void run(int round) throws IOException, InterruptedException;
  }

  /**
   * Registers the users, and logs each in.
   *
   * @param enough how many answers there are to be, some of each kind among them
   * @param kill kills the host or its store
   */
  Workload(SiteClient demo, int enough, Runnable kill) throws Exception {
    this.demo = demo;
    this.kill = kill;
    acknowledged = new CountDownLatch(enough);
    for (String user : USERS) {
      expect(201, demo.register(user, PASSWORD));
    }
    for (int i = 0; i < FAMILIES; i++) {
      refreshTokens.put(i, field(demo.pair("alice", PASSWORD).body(), "refresh_token"));
    }
  }

  /** The password that Carol has after so many changes. */
  static String password(int changes) {
    return changes == 0 ? PASSWORD : PASSWORD + "-" + changes;
  }

  /** Kills when there are enough answers, while the clients go on. */
  void run() throws Exception {
    try {
      begin(this::logInAndOut);
      begin(this::changePassword);
      begin(this::register);
      for (int i = 0; i < FAMILIES; i++) {
        int family = i;
        begin(round -> refresh(family));
        begin(this::makeAndRevoke);
      }
      for (CountDownLatch each : List.of(acknowledged, loggedOut, changed, signedUp, revoked)) {
        while (!each.await(100, TimeUnit.MILLISECONDS)) {
          check();
        }
      }
    } finally {
      kill.run();
      threads.shutdown();
    }
    for (Future<?> one : running) {
      one.get(1, TimeUnit.MINUTES);
    }
  }

  private void check() throws Exception {
    for (Future<?> one : running) {
      if (one.isDone()) {
        one.get();
      }
    }
  }

  private void begin(Step step) {
    running.add(
        threads.submit(
            () -> {
              try {
                for (int round = 1; ; round++) {
                  step.run(round);
                  acknowledged.countDown();
                }
              } catch (IOException e) {
                return null; // the host is gone, or its store
              }
            }));
  }

  private static HttpResponse<String> expect(int status, HttpResponse<String> answer)
      throws IOException {
    if (answer.statusCode() == 503) {
      throw new IOException(answer.body());
    }
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return answer;
  }

  private void logInAndOut(int round) throws IOException, InterruptedException {
    String line =
        expect(200, demo.login("bob", PASSWORD)).headers().firstValue("Set-Cookie").orElseThrow();
    String cookie = line.substring(0, line.indexOf(';'));
    if (round % 3 != 0) {
      cookies.add(cookie);
      return;
    }
    expect(204, demo.post("/auth/logout", "Cookie", cookie, OWN[0], OWN[1]));
    endedCookies.add(cookie);
    loggedOut.countDown();
  }

  private void makeAndRevoke(int round) throws IOException, InterruptedException {
    String alice = basic("alice", PASSWORD);
    String made = expect(201, demo.post("/auth/tokens", "Authorization", alice)).body();
    String id = field(made, "id");
    if (round % 4 != 0) {
      tokens.put(id, field(made, "token"));
      return;
    }
    expect(204, demo.send("DELETE", "/auth/tokens/" + id, new byte[0], "Authorization", alice));
    revokedTokens.put(id, field(made, "token"));
    revoked.countDown();
  }

  private void refresh(int family) throws IOException, InterruptedException {
    String next = expect(200, demo.refresh(refreshTokens.get(family))).body();
    refreshTokens.put(family, field(next, "refresh_token"));
  }

  private void changePassword(int round) throws IOException, InterruptedException {
    String body =
        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
            .formatted(password(round - 1), password(round));
    expect(
        204,
        demo.json("/auth/password", body, "Authorization", basic("carol", password(round - 1))));
    passwordChanges.add(round);
    changed.countDown();
  }

  private void register(int round) throws IOException, InterruptedException {
    if (round > GUESTS) {
      makeAndRevoke(round);
      return;
    }
    expect(201, demo.register("guest" + round, PASSWORD));
    registered.add("guest" + round);
    signedUp.countDown();
  }
}

package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.field;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.testkit.Race;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts with one store and one file of keys are one host to their clients. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
abstract class TwoHostsContract {
  private static final String PASSWORD = "wonderland-1865";
  private static final String[] OWN = {"Sec-Fetch-Site", "same-origin"};
  private static final int ROTATIONS = 10;

  private TwoHosts hosts;
  private RunningDemo one;
  private RunningDemo other;
  private int users;
  private String user;

  /** The value of STORE, for a store in which there is nothing of these tests. */
  abstract String store() throws Exception;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    hosts = TwoHosts.start(store(), folder);
    one = hosts.one();
    other = hosts.other();
  }

  @AfterAll
  void stop() {
    if (hosts != null) {
      hosts.close();
    }
  }

  @BeforeEach
  void signUp() throws Exception {
    user = "alice" + ++users;
    assertThat(one.register(user, PASSWORD).statusCode()).isEqualTo(201);
  }

  private static String token(HttpResponse<String> made) {
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String token = field(made.body(), "token");
    Secrets.remember(token);
    return "Bearer " + token;
  }

  @Test
  @DisplayName(
      "SE-7 a login on one host holds on the other; a logout is obeyed by the next request")
  void session() throws Exception {
    String cookie = one.loggedIn(user, PASSWORD);
    assertThat(other.hello("Cookie", cookie)).isEqualTo(200);
    assertThat(one.post("/auth/logout", "Cookie", cookie, OWN[0], OWN[1]).statusCode())
        .isEqualTo(204);
    assertProblem(other.get("/api/hello", "Cookie", cookie), 401, "authentication_required");
  }

  @Test
  @DisplayName(
      "TK-5 a token made on one host is good on the other; revoked there, it is on neither")
  void tokens() throws Exception {
    HttpResponse<String> made = one.post("/auth/tokens", "Authorization", basic(user, PASSWORD));
    String token = token(made);
    assertThat(one.hello("Authorization", token)).isEqualTo(200);
    assertThat(other.hello("Authorization", token)).isEqualTo(200);
    HttpResponse<String> revoked =
        other.send(
            "DELETE",
            "/auth/tokens/" + field(made.body(), "id"),
            new byte[0],
            "Authorization",
            basic(user, PASSWORD));
    assertThat(revoked.statusCode()).isEqualTo(204);
    assertThat(one.hello("Authorization", token)).isEqualTo(401);
    assertThat(other.hello("Authorization", token)).isEqualTo(401);
  }

  @Test
  @DisplayName("JW-5 a JWT of one host is accepted by the other, and its family ended there")
  void jwt() throws Exception {
    HttpResponse<String> pair = one.pair(user, PASSWORD);
    assertThat(other.hello("Authorization", "Bearer " + field(pair.body(), "access_token")))
        .isEqualTo(200);
    HttpResponse<String> next = other.refresh(field(pair.body(), "refresh_token"));
    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    String last = field(next.body(), "refresh_token");
    assertThat(other.json("/auth/jwt/revoke", "{\"refresh_token\":\"" + last + "\"}").statusCode())
        .isEqualTo(204);
    assertThat(one.refresh(last).statusCode()).isEqualTo(401);
  }

  @Test
  @DisplayName("JW-8 fifty refreshes at once on both hosts have one successor, which all answer")
  void refresh() throws Exception {
    String token = field(one.pair(user, PASSWORD).body(), "refresh_token");
    for (int round = 0; round < 5; round++) {
      String presented = token;
      List<HttpResponse<String>> answers = TwoHosts.race(50, i -> hosts.host(i).refresh(presented));
      assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(200));
      assertThat(answers.stream().map(answer -> field(answer.body(), "refresh_token")).distinct())
          .hasSize(1);
      token = field(answers.get(0).body(), "refresh_token");
      assertThat(token).isNotEqualTo(presented);
    }
    assertThat(TwoHosts.sessions(other, "Authorization", basic(user, PASSWORD))).isEqualTo(1);
  }

  /** A client whose pair goes from host to host. */
  private int refreshed(String token, AtomicBoolean rotated) throws Exception {
    String next = token;
    int requests = 0;
    while (!rotated.get() || requests == 0) {
      HttpResponse<String> pair = hosts.host(requests).refresh(next);
      assertThat(pair.statusCode()).as(pair.body()).isEqualTo(200);
      next = field(pair.body(), "refresh_token");
      String access = "Bearer " + field(pair.body(), "access_token");
      assertThat(one.hello("Authorization", access)).isEqualTo(200);
      assertThat(other.hello("Authorization", access)).isEqualTo(200);
      requests++;
    }
    return requests;
  }

  @Test
  @DisplayName("JW-5, JW-7 the key file is rotated while requests run on both hosts: none fails")
  void rotatedFile() throws Exception {
    KeyFile file = KeyFile.open(AuthEnvironment.standard(), hosts.keys());
    String before = one.get("/.well-known/jwks.json").body();
    AtomicBoolean rotated = new AtomicBoolean();
    List<Callable<Integer>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            for (int i = 0; i < ROTATIONS; i++) {
              file.rotate(Duration.ofHours(1), Duration.ofDays(30));
            }
            return ROTATIONS;
          } finally {
            rotated.set(true);
          }
        });
    for (int client = 0; client < 3; client++) {
      String token = field(one.pair(user, PASSWORD).body(), "refresh_token");
      work.add(() -> refreshed(token, rotated));
    }
    assertThat(Race.of(work)).allMatch(requests -> requests > 0);
    String signer = file.keys().signing().current().keyId().orElseThrow();
    for (RunningDemo host : List.of(one, other)) {
      assertThat(host.get("/.well-known/jwks.json").body())
          .contains("\"" + signer + "\"")
          .isNotEqualTo(before);
    }
  }

  @Test
  @DisplayName("AC-2 a new password set on one host ends what the other has issued")
  void password() throws Exception {
    String mine = one.loggedIn(user, PASSWORD);
    String theirs = other.loggedIn(user, PASSWORD);
    String refresh = field(other.pair(user, PASSWORD).body(), "refresh_token");
    String token = token(other.post("/auth/tokens", "Authorization", basic(user, PASSWORD)));
    String next = "looking-glass-1871";
    Secrets.remember(next);
    HttpResponse<String> changed =
        one.json(
            "/auth/password",
            "{\"current_password\":\"" + PASSWORD + "\",\"new_password\":\"" + next + "\"}",
            "Cookie",
            mine,
            OWN[0],
            OWN[1]);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
    assertThat(other.hello("Cookie", theirs)).isEqualTo(401);
    assertThat(other.hello("Authorization", token)).isEqualTo(401);
    assertThat(other.refresh(refresh).statusCode()).isEqualTo(401);
    assertThat(other.hello("Authorization", basic(user, PASSWORD))).isEqualTo(401);
    assertThat(other.hello("Cookie", RunningDemo.cookie(changed))).isEqualTo(200);
    assertThat(other.login(user, next).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-6 of fifty logins at once on both hosts five sessions stay, the same on both")
  void limit() throws Exception {
    List<HttpResponse<String>> answers =
        TwoHosts.race(50, i -> hosts.host(i).login(user, PASSWORD));
    // The throttle may hold some back.
    assertThat(answers).extracting(HttpResponse::statusCode).isSubsetOf(200, 429);
    int live = 0;
    for (HttpResponse<String> answer : answers) {
      if (answer.statusCode() == 200) {
        String cookie = RunningDemo.cookie(answer);
        int status = one.hello("Cookie", cookie);
        assertThat(other.hello("Cookie", cookie)).isEqualTo(status);
        live += status == 200 ? 1 : 0;
      }
    }
    assertThat(live).isEqualTo(TwoHosts.SESSIONS);
    assertThat(TwoHosts.sessions(other, "Authorization", basic(user, PASSWORD)))
        .isEqualTo(TwoHosts.SESSIONS);
  }

  @Test
  @DisplayName("SE-7, AC-2 who logs out everywhere on one host is refused by the other at once")
  void everywhere() throws Exception {
    String mine = one.loggedIn(user, PASSWORD);
    String theirs = other.loggedIn(user, PASSWORD);
    String refresh = field(other.pair(user, PASSWORD).body(), "refresh_token");
    String token = token(other.post("/auth/tokens", "Authorization", basic(user, PASSWORD)));
    assertThat(other.hello("Cookie", theirs)).isEqualTo(200);
    assertThat(other.hello("Authorization", token)).isEqualTo(200);
    assertThat(one.post("/auth/logout-all", "Cookie", mine, OWN[0], OWN[1]).statusCode())
        .isEqualTo(204);
    assertThat(other.hello("Cookie", mine)).isEqualTo(401);
    assertThat(other.hello("Cookie", theirs)).isEqualTo(401);
    assertThat(other.hello("Authorization", token)).isEqualTo(401);
    assertThat(other.refresh(refresh).statusCode()).isEqualTo(401);
  }

  private int guess(int number) throws Exception {
    String wrong = "wrong-password-" + number;
    return number % 4 < 2
        ? hosts.host(number).login(user, wrong).statusCode()
        : hosts.host(number).hello("Authorization", basic(user, wrong));
  }

  @Test
  @DisplayName("TH-1, TH-6 of 200 guesses at once on both hosts five are hashed, one more per wait")
  void guesses() throws Exception {
    long before = System.nanoTime();
    List<Integer> answers = TwoHosts.race(200, this::guess);
    long seconds = Duration.ofNanos(System.nanoTime() - before).toSeconds();
    assertThat(answers).isSubsetOf(401, 429);
    // They wait for 1 s, 2 s, 4 s and so on.
    int waits = Long.SIZE - Long.numberOfLeadingZeros((seconds + 1) / 2);
    assertThat(Collections.frequency(answers, 401)).isBetween(1, 5 + waits);
  }

  /** The first wait is one second; of a machine that stood still for longer, nothing is learnt. */
  private List<HttpResponse<String>> afterFiveWrong(String name) throws Exception {
    for (int i = 0; i < 4; i++) {
      assertThat(hosts.host(i).login(name, "wrong-password").statusCode()).isEqualTo(401);
    }
    long before = System.nanoTime();
    assertThat(one.login(name, "wrong-password").statusCode()).isEqualTo(401);
    List<HttpResponse<String>> answers =
        List.of(
            other.login(name, PASSWORD),
            one.login(name, PASSWORD),
            other.get("/api/hello", "Authorization", basic(name, PASSWORD)));
    boolean slow = System.nanoTime() - before > Duration.ofSeconds(1).toNanos();
    return slow && answers.stream().anyMatch(answer -> answer.statusCode() != 429)
        ? List.of()
        : answers;
  }

  @Test
  @DisplayName("TH-6 five wrong passwords, some here and some there, are 429 on both hosts")
  void throttle() throws Exception {
    List<HttpResponse<String>> answers = List.of();
    for (int attempt = 0; answers.isEmpty() && attempt < 5; attempt++) {
      String name = user + "x" + attempt;
      assertThat(other.register(name, PASSWORD).statusCode()).isEqualTo(201);
      answers = afterFiveWrong(name);
    }
    assumeTrue(!answers.isEmpty(), "the machine stood still five times");
    for (HttpResponse<String> answer : answers) {
      assertProblem(answer, 429, "throttled");
      assertThat(answer.headers().allValues("Retry-After")).containsExactly("1");
    }
  }

  @Test
  @DisplayName(
      "AC-3 of two who take one name at once, one on each host, one is told that it is gone")
  void registration() throws Exception {
    for (int round = 0; round < 10; round++) {
      String name = user + "y" + round;
      List<HttpResponse<String>> answers =
          Race.of(
              List.of(
                  () -> one.register(name, PASSWORD),
                  () -> other.register(name.toUpperCase(Locale.ROOT), PASSWORD)));
      assertThat(answers).extracting(HttpResponse::statusCode).containsExactlyInAnyOrder(201, 409);
      assertThat(other.login(name, PASSWORD).statusCode()).isEqualTo(200);
    }
  }
}

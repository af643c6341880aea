package com.example.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.Connection.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Requests that wait for a store or a hash, those that need not, and those nobody waits for. */
public interface WaitingContract {
  /**
   * A site that notes each request, and answers GET and POST of / with {@code hello} and the scheme
   * of whom its default permission lets in; what it says to a POST is not looked at.
   */
  EventLoopSite start(SiteOptions options) throws Exception;

  @Test
  @DisplayName("AD-9 forty wrong passwords wait, and session, token and JWT are answered meanwhile")
  default void passwordsKeepNobodyWaiting() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard().turns(3))) {
      String[] cheap = {site.session(), site.token(), site.jwt()};
      String[] schemes = {"session", "token", "jwt"};
      site.hasher().hold();
      List<Connection> wrong = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        wrong.add(site.connect().send(wrong("nobody" + i)));
      }
      site.hasher().awaitBegun(3);
      site.awaitLanes("hash=40/");
      try (Connection other = site.connect()) {
        for (int i = 0; i < 90; i++) {
          Answer answer = other.ask("GET", "/", cheap[i % 3]);
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.body()).isEqualTo("hello " + schemes[i % 3]);
        }
        assertThat(other.ask("GET", "/").status()).as("nobody's").isEqualTo(401);
      }
      for (Connection connection : wrong) {
        assertThat(connection.isSilent()).as("a wrong password is still waiting").isTrue();
      }
      site.hasher().release();
      for (Connection connection : wrong) {
        assertThat(connection.answer().status()).isEqualTo(401);
        connection.close();
      }
    }
  }

  @Test
  @DisplayName(
      "AD-9, GU-2 while a store hangs and its lane is full: 503 with Retry-After, then 200")
  default void hangingStore() throws Exception {
    try (EventLoopSite site =
        start(SiteOptions.standard().lanes(lanes -> lanes.storeThreads(1).storeQueue(1)))) {
      String session = site.session();
      CountDownLatch hangs = new CountDownLatch(1);
      CountDownLatch answers = new CountDownLatch(1);
      site.tokens()
          .before(
              "find+user",
              () -> {
                hangs.countDown();
                EventLoopSite.await(() -> answers.getCount() == 0, "the store answers");
              });
      try (Connection first = site.connect();
          Connection second = site.connect();
          Connection third = site.connect()) {
        first.send(Connection.head("GET", "/", session));
        hangs.await();
        second.send(Connection.head("GET", "/", session));
        site.awaitLanes("queued=1");
        for (String path : new String[] {"/", "/auth/me"}) {
          Answer full = third.ask("GET", path, session);
          assertThat(full.status()).isEqualTo(503);
          assertThat(full.values("Retry-After")).containsExactly("1");
          assertThat(full.values("Cache-Control")).containsExactly("no-store");
        }
        assertThat(third.ask("GET", "/").status()).as("nobody needs no store").isEqualTo(401);
        answers.countDown();
        assertThat(first.answer().status()).isEqualTo(200);
        assertThat(second.answer().status()).isEqualTo(200);
        assertThat(third.ask("GET", "/", session).status()).isEqualTo(200);
      }
      assertThat(site.heard().events().toString()).contains("lane_full");
    }
  }

  @Test
  @DisplayName(
      "AD-9, PW-4 who goes away while waiting gives the place back, and nothing is written")
  default void goesAway() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard().turns(1));
        Connection first = site.connect()) {
      site.hasher().hold();
      first.send(wrong("nobody"));
      site.hasher().awaitBegun(1);
      site.forgetResponses();
      List<Connection> going = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        going.add(site.connect().send(wrong("n" + i)));
      }
      site.awaitLanes("hash=9/");
      for (Connection connection : going) {
        connection.abort();
      }
      site.awaitLanes("hash=1/");
      assertThat(site.responses())
          .hasSize(8)
          .allMatch(NotedResponse::isGone)
          .noneMatch(NotedResponse::hasBegun);
      site.hasher().release();
      assertThat(first.answer().status()).isEqualTo(401);
      assertThat(site.hasher().computed()).as("hashes of two users and one check").isLessThan(5);
      try (Connection next = site.connect()) {
        assertThat(next.ask("GET", "/", EventLoopSite.alice()).status())
            .as("the turn is there")
            .isEqualTo(200);
      }
      assertThat(site.responses())
          .hasSize(9)
          .filteredOn(NotedResponse::hasBegun)
          .as("what has been written since")
          .hasSize(1);
    }
  }

  @Test
  @DisplayName("AD-6, AD-9 who goes away at any step costs nobody anything")
  default void goesAwayAnywhere() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard().turns(2))) {
      String session = site.session();
      String type = "Content-Type: application/x-www-form-urlencoded";
      String login = Connection.head("POST", "/auth/login", "Content-Length: 100");
      String form = Connection.head("POST", "/", session, type, "Content-Length: 100000");
      String long401 = Connection.head("POST", "/", "Content-Length: 100000");
      String wrong = wrong("nobody");
      for (int i = 0; i < 20; i++) {
        for (String sent :
            new String[] {
              "GET / HT",
              login,
              login + "{",
              form,
              form + "csrf_token=",
              form + "x".repeat(20_000),
              long401,
              long401 + "x",
              wrong,
              wrong + wrong,
              Connection.head("GET", "/", session)
            }) {
          Connection connection = site.connect().send(sent);
          if (i % 2 == 0) {
            connection.abort();
          } else {
            connection.close();
          }
        }
      }
      site.awaitLanes("store=0/");
      site.awaitLanes("hash=0/");
      try (Connection next = site.connect()) {
        assertThat(next.ask("GET", "/", session).status()).isEqualTo(200);
      }
      assertTurns(site, 2);
    }
  }

  /** As many hash at a time as may. */
  private static void assertTurns(EventLoopSite site, int turns) throws Exception {
    site.hasher().hold();
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      all.add(site.connect().send(wrong("last" + i)));
    }
    site.hasher().awaitBegun(turns);
    site.hasher().release();
    for (Connection connection : all) {
      assertThat(connection.answer().status()).isEqualTo(401);
      connection.close();
    }
  }

  /** A request with a wrong password, which is hashed all the same. */
  private static String wrong(String name) {
    return Connection.head("GET", "/", EventLoopSite.basic(name, "wrong"));
  }
}

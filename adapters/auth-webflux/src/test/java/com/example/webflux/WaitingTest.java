package com.example.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.webflux.Connection.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait, and those that need not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WaitingTest {
  @Test
  @DisplayName("AD-9 forty wrong passwords wait, and session, token and JWT are answered meanwhile")
  void passwordsKeepNobodyWaiting() throws Exception {
    try (Site site = new Site(3, lanes -> lanes)) {
      String[] cheap = {site.session(), site.token(), site.jwt()};
      String[] schemes = {"session", "token", "jwt"};
      site.hasher.hold();
      List<Connection> wrong = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Connection connection = site.connect();
        wrong.add(connection);
        connection.send(Connection.head("GET", "/", Site.basic("nobody" + i, "wrong")));
      }
      site.hasher.awaitBegun(3);
      site.awaitLanes("hash=40/");
      try (Connection other = site.connect()) {
        for (int i = 0; i < 60; i++) {
          Answer answer = other.ask("GET", "/", cheap[i % 3]);
          assertThat(answer.status()).isEqualTo(200);
          assertThat(answer.body()).isEqualTo("hello " + schemes[i % 3]);
        }
        assertThat(other.ask("GET", "/").status()).as("nobody's").isEqualTo(401);
      }
      for (Connection connection : wrong) {
        assertThat(connection.isSilent()).as("a wrong password is still waiting").isTrue();
      }
      site.hasher.release();
      for (Connection connection : wrong) {
        assertThat(connection.answer().status()).isEqualTo(401);
        connection.close();
      }
    }
  }

  @Test
  @DisplayName(
      "AD-9, GU-2 while a store hangs and its lane is full: 503 with Retry-After, then 200")
  void hangingStore() throws Exception {
    try (Site site = new Site(1, lanes -> lanes.storeThreads(1).storeQueue(1))) {
      String session = site.session();
      CountDownLatch hangs = new CountDownLatch(1);
      CountDownLatch answers = new CountDownLatch(1);
      site.tokens.before(
          "find+user",
          () -> {
            hangs.countDown();
            Site.await(() -> answers.getCount() == 0, "the store answers");
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
      assertThat(site.heard.events().toString()).contains("lane_full");
    }
  }

  @Test
  @DisplayName(
      "AD-9, PW-4 who goes away while waiting gives the place back, and nothing is written")
  void goesAway() throws Exception {
    try (Site site = new Site(1, lanes -> lanes);
        Connection first = site.connect()) {
      site.hasher.hold();
      first.send(Connection.head("GET", "/", Site.basic("nobody", "wrong")));
      site.hasher.awaitBegun(1);
      site.responses.clear();
      List<Connection> going = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        going.add(site.connect().send(Connection.head("GET", "/", Site.basic("n" + i, "wrong"))));
      }
      site.awaitLanes("hash=9/");
      for (Connection connection : going) {
        connection.abort();
      }
      site.awaitLanes("hash=1/");
      site.hasher.release();
      assertThat(first.answer().status()).isEqualTo(401);
      try (Connection next = site.connect()) {
        assertThat(next.ask("GET", "/", Site.alice()).status())
            .as("the turn is there")
            .isEqualTo(200);
      }
      assertThat(site.responses)
          .hasSize(9)
          .filteredOn(response -> response.isCommitted())
          .as("what has been written since")
          .hasSize(1);
    }
  }

  @Test
  @DisplayName("AD-6, AD-9 who goes away at any step costs nobody anything")
  void goesAwayAnywhere() throws Exception {
    try (Site site = new Site(2, lanes -> lanes)) {
      String session = site.session();
      String type = "Content-Type: application/x-www-form-urlencoded";
      String login = Connection.head("POST", "/auth/login", "Content-Length: 100");
      String form = Connection.head("POST", "/", session, type, "Content-Length: 100000");
      String wrong = Connection.head("GET", "/", Site.basic("nobody", "wrong"));
      for (int i = 0; i < 10; i++) {
        for (String sent :
            new String[] {
              "GET / HT",
              login,
              login + "{",
              form,
              form + "csrf_token=",
              form + "x".repeat(20_000),
              Connection.head("POST", "/", "Content-Length: 100000") + "x",
              wrong,
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
    }
  }

  @Test
  @DisplayName("AD-9 bodies that never end hold no thread: others are answered")
  void slowBodies() throws Exception {
    try (Site site = new Site(1, lanes -> lanes.storeThreads(1));
        Connection connection = site.connect()) {
      String session = site.session();
      String form = "Content-Type: application/x-www-form-urlencoded";
      List<Connection> slow = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        String path = i % 2 == 0 ? "/auth/login" : "/";
        String head = Connection.head("POST", path, session, form, "Content-Length: 100");
        slow.add(site.connect().send(head + "csrf_tok"));
        assertThat(connection.ask("GET", "/", session).status()).isEqualTo(200);
      }
      for (Connection one : slow) {
        assertThat(one.isSilent()).isTrue();
        one.close();
      }
    }
  }
}

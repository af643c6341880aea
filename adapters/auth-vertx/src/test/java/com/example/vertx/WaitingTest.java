package com.example.vertx;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.vertx.Connection.Answer;
import dev.sallyport.vertx.AuthHandler;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait, and those that need not. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class WaitingTest {
  private final Queue<HttpServerResponse> responses = new ConcurrentLinkedQueue<>();

  private void routes(Site site, Router router) {
    router
        .route()
        .handler(
            ctx -> {
              responses.add(ctx.response());
              ctx.next();
            });
    router
        .route()
        .handler(site.auth)
        .handler(ctx -> ctx.response().end("hello " + AuthHandler.who(ctx).orElseThrow().scheme()));
  }

  private Site site(Site.Options options) throws Exception {
    return new Site(options, this::routes);
  }

  @Test
  @DisplayName("AD-9 forty wrong passwords wait, and session, token and JWT are answered meanwhile")
  void passwordsKeepNobodyWaiting() throws Exception {
    try (Site site = site(Site.Options.standard().turns(3))) {
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
    try (Site site =
        site(Site.Options.standard().lanes(lanes -> lanes.storeThreads(1).storeQueue(1)))) {
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
    try (Site site = site(Site.Options.standard().turns(1));
        Connection first = site.connect()) {
      site.hasher.hold();
      first.send(Connection.head("GET", "/", Site.basic("nobody", "wrong")));
      site.hasher.awaitBegun(1);
      responses.clear();
      List<Connection> going = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        going.add(site.connect().send(Connection.head("GET", "/", Site.basic("n" + i, "wrong"))));
      }
      site.awaitLanes("hash=9/");
      for (Connection connection : going) {
        connection.abort();
      }
      site.awaitLanes("hash=1/");
      assertThat(responses)
          .hasSize(8)
          .allSatisfy(
              response -> {
                assertThat(response.closed()).isTrue();
                assertThat(response.headWritten()).isFalse();
                assertThat(response.ended()).isFalse();
              });
      site.hasher.release();
      assertThat(first.answer().status()).isEqualTo(401);
      assertThat(site.hasher.computed()).as("hashes of two users and one check").isLessThan(5);
      try (Connection next = site.connect()) {
        assertThat(next.ask("GET", "/", Site.alice()).status())
            .as("the turn is there")
            .isEqualTo(200);
      }
      assertThat(responses).filteredOn(HttpServerResponse::headWritten).hasSize(1);
    }
  }

  @Test
  @DisplayName("AD-9, PW-4 over HTTP/2, who resets a waiting stream gives the place back as well")
  void resets() throws Exception {
    try (Site site = site(Site.Options.standard().turns(1));
        Connection first = site.connect()) {
      site.hasher.hold();
      first.send(Connection.head("GET", "/", Site.basic("nobody", "wrong")));
      site.hasher.awaitBegun(1);
      HttpClient client =
          site.vertx.createHttpClient(
              new HttpClientOptions()
                  .setProtocolVersion(HttpVersion.HTTP_2)
                  .setHttp2ClearTextUpgrade(false));
      List<HttpClientRequest> going = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        HttpClientRequest request =
            Site.get(client.request(HttpMethod.GET, site.port, "localhost", "/"));
        String line = Site.basic("n" + i, "wrong");
        request.putHeader("Authorization", line.substring(line.indexOf(' ') + 1)).end();
        going.add(request);
      }
      site.awaitLanes("hash=9/");
      going.forEach(HttpClientRequest::reset);
      site.awaitLanes("hash=1/");
      site.hasher.release();
      assertThat(first.answer().status()).isEqualTo(401);
      HttpClientRequest last =
          Site.get(client.request(HttpMethod.GET, site.port, "localhost", "/"));
      String line = Site.alice();
      last.putHeader("Authorization", line.substring(line.indexOf(' ') + 1));
      assertThat(Site.get(last.send()).statusCode()).as("on the same connection").isEqualTo(200);
    }
  }

  @Test
  @DisplayName("RFC 9112 section 9.3.2: of two pipelined requests, the second waits for the first")
  void pipelined() throws Exception {
    try (Site site = site(Site.Options.standard().turns(1));
        Connection connection = site.connect()) {
      String session = site.session();
      site.hasher.hold();
      responses.clear();
      connection.send(
          Connection.head("GET", "/", Site.basic("nobody", "wrong"))
              + Connection.head("GET", "/", session)
              + Connection.head("GET", "/", Site.alice()));
      site.hasher.awaitBegun(1);
      try (Connection other = site.connect()) {
        assertThat(other.ask("GET", "/", session).status()).isEqualTo(200);
      }
      assertThat(responses).hasSize(2);
      assertThat(connection.isSilent()).isTrue();
      site.hasher.release();
      assertThat(connection.answer().status()).isEqualTo(401);
      assertThat(connection.answer().body()).isEqualTo("hello session");
      assertThat(connection.answer().body()).isEqualTo("hello basic");
    }
  }

  @Test
  @DisplayName("AD-6, AD-9 who goes away at any step costs nobody anything")
  void goesAwayAnywhere() throws Exception {
    try (Site site = site(Site.Options.standard().turns(2))) {
      String session = site.session();
      String type = "Content-Type: application/x-www-form-urlencoded";
      String login = Connection.head("POST", "/auth/login", "Content-Length: 100");
      String form = Connection.head("POST", "/", session, type, "Content-Length: 100000");
      String long401 = Connection.head("POST", "/", "Content-Length: 100000");
      String wrong = Connection.head("GET", "/", Site.basic("nobody", "wrong"));
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
      assertTurns(site, 2);
    }
  }

  /** As many hash at a time as may. */
  private static void assertTurns(Site site, int turns) throws Exception {
    site.hasher.hold();
    List<Connection> all = new ArrayList<>();
    for (int i = 0; i < turns; i++) {
      String name = "last" + i;
      all.add(site.connect().send(Connection.head("GET", "/", Site.basic(name, "wrong"))));
    }
    site.hasher.awaitBegun(turns);
    site.hasher.release();
    for (Connection connection : all) {
      assertThat(connection.answer().status()).isEqualTo(401);
      connection.close();
    }
  }
}

package com.example.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.eventloop.Connection.Answer;
import dev.sallyport.testkit.Secrets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bodies behind the guard, before it, and those that nobody reads. */
public interface BodyContract {
  String JSON = "{\"x\":\"" + "y".repeat(100_000) + "\"}";
  String FORM = "application/x-www-form-urlencoded";

  /**
   * A site that answers GET and POST of / to whom its default permission lets in; a POST with what
   * {@link #counted} says, in characters.
   */
  EventLoopSite start(SiteOptions options) throws Exception;

  /** The answer to a POST whose body has as many characters. */
  static String counted(int characters) {
    return characters + " characters";
  }

  @Test
  @DisplayName(
      "AD-2 100 KB of JSON behind the guard are whole, whoever sends them, at once or late")
  default void whole() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      String browser = "Sec-Fetch-Site: same-origin";
      for (String line :
          new String[] {EventLoopSite.alice(), site.session(), site.token(), site.jwt()}) {
        assertThat(connection.post("/", "application/json", JSON, line, browser).body())
            .isEqualTo(counted(JSON.length()));
      }
      site.hasher().hold();
      String line = EventLoopSite.basic("admin", EventLoopSite.PASSWORD);
      connection.send(Connection.begin("/", JSON.length(), line));
      connection.send(JSON.substring(0, 50_000));
      site.hasher().awaitBegun(1);
      connection.send(JSON.substring(50_000));
      site.hasher().release();
      assertThat(connection.answer().body())
          .as("half of it after the hash")
          .isEqualTo(counted(JSON.length()));
    }
  }

  @Test
  @DisplayName("AD-2 an anonymous request is 401 while nothing of its body has been sent")
  default void anonymous() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      for (String line : new String[] {"X-Nobody: 1", "Authorization: Bearer unknown"}) {
        connection.send(Connection.begin("/", JSON.length(), line));
        assertThat(connection.answer().status()).isEqualTo(401);
        connection.send(JSON);
        assertThat(connection.ask("GET", "/", site.token()).status())
            .as("the next request on the connection")
            .isEqualTo(200);
      }
    }
  }

  @Test
  @DisplayName("AD-2 one that holds its body back is not asked for it, and the connection ends")
  default void heldBack() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard())) {
      for (String target : new String[] {"/", "/auth/nothing", "/auth/me"}) {
        try (Connection connection = site.connect()) {
          connection.send(Connection.begin(target, JSON.length(), "Expect: 100-continue"));
          Answer answer = connection.answer();
          assertThat(answer.status()).isIn(401, 404, 405);
          assertThat(answer.values("Connection")).containsExactly("close");
          assertThat(connection.hasEnded()).isTrue();
        }
      }
    }
  }

  @Test
  @DisplayName("AD-2, SE-5 a form that the guard has looked into is the handler's as well")
  default void form() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      String session = site.session();
      String token = csrfToken(connection, session);
      for (String more : new String[] {"", ("&a=" + "x".repeat(5_000)).repeat(10)}) {
        String form = "csrf_token=" + token + more;
        assertThat(connection.post("/", FORM, form, session).body())
            .isEqualTo(counted(form.length()));
      }
      assertThat(connection.post("/", FORM, "a=b", session).status()).isEqualTo(403);
    }
  }

  @Test
  @DisplayName("SE-5, AD-2 csrf_token in a form proves a request to an endpoint as well")
  default void logoutByForm() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard());
        Connection connection = site.connect()) {
      String session = site.session();
      String form = "csrf_token=" + csrfToken(connection, session);
      assertThat(connection.post("/auth/logout", FORM, "csrf_token=x", session).status())
          .isEqualTo(403);
      assertThat(connection.post("/auth/logout", "text/plain", form, session).status())
          .isEqualTo(403);
      assertThat(connection.post("/auth/logout", FORM, form, session).status()).isEqualTo(204);
      assertThat(connection.ask("GET", "/auth/me", session).status()).isEqualTo(401);
    }
  }

  @Test
  @DisplayName("AD-9 bodies that never end hold no thread: others are answered")
  default void slowBodies() throws Exception {
    try (EventLoopSite site = start(SiteOptions.standard().lanes(lanes -> lanes.storeThreads(1)));
        Connection connection = site.connect()) {
      String session = site.session();
      String type = "Content-Type: " + FORM;
      List<Connection> slow = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String path = i % 2 == 0 ? "/auth/login" : "/";
        String head = Connection.head("POST", path, session, type, "Content-Length: 100");
        slow.add(site.connect().send(head + "csrf_tok"));
        assertThat(connection.ask("GET", "/", session).status()).isEqualTo(200);
      }
      for (int i = 0; i < 20; i++) {
        assertThat(connection.ask("GET", "/", session).status()).isEqualTo(200);
      }
      site.awaitLanes("Lanes[store=0/");
      for (Connection one : slow) {
        assertThat(one.isSilent()).isTrue();
        one.close();
      }
    }
  }

  /** What proves a request with this session, as a form field. */
  static String csrfToken(Connection connection, String session) throws Exception {
    String token = connection.ask("GET", "/auth/me", session).field("csrf_token");
    Secrets.remember(token);
    return token;
  }
}

package com.example.webflux;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.webflux.Connection.Answer;
import dev.sallyport.testkit.Secrets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies behind the guard, before it, and those that nobody reads. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BodyTest {
  private static final String JSON = "{\"x\":\"" + "y".repeat(100_000) + "\"}";
  private static final String FORM = "application/x-www-form-urlencoded";

  private Site site;
  private Connection connection;

  @BeforeEach
  void start() throws Exception {
    site = new Site(2, lanes -> lanes);
    connection = site.connect();
  }

  @AfterEach
  void stop() throws Exception {
    connection.close();
    site.close();
  }

  private static String post(String target, long length, String... lines) {
    String[] all = new String[lines.length + 2];
    System.arraycopy(lines, 0, all, 0, lines.length);
    all[lines.length] = "Content-Length: " + length;
    all[lines.length + 1] = "Content-Type: application/json";
    return Connection.head("POST", target, all);
  }

  @Test
  @DisplayName(
      "AD-2 100 KB of JSON behind the guard are whole, whoever sends them, at once or late")
  void whole() throws Exception {
    String whole = JSON.length() + " characters";
    String browser = "Sec-Fetch-Site: same-origin";
    for (String line : new String[] {Site.alice(), site.session(), site.token(), site.jwt()}) {
      assertThat(connection.post("/", "application/json", JSON, line, browser).body())
          .isEqualTo(whole);
    }
    site.hasher.hold();
    connection.send(post("/", JSON.length(), Site.alice()));
    connection.send(JSON.substring(0, 50_000));
    site.hasher.awaitBegun(1);
    connection.send(JSON.substring(50_000));
    site.hasher.release();
    assertThat(connection.answer().body()).as("half of it after the hash").isEqualTo(whole);
  }

  @Test
  @DisplayName("AD-2 an anonymous request is 401 while nothing of its body has been sent")
  void anonymous() throws Exception {
    for (String line : new String[] {"X-Nobody: 1", "Authorization: Bearer unknown"}) {
      connection.send(post("/", JSON.length(), line));
      assertThat(connection.answer().status()).isEqualTo(401);
      connection.send(JSON);
      assertThat(connection.ask("GET", "/", site.token()).status())
          .as("the next request on the connection")
          .isEqualTo(200);
    }
  }

  @Test
  @DisplayName("AD-2 one that holds its body back is not asked for it, and the connection ends")
  void heldBack() throws Exception {
    for (String target : new String[] {"/", "/auth/nothing", "/auth/me"}) {
      try (Connection other = site.connect()) {
        Answer answer = other.send(post(target, JSON.length(), "Expect: 100-continue")).answer();
        assertThat(answer.status()).isIn(401, 404, 405);
        assertThat(answer.values("Connection")).containsExactly("close");
        assertThat(other.hasEnded()).isTrue();
      }
    }
  }

  @Test
  @DisplayName("AD-2, AD-6 of a form that is refused, the client gets to read why")
  void refusedForm() throws Exception {
    String session = site.session();
    String form = "a=" + "x".repeat(3_000_000);
    assertThat(connection.post("/", FORM, form, session).status()).isEqualTo(403);
    assertThat(connection.ask("GET", "/auth/me", session).status())
        .as("the next request on the connection")
        .isEqualTo(200);
  }

  @Test
  @DisplayName("AD-2, SE-5 a form that the guard has looked into is the handler's as well")
  void form() throws Exception {
    String session = site.session();
    String token = connection.ask("GET", "/auth/me", session).field("csrf_token");
    Secrets.remember(token);
    for (String more : new String[] {"", "&a=" + "x".repeat(50_000)}) {
      String form = "csrf_token=" + token + more;
      assertThat(connection.post("/", FORM, form, session).body())
          .isEqualTo(form.length() + " characters");
    }
    assertThat(connection.post("/", FORM, "a=b", session).status()).isEqualTo(403);
  }

  @Test
  @DisplayName("SE-5, AD-2 csrf_token in a form proves a request to an endpoint as well")
  void logoutByForm() throws Exception {
    String session = site.session();
    String token = connection.ask("GET", "/auth/me", session).field("csrf_token");
    Secrets.remember(token);
    String form = "csrf_token=" + token;
    assertThat(connection.post("/auth/logout", FORM, "csrf_token=x", session).status())
        .isEqualTo(403);
    assertThat(connection.post("/auth/logout", "text/plain", form, session).status())
        .isEqualTo(403);
    assertThat(connection.post("/auth/logout", FORM, form, session).status()).isEqualTo(204);
    assertThat(connection.ask("GET", "/auth/me", session).status()).isEqualTo(401);
  }

  @Test
  @DisplayName("AD-6 an endpoint reads 16 KiB: what is longer is 413, and the connection goes on")
  void tooLarge() throws Exception {
    Answer answer = connection.post("/auth/login", "application/json", JSON);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(connection.ask("GET", "/auth/me", Site.alice()).status()).isEqualTo(200);
  }
}

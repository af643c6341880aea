package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static com.example.demo.RunningDemo.cookie;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Where a user is logged in, and how that ends. */
class SessionsTest {
  private static final String PASSWORD = "wonderland-1865";
  private static final String[] OWN = {"Sec-Fetch-Site", "same-origin"};
  private static RunningDemo demo;
  private static int users;

  private String user;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @BeforeEach
  void signUp() throws Exception {
    users++;
    user = "alice" + users;
    assertThat(demo.register(user, PASSWORD).statusCode()).isEqualTo(201);
  }

  private static List<JsonNode> list(String cookie) throws Exception {
    HttpResponse<String> response = demo.get("/auth/sessions", "Cookie", cookie);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    List<JsonNode> sessions = new ArrayList<>();
    new ObjectMapper().readTree(response.body()).get("sessions").forEach(sessions::add);
    return sessions;
  }

  private static String idOfCurrent(String cookie) throws Exception {
    return list(cookie).stream()
        .filter(session -> session.get("current").booleanValue())
        .map(session -> session.get("id").textValue())
        .findFirst()
        .orElseThrow();
  }

  private static HttpResponse<String> end(String id, String cookie) throws Exception {
    return demo.send(
        "DELETE", "/auth/sessions/" + id, new byte[0], "Cookie", cookie, OWN[0], OWN[1]);
  }

  private static void assertEnded(String cookie) throws Exception {
    assertProblem(demo.get("/api/hello", "Cookie", cookie), 401, "authentication_required");
  }

  private static void assertLive(String cookie) throws Exception {
    assertThat(demo.get("/api/hello", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("SE-7 two logins are two sessions in the list, one of them the current one")
  void list() throws Exception {
    String phone = demo.loggedIn(user, PASSWORD, "User-Agent", "A phone");
    String laptop = demo.loggedIn(user, PASSWORD, "User-Agent", "A laptop");
    List<JsonNode> sessions = list(laptop);
    assertThat(sessions)
        .extracting(
            session -> session.get("client").textValue(),
            session -> session.get("current").booleanValue(),
            session -> session.get("kind").textValue())
        .containsExactlyInAnyOrder(
            tuple("A phone", false, "session"), tuple("A laptop", true, "session"));
    for (JsonNode session : sessions) {
      assertThat(session.fieldNames())
          .toIterable()
          .containsExactly(
              "id", "kind", "client", "created_at", "last_seen_at", "expires_at", "current");
      assertThat(phone + laptop).doesNotContain(session.get("id").textValue());
    }
  }

  @Test
  @DisplayName("SE-7 ending one by its id leaves the other; its id is 404 from then on")
  void endOne() throws Exception {
    String phone = demo.loggedIn(user, PASSWORD);
    String laptop = demo.loggedIn(user, PASSWORD);
    String id = idOfCurrent(phone);
    HttpResponse<String> ended = end(id, laptop);
    assertThat(ended.statusCode()).isEqualTo(204);
    assertThat(ended.headers().allValues("Set-Cookie")).isEmpty();
    assertEnded(phone);
    assertLive(laptop);
    assertThat(list(laptop)).hasSize(1);
    assertProblem(end(id, laptop), 404, "not_found");
  }

  @Test
  @DisplayName("SE-7 ending the current one forgets its cookie")
  void endCurrent() throws Exception {
    String cookie = demo.loggedIn(user, PASSWORD);
    HttpResponse<String> ended = end(idOfCurrent(cookie), cookie);
    assertThat(ended.statusCode()).isEqualTo(204);
    assertThat(ended.headers().allValues("Set-Cookie").get(0)).startsWith("dev-session=; ");
    assertEnded(cookie);
  }

  @Test
  @DisplayName("SE-7 the id of another user's session is 404 and ends nothing; so is any other")
  void endOther() throws Exception {
    String mine = demo.loggedIn(user, PASSWORD);
    signUp();
    String other = demo.loggedIn(user, PASSWORD);
    String secret = mine.substring("dev-session=".length());
    for (String id : new String[] {idOfCurrent(mine), secret, "x", "A".repeat(64)}) {
      assertProblem(end(id, other), 404, "not_found");
    }
    assertLive(mine);
    assertLive(other);
  }

  @Test
  @DisplayName("AC-4 a new password ends the other sessions and moves the caller's to a new cookie")
  void password() throws Exception {
    String phone = demo.loggedIn(user, PASSWORD);
    String laptop = demo.loggedIn(user, PASSWORD);
    String next = "looking-glass-1871";
    HttpResponse<String> changed = changePassword(laptop, PASSWORD, next);
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(204);
    assertThat(changed.headers().allValues("Set-Cookie").get(0))
        .matches("dev-session=[A-Za-z0-9_-]{43}; Path=/; HttpOnly; SameSite=Lax");
    String moved = cookie(changed);
    assertThat(moved).isNotEqualTo(laptop);
    assertEnded(phone);
    assertEnded(laptop);
    assertLive(moved);
    assertThat(list(moved)).hasSize(1);
    assertThat(demo.login(user, PASSWORD).statusCode()).isEqualTo(401);
    assertThat(demo.get("/api/hello", "Authorization", basic(user, PASSWORD)).statusCode())
        .isEqualTo(401);
    assertLive(demo.loggedIn(user, next));
  }

  @Test
  @DisplayName("AC-4 a wrong current password is 403, a bad new one 400; both end nothing")
  void wrongPassword() throws Exception {
    String cookie = demo.loggedIn(user, PASSWORD);
    assertProblem(
        changePassword(cookie, "wrong-password", "looking-glass-1871"), 403, "wrong_password");
    HttpResponse<String> bad = changePassword(cookie, PASSWORD, "sunshine");
    assertProblem(bad, 400, "invalid_request");
    assertThat(bad.body()).contains("{\"field\":\"new_password\",\"code\":\"too_common\"");
    assertLive(cookie);
  }

  private static HttpResponse<String> changePassword(String cookie, String from, String to)
      throws Exception {
    Secrets.remember(to);
    String body = "{\"current_password\":\"" + from + "\",\"new_password\":\"" + to + "\"}";
    return demo.json("/auth/password", body, "Cookie", cookie, OWN[0], OWN[1]);
  }

  @Test
  @DisplayName("HT logout-all ends all sessions, the caller's as well")
  void logoutAll() throws Exception {
    String phone = demo.loggedIn(user, PASSWORD);
    String laptop = demo.loggedIn(user, PASSWORD);
    HttpResponse<String> out = demo.post("/auth/logout-all", "Cookie", laptop, OWN[0], OWN[1]);
    assertThat(out.statusCode()).isEqualTo(204);
    assertThat(out.headers().allValues("Set-Cookie").get(0)).startsWith("dev-session=; ");
    assertEnded(phone);
    assertEnded(laptop);
    assertLive(demo.loggedIn(user, PASSWORD));
  }

  @Test
  @DisplayName("HT logout-all that keeps the current session moves it to a new cookie")
  void logoutOthers() throws Exception {
    String phone = demo.loggedIn(user, PASSWORD);
    String laptop = demo.loggedIn(user, PASSWORD);
    HttpResponse<String> out =
        demo.json("/auth/logout-all", "{\"keep_current\":true}", "Cookie", laptop, OWN[0], OWN[1]);
    assertThat(out.statusCode()).isEqualTo(204);
    assertEnded(phone);
    assertEnded(laptop);
    assertLive(cookie(out));
  }
}

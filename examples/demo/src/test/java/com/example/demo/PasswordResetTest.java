package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static com.example.demo.RunningDemo.basic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.testkit.Secrets;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A forgotten password, by the code on the console. */
class PasswordResetTest {
  private static final Pattern CODE = Pattern.compile("your code is ([A-Za-z0-9_-]{43}), ");
  private static final String FORGOTTEN = "wonderland-1865";
  private static final String NEXT = "looking-glass-1871";

  private RunningDemo demo;

  @BeforeEach
  void start() throws Exception {
    demo = RunningDemo.start();
    assertThat(demo.register("alice", FORGOTTEN).statusCode()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    demo.close();
  }

  private HttpResponse<String> ask(String username) throws Exception {
    return demo.json("/api/reset/request", "{\"username\":\"" + username + "\"}");
  }

  /** The codes on the console. */
  static List<String> codes(RunningDemo demo) {
    List<String> codes = new ArrayList<>();
    Matcher matcher = CODE.matcher(demo.said());
    while (matcher.find()) {
      codes.add(matcher.group(1));
      Secrets.remember(matcher.group(1));
    }
    return codes;
  }

  private HttpResponse<String> redeem(String code, String password) throws Exception {
    Secrets.remember(password);
    return demo.json(
        "/api/reset/redeem", "{\"code\":\"" + code + "\",\"new_password\":\"" + password + "\"}");
  }

  @Test
  @DisplayName("AC-5 the code sets a new password, ends all sessions, and is good once")
  void reset() throws Exception {
    String cookie = demo.loggedIn("alice", FORGOTTEN);
    assertThat(ask("alice").statusCode()).isEqualTo(204);
    assertThat(codes(demo)).hasSize(1);
    String code = codes(demo).get(0);

    HttpResponse<String> bad = redeem(code, "sunshine");
    assertProblem(bad, 400, "invalid_request");
    assertThat(bad.body()).contains("{\"field\":\"new_password\",\"code\":\"too_common\"");
    assertThat(redeem(code, NEXT).statusCode()).isEqualTo(204);
    assertProblem(demo.get("/api/hello", "Cookie", cookie), 401, "authentication_required");
    assertThat(demo.login("alice", FORGOTTEN).statusCode()).isEqualTo(401);
    assertThat(demo.login("alice", NEXT).statusCode()).isEqualTo(200);
    assertThat(demo.get("/api/hello", "Authorization", basic("alice", NEXT)).statusCode())
        .isEqualTo(200);
    assertProblem(redeem(code, "through-the-glass"), 400, "unknown_code");
    assertThat(demo.login("alice", NEXT).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName(
      "AC-5 an unknown user gets the same answer, and no code; three are good until one is redeemed")
  void asks() throws Exception {
    HttpResponse<String> unknown = ask("nobody");
    assertThat(unknown.statusCode()).isEqualTo(204);
    assertThat(codes(demo)).isEmpty();
    HttpResponse<String> known = ask("alice");
    assertThat(known.statusCode()).isEqualTo(204);
    assertThat(known.headers().map().keySet()).isEqualTo(unknown.headers().map().keySet());
    for (int i = 0; i < 2; i++) {
      assertThat(ask("ALICE").statusCode()).isEqualTo(204);
    }
    List<String> codes = codes(demo);
    assertThat(codes).hasSize(3);
    assertThat(redeem(codes.get(0), NEXT).statusCode()).isEqualTo(204);
    assertProblem(redeem(codes.get(2), NEXT), 400, "unknown_code");
  }

  @Test
  @DisplayName("AC-5 asking again and again is 429, for a user and for nobody alike")
  void throttled() throws Exception {
    for (String username : new String[] {"alice", "nobody"}) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(username).statusCode()).isEqualTo(204);
      }
      HttpResponse<String> fourth = ask(username);
      assertProblem(fourth, 429, "throttled");
      assertThat(fourth.headers().firstValue("Retry-After").orElse("")).matches("[1-9][0-9]*");
    }
    assertThat(codes(demo)).hasSize(3);
  }

  @ParameterizedTest
  @CsvSource({"request,{},400", "redeem,{},400", "request,[],400", "redeem,{\"code\":1},400"})
  @DisplayName("HT a body without what is needed is 400")
  void badBody(String path, String body, int status) throws Exception {
    assertThat(demo.json("/api/reset/" + path, body).statusCode()).isEqualTo(status);
  }

  @Test
  @DisplayName("AC-5 what is no code is unknown, whatever it is; a session's id is none")
  void noCode() throws Exception {
    String cookie = demo.loggedIn("alice", FORGOTTEN);
    for (String code :
        new String[] {"", "x", "A".repeat(43), cookie.substring(cookie.indexOf('=') + 1)}) {
      assertProblem(redeem(code, NEXT), 400, "unknown_code");
    }
    assertThat(demo.get("/api/hello", "Cookie", cookie).statusCode()).isEqualTo(200);
  }

  @Test
  @DisplayName("GU-5 codes are neither asked for nor redeemed through a proxy that nobody named")
  void insecure() throws Exception {
    for (String path : new String[] {"/api/reset/request", "/api/reset/redeem"}) {
      assertProblem(
          demo.json(path, "{\"username\":\"alice\"}", "X-Forwarded-For", "203.0.113.7"),
          403,
          "insecure_transport");
    }
    assertThat(codes(demo)).isEmpty();
  }
}

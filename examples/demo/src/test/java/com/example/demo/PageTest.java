package com.example.demo;

import static com.example.demo.RunningDemo.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the page, as they are sent. */
class PageTest {
  private static RunningDemo demo;

  @BeforeAll
  static void start() throws Exception {
    demo = RunningDemo.start();
  }

  @AfterAll
  static void stop() {
    demo.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/,text/html,<title>Sallyport: what a request meets</title>",
    "/account,text/html,<title>Sallyport demo</title>",
    "/look/look.css,text/css,prefers-color-scheme",
    "/look/look.js,text/javascript,import",
    "/look/calls.js,text/javascript,export",
    "/look/held.js,text/javascript,export",
    "/look/dom.js,text/javascript,export",
    "/look/way.js,text/javascript,export",
    "/look/words.js,text/javascript,export",
    "/look/jwt.js,text/javascript,export",
    "/look/family.js,text/javascript,export",
    "/look/lists.js,text/javascript,export",
    "/look/waits.js,text/javascript,export",
    "/app.js,text/javascript,'use strict'",
    "/app.css,text/css,body {"
  })
  @DisplayName(
      "GU-1 a file is 200 to anybody, with its type and a policy that lets in nothing else")
  void file(String path, String type, String begin) throws Exception {
    for (String[] headers :
        new String[][] {{}, {"Authorization", "Basic !!!"}, {"Cookie", "dev-session=x"}}) {
      HttpResponse<String> response = demo.get(path, headers);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains(begin);
      assertThat(response.headers().allValues("Content-Type"))
          .containsExactly(type + "; charset=utf-8");
      assertThat(response.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
      assertThat(response.headers().allValues("Content-Security-Policy"))
          .containsExactly(
              "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                  + " base-uri 'none'; form-action 'self'; frame-ancestors 'none';"
                  + " require-trusted-types-for 'script'");
      assertThat(response.headers().allValues("Set-Cookie")).isEmpty();
    }
    HttpResponse<String> head = demo.send("HEAD", path, new byte[0]);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertProblem(demo.post(path), 405, "method_not_allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/account"})
  @DisplayName("GU-1 the page has no script, style or handler of its own, which the policy refuses")
  void nothingInline(String path) throws Exception {
    assertThat(demo.get(path).body())
        .doesNotContain("<style", "style=", "javascript:")
        .doesNotContainPattern("<script(?! src=\"/)")
        .doesNotContainPattern("\\son[a-z]+=")
        .doesNotContainPattern("(src|href|action)=\"(?!/[a-z]|/\")");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"look", "held", "dom", "way", "words", "jwt", "family", "lists", "waits", "calls"})
  @DisplayName("PW-6 one file of the page sends requests, and none keeps anything or makes markup")
  void sendsNothing(String name) throws Exception {
    String script = demo.get("/look/" + name + ".js").body();
    assertThat(script)
        .doesNotContainPattern("(local|session)Storage|indexedDB|caches|document\\.cookie")
        .doesNotContainPattern("innerHTML|insertAdjacentHTML|document\\.write|eval\\(|Function\\(")
        .doesNotContainPattern("sendBeacon|XMLHttpRequest|WebSocket|EventSource|location\\.");
    assertThat(script.contains("fetch(")).isEqualTo(name.equals("calls"));
    if (name.equals("jwt")) {
      assertThat(script).doesNotContain("calls.js");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/account"})
  @DisplayName("PW-6 without its script, no form of the page puts a password into an address")
  void formsPost(String path) throws Exception {
    assertThat(demo.get(path).body()).contains("<form method=\"post\"");
    assertThat(demo.get(path).body()).doesNotContainPattern("<form (?!method=\"post\")");
  }

  @Test
  @DisplayName("BA-5 the page's own requests get no challenge for which a browser asks a password")
  void noDialogue() throws Exception {
    for (String[] header :
        new String[][] {{"Sec-Fetch-Mode", "cors"}, {"X-Requested-With", "fetch"}}) {
      assertProblem(
          demo.get("/auth/me", header),
          401,
          "authentication_required",
          RunningDemo.LOGIN_CHALLENGES);
    }
    assertProblem(
        demo.get("/api/hello", "Sec-Fetch-Mode", "navigate"), 401, "authentication_required");
  }
}

package com.example.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.guard.Problem;
import dev.sallyport.http.RefusedRequestException;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("AD-6 A body that nobody has read when its answer is sent:")
class UnreadBodyTest {
  private static final int DISCARDED = 16 * 1024 * 1024;

  private final Site site = new Site();

  private void run(Container container, Site.Conversation conversation) throws Exception {
    site.run(container, context -> Site.serve(context, "/whoami", Site::whoAmI), conversation);
  }

  /** The head of a request with a body, on a connection that is kept. */
  private static String head(Wire wire, String target, long length, String... lines) {
    return "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nContent-Type: text/plain\r\n"
            .formatted(target, wire.host(), length)
        + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n")
        + "\r\n";
  }

  @ParameterizedTest
  @CsvSource({
    "JETTY,/whoami,401", "JETTY,/auth/nothing,404", "JETTY,/auth/login,403",
    "TOMCAT,/whoami,401", "TOMCAT,/auth/nothing,404", "TOMCAT,/auth/login,403",
  })
  @DisplayName("it may come behind the answer, and the connection is good for the next request")
  void comesLater(Container container, String target, int status) throws Exception {
    run(
        container,
        wire -> {
          try (Connection connection = Connection.to(wire)) {
            for (int i = 0; i < 3; i++) {
              connection.send(head(wire, target, 5, "Sec-Fetch-Site: cross-site"));
              Wire.Answer answer = connection.answer();
              assertThat(answer.status()).isEqualTo(status);
              assertThat(answer.values("Connection")).isEmpty();
              connection.send("hello");
            }
            connection.send("GET /whoami HTTP/1.1\r\nHost: " + wire.host() + "\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(401);
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("a long one is discarded, with and without a length, and the next request answered")
  void isLong(Container container) throws Exception {
    String body = "x".repeat(1_000_000);
    String chunk = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";
    run(
        container,
        wire -> {
          String whole = head(wire, "/whoami", body.length()) + body;
          String chunked =
              head(wire, "/whoami", 0).replace("Content-Length: 0", "Transfer-Encoding: chunked");
          try (Connection connection = Connection.to(wire)) {
            for (String request : new String[] {whole, chunked + chunk, whole}) {
              connection.send(request);
              assertThat(connection.answer().body()).contains("authentication_required");
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("one that is held back is not asked for, and the answer ends the connection")
  void heldBack(Container container) throws Exception {
    run(
        container,
        wire -> {
          try (Connection connection = Connection.to(wire)) {
            connection.send(head(wire, "/whoami", 5, "Expect: 100-continue"));
            Wire.Answer answer = connection.answer();
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.values("Connection")).containsExactly("close");
            assertThat(connection.hasEnded()).isTrue();
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("over 16 MiB are not waited for, and the answer says that it ends the connection")
  void tooLong(Container container) throws Exception {
    run(
        container,
        wire -> {
          for (long length : new long[] {DISCARDED + 1L, Long.MAX_VALUE}) {
            try (Connection connection = Connection.to(wire)) {
              connection.send(head(wire, "/whoami", length));
              Wire.Answer answer = connection.answer();
              assertThat(answer.status()).isEqualTo(401);
              assertThat(answer.values("Connection")).containsExactly("close");
            }
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("over HTTP/2, one that never comes keeps no answer back")
  void neverComes(Container container) throws Exception {
    run(
        container,
        wire -> {
          for (String[] lines : new String[][] {{}, {"content-length: 100"}}) {
            Http2.Answer answer = new Http2(wire.port()).postHead("/whoami", lines);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.body()).contains("authentication_required");
          }
        });
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("over HTTP/2, a short one comes before any refusal, whether of filter or servlet")
  void comesFirst(Container container) throws Exception {
    site.run(
        container,
        context -> Site.serve(context, "/refused", UnreadBodyTest::refuse),
        wire -> {
          Http2 http2 = new Http2(wire.port());
          assertThat(http2.postLate("/refused", "hello").status()).isEqualTo(401);
          String part =
              "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n--b--\r\n";
          for (String[] body :
              new String[][] {
                {"text/plain", "hello"},
                {"application/x-www-form-urlencoded", "a=hello"},
                {"multipart/form-data; boundary=b", part}
              }) {
            String type = "Content-Type: " + body[0];
            Http2.Answer answer = http2.postLate("/refused", body[1], Site.ALICE, type);
            assertThat(answer.status()).as(type).isEqualTo(403);
            assertThat(answer.body()).as(type).endsWith("}");
          }
        });
  }

  private static void refuse(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    String type = request.getContentType();
    if (type.startsWith("application")) {
      assertThat(request.getParameter("a")).isEqualTo("hello");
    } else if (type.startsWith("multipart")) {
      assertThat(request.getPart("a").getSize()).isEqualTo(5);
    }
    throw new ServletException(new RefusedRequestException(Problem.of(403, "no", "No.")));
  }
}

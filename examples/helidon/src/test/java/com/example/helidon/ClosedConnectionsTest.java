package com.example.helidon;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.NotAttempted;
import dev.sallyport.scheme.Sallyport;
import dev.sallyport.testkit.ForcedAuthenticator;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRouting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RFC 9112 section 9.6: who says that it closes a connection does so")
class ClosedConnectionsTest {
  private static final Handler REACHED = (request, response) -> response.send("reached");
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";

  private static String lastRequest(String body) {
    return "POST /first HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static WebServer start(Consumer<HttpRouting.Builder> routing) {
    return WebServer.builder()
        .host("127.0.0.1")
        .port(0)
        .shutdownHook(false)
        .routing(routing)
        .build()
        .start();
  }

  /** The answers on one connection, until there are so many or it ends. */
  private static int answers(WebServer server, String sent, int most) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    try (Socket socket = new Socket(loopback, server.port())) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(sent.getBytes(US_ASCII));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      int answers = 0;
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        // No line ends behind a body, so that the next status line begins within one.
        answers += line.contains("HTTP/1.1 ") ? 1 : 0;
        if (answers == most) {
          return answers;
        }
      }
      return answers;
    }
  }

  @Test
  @DisplayName("Helidon 4.5.0 alone does not: what is left of a body is the next request")
  void bare() throws Exception {
    WebServer server = start(routing -> routing.any(REACHED));
    try {
      // If this fails, AuthFeature.closeAsSaid is no longer needed.
      assertThat(answers(server, lastRequest(HIDDEN), 2)).isEqualTo(2);
    } finally {
      server.stop();
    }
  }

  @Test
  @DisplayName("behind the feature it does, for refusals, handlers and unknown paths")
  void guarded() throws Exception {
    var auth = Sallyport.inMemory();
    AuthFeature open =
        AuthFeature.of(
            auth.guard(ForcedAuthenticator.as("alice")), routes -> routes.post("/first", REACHED));
    AuthFeature shut =
        AuthFeature.of(
            auth.guard(request -> NotAttempted.NO_CREDENTIALS), routes -> routes.any(REACHED));
    AuthFeature empty = AuthFeature.of(auth.guard(ForcedAuthenticator.as("alice")), routes -> {});
    for (AuthFeature feature : new AuthFeature[] {open, shut, empty}) {
      WebServer server = start(routing -> routing.addFeature(feature));
      try {
        for (String body : new String[] {"", HIDDEN, "x".repeat(30_000) + "\r\n" + HIDDEN}) {
          assertThat(answers(server, lastRequest(body), 9)).isEqualTo(1);
        }
      } finally {
        server.stop();
      }
    }
  }
}

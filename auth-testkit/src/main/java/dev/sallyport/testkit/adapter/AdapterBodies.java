package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for bodies that are too large, held back, or broken off. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterBodies {
  /** Far more than sockets hold, so that a host that stops reading is noticed. */
  int LARGE = 5_000_000;

  int TIMES = 50;

  private static Ask large(String target) {
    return Ask.post(target).json("{\"x\":\"" + "y".repeat(LARGE) + "\"}");
  }

  @Test
  @DisplayName("AD-6 a client that sends 5 MB to an endpoint reads the 413, 50 times")
  default void tooLarge(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = large("/auth/login");
    for (int i = 0; i < TIMES; i++) {
      host.ask(ask).isProblem(413, "content_too_large");
    }
  }

  @Test
  @DisplayName("AD-6 a client that expects 100 Continue before 5 MB reads the 413, 50 times")
  default void tooLargeExpecting(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = large("/auth/login");
    String head = host.http.head(host.http.proxied(ask.with("Expect", "100-continue")));
    for (int i = 0; i < TIMES; i++) {
      host.http.expecting(head, ask.body()).isProblem(413, "content_too_large");
    }
  }

  @Test
  @DisplayName("AD-6 a client that sends 5 MB to a route that it may not use reads the refusal")
  default void refusedWithBody(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = large("/form/body");
    for (int i = 0; i < 5; i++) {
      host.http.patiently(ask).isProblem(401, "authentication_required");
      host.http.patiently(ask.bearer("unknown-token")).isProblem(401, "invalid_token");
    }
  }

  @Test
  @DisplayName("AD-2 a handler gets 5 MB whole, as they were sent")
  default void wholeBody(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = large("/form/body").basic(host.user());
    assertThat(host.ask(ask).is(200).body()).isEqualTo(KitRoutes.said(ask.body()));
  }

  @Test
  @DisplayName(
      "AD-2 an anonymous request that holds its body back is 401 without being asked for it")
  default void heldBack(Hosts hosts) throws IOException {
    hosts.need(AdapterAbility.HELD_BACK_BODIES);
    HostUnderTest host = hosts.proxied();
    Ask ask = large("/form/body").with("Expect", "100-continue");
    Answer answer = host.http.raw(host.http.head(host.http.proxied(ask)));
    answer.isProblem(401, "authentication_required");
    assertThat(answer.interim()).isEmpty();
  }

  @Test
  @DisplayName("AD-2 a body that was held back is asked for where the handler reads it")
  default void askedFor(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = Ask.post("/form/body").basic(host.user()).body("text/plain", "held back");
    String head = host.http.head(host.http.proxied(ask.with("Expect", "100-continue")));
    assertThat(host.http.expecting(head, ask.body()).is(200).body())
        .isEqualTo(KitRoutes.said(ask.body()));
  }

  @Test
  @DisplayName("AD-6 a body that breaks off is no 500, and the host goes on")
  default void breaksOff(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    for (String path : new String[] {"/auth/login", "/form/body"}) {
      Ask ask = Ask.post(path).json("x".repeat(1000));
      Ask full = path.startsWith("/auth") ? ask : ask.basic(host.user());
      try (Socket socket = host.http.connect()) {
        String sent = host.http.head(host.http.proxied(full)) + "{\"user";
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        socket.shutdownOutput();
        assertThat(Http1.read(socket.getInputStream(), false).status())
            .as("what is said to a client that stopped in the middle of a body for %s", path)
            .isIn(0, 400);
      }
    }
    host.ask(Ask.get("/whoami").basic(host.user())).is(200);
  }

  @Test
  @DisplayName("AD-6 clients that go away, before or in the middle of a body, cost nobody anything")
  default void goesAway(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask get = host.http.proxied(Ask.get("/going"));
    Ask post = host.http.proxied(Ask.post("/going/body").json("x".repeat(1000)));
    Ask login = host.http.proxied(Ask.post("/auth/login").json("x".repeat(1000)));
    for (int i = 0; i < 50; i++) {
      host.http.abort(host.http.head(get), "");
      host.http.abort(host.http.head(post), "x");
      host.http.abort(host.http.head(login), "{\"user");
    }
    host.ask(Ask.get("/whoami").basic(host.user())).is(200);
  }
}

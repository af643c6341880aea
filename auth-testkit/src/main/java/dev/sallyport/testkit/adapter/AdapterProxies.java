package dev.sallyport.testkit.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests of {@link AdapterContract} for proxies, and for addresses that are none. */
@SuppressWarnings("doclint:missing") // display names say it
interface AdapterProxies {
  private static InetAddress client(HostUnderTest host, Ask ask) throws IOException {
    host.ask(ask.basic(host.user())).is(200);
    List<InetAddress> clients = host.clients();
    return clients.get(clients.size() - 1);
  }

  @Test
  @DisplayName("GU-5 behind a trusted proxy, a request is secure and from whom that proxy says")
  default void trusted(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    Ask ask = Ask.get("/whoami");
    assertThat(client(host, ask.with("X-Forwarded-For", "203.0.113.9")).getHostAddress())
        .isEqualTo("203.0.113.9");
    assertThat(
            client(
                    host,
                    ask.with("X-Forwarded-For", "198.51.100.1")
                        .with("X-Forwarded-For", "203.0.113.9, 127.0.0.9"))
                .getHostAddress())
        .isEqualTo("203.0.113.9");
    assertThat(client(host, ask).isLoopbackAddress()).isTrue();
    host.http.raw(host.http.head(ask.basic(host.user()))).isProblem(403, "insecure_transport");
    Ask plain = ask.basic(host.user()).with("X-Forwarded-Proto", "http");
    host.ask(plain).isProblem(403, "insecure_transport");
    host.ask(Ask.post("/auth/login").with("X-Forwarded-Proto", "http").json("{}"))
        .isProblem(403, "insecure_transport");
  }

  @Test
  @DisplayName("GU-5 from a peer that is no trusted proxy, what such fields say is nothing")
  default void untrusted(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.direct();
    Ask ask = Ask.get("/whoami").basic(host.user());
    host.ask(ask.with("X-Forwarded-Proto", "https")).isProblem(403, "insecure_transport");
    host.http.raw(host.http.head(ask)).is(200);
  }

  @Test
  @DisplayName("AD-4 what is no literal address is never looked up, and never the client's address")
  default void names(Hosts hosts) throws IOException {
    HostUnderTest host = hosts.proxied();
    // The JDK would take the first three for addresses, without asking a name server.
    for (String said : List.of("203.0", "203.9.1", "3405803785", "evil.example", "localhost.")) {
      assertThat(client(host, Ask.get("/whoami").with("X-Forwarded-For", said)))
          .as("the client where a proxy says %s", said)
          .matches(InetAddress::isLoopbackAddress, "is the peer");
    }
  }
}

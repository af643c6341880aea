package com.example.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.http.Wire.Answer;
import dev.sallyport.event.AuthEvent;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Permission;
import dev.sallyport.http.HttpServerAdapter;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {
  private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");
  private static final String JSON = "Content-Type: application/json";
  private static final String HTTPS = "X-Forwarded-Proto: https";

  @RegisterExtension final Wire wire = new Wire();

  private final Site site = new Site();

  @BeforeEach
  void user() {
    site.user("alice");
  }

  private void behind(List<String> trusted) {
    HttpServerAdapter adapter =
        HttpServerAdapter.of(site.guardBehind(trusted.toArray(String[]::new)));
    wire.route("/auth", adapter.endpoints(site.endpoints));
    wire.route(
        "/notes",
        adapter.protect(
            Permission.authenticated(),
            (exchange, who) ->
                HttpServerAdapter.send(exchange, new AuthResponse(204, List.of(), ""))));
  }

  private Answer login(String password, String... headers) throws IOException {
    String[] all = List.of(headers).toArray(new String[headers.length + 1]);
    all[headers.length] = JSON;
    return wire.send(
        "POST", "/auth/login", "{\"username\":\"alice\",\"password\":\"" + password + "\"}", all);
  }

  private List<InetAddress> logins() {
    return site.listener.events(AuthEvent.LoggedIn.class).stream()
        .map(AuthEvent.LoggedIn::client)
        .toList();
  }

  @Test
  @DisplayName("GU-5 behind a trusted proxy a request is secure where that proxy says https")
  void secure() throws IOException {
    behind(LOOPBACK);
    assertThat(login(Site.PASSWORD, HTTPS).status()).isEqualTo(200);
    assertThat(login(Site.PASSWORD, "Forwarded: for=192.0.2.1;proto=https").status())
        .isEqualTo(200);
    assertThat(
            wire.send("GET", "/notes", "", HTTPS, "Authorization: Basic YWxpY2U6d3Jvbmc=").status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Unrelated: x",
        "X-Forwarded-Proto: http",
        "X-Forwarded-Proto: https, http",
        "X-Forwarded-Proto: httpsx",
        "X-Forwarded-Ssl: on",
        "X-Forwarded-Scheme: https",
        "X-Forwarded-Port: 443",
        "X-Forwarded-For: 192.0.2.1",
        "Forwarded: for=192.0.2.1",
        "Forwarded: proto=https, proto=http"
      })
  @DisplayName("GU-5 behind a trusted proxy that doesn't say https, credentials are refused")
  void insecure(String header) throws IOException {
    behind(LOOPBACK);
    Answer answer = login(Site.PASSWORD, header);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.body()).contains("insecure_transport");
    assertThat(
            wire.send("GET", "/notes", "", header, "Authorization: Basic YWxpY2U6d3Jvbmc=").body())
        .contains("insecure_transport");
    assertThat(wire.send("GET", "/notes", "", header, "Cookie: __Host-session=x").body())
        .contains("insecure_transport");
  }

  @Test
  @DisplayName("GU-5 from a peer that nobody trusts, https in a header is nothing")
  void untrusted() throws IOException {
    behind(List.of("192.0.2.0/24"));
    for (String header : List.of(HTTPS, "Forwarded: for=192.0.2.1;proto=https")) {
      assertThat(login(Site.PASSWORD, header).body()).contains("insecure_transport");
      assertThat(
              wire.send("GET", "/notes", "", header, "Authorization: Basic YWxpY2U6d3Jvbmc=")
                  .body())
          .contains("insecure_transport");
    }
    assertThat(site.listener.events(AuthEvent.AuthenticationFailed.class))
        .allMatch(event -> event.client().isLoopbackAddress());
  }

  @Test
  @DisplayName("GU-5 without named proxies, https in a header is nothing")
  void none() throws IOException {
    wire.route(HttpServerAdapter.of(site.guard).endpoints(site.endpoints));
    assertThat(login(Site.PASSWORD, HTTPS).body()).contains("insecure_transport");
  }

  @Test
  @DisplayName(
      "TH-5 the client's address is the one the trusted proxy saw, not what a client put first")
  void address() throws IOException {
    behind(LOOPBACK);
    login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 192.0.2.7");
    login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 203.0.113.9, 192.0.2.7");
    login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 203.0.113.9", "X-Forwarded-For: 192.0.2.7");
    login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 192.0.2.7, 127.0.0.9");
    assertThat(logins()).hasSize(4).containsOnly(InetAddress.getByName("192.0.2.7"));
  }

  @Test
  @DisplayName(
      "TH-5 failures are counted for the resolved address, so that a proxy is not locked out")
  void throttleKeys() throws IOException {
    behind(LOOPBACK);
    assertThat(login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 192.0.2.7").status()).isEqualTo(200);
    for (int i = 0; i < 5; i++) {
      // A stranger, who puts another address before his own each time.
      String from = "X-Forwarded-For: 192.0.2.7, 203.0.113." + i + ", 198.51.100.4";
      assertThat(login("wrong-password", HTTPS, from).status()).isEqualTo(401);
    }
    assertThat(login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 198.51.100.4").status())
        .isEqualTo(429);
    // The address that alice has logged in from waits on its own count (TH-3).
    assertThat(login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 192.0.2.7").status()).isEqualTo(200);
  }

  @Test
  @DisplayName(
      "TH-2 a hundred failures lock one address behind the proxy out, and not its neighbour")
  void throttlesAddresses() throws IOException {
    behind(LOOPBACK);
    for (int i = 0; i < 100; i++) {
      String body = "{\"username\":\"user" + i + "\",\"password\":\"wrong-password\"}";
      assertThat(
              wire.send("POST", "/auth/login", body, JSON, HTTPS, "X-Forwarded-For: 198.51.100.4")
                  .status())
          .isEqualTo(401);
    }
    assertThat(login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 192.0.2.7, 198.51.100.4").status())
        .isEqualTo(429);
    assertThat(login(Site.PASSWORD, HTTPS, "X-Forwarded-For: 198.51.100.4, 192.0.2.7").status())
        .isEqualTo(200);
  }
}

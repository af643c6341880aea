package com.example.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.TrustedProxies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What trusted proxies say of a client. The one that is connected is 10.0.0.1. */
class ForwardedTest {
  private static final TrustedProxies PROXIES =
      TrustedProxies.of(List.of("10.0.0.0/8", "2001:db8:99::/48"));
  static final String PROXY = "10.0.0.1";
  static final String SPOOFED = "203.0.113.66";

  /** The client's address and scheme, out of lines such as {@code Forwarded: for=…}. */
  static String origin(String peer, boolean secure, String... lines) {
    AuthRequest.Builder builder;
    try {
      builder = AuthRequest.builder("GET", "/", null, InetAddress.getByName(peer), secure);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(peer, e);
    }
    for (String line : lines) {
      builder.header(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1));
    }
    AuthRequest request = builder.trustedProxies(PROXIES).build();
    assertThat(request.client().address()).isEqualTo(request.clientAddress());
    return (request.isSecure() ? "https " : "http ") + request.clientAddress().getHostAddress();
  }

  static String origin(String... lines) {
    return origin(PROXY, false, lines);
  }

  @Test
  @DisplayName("TH-5 a trusted proxy's word is taken, in either form")
  void word() {
    assertThat(origin("Forwarded:for=192.0.2.1;proto=https")).isEqualTo("https 192.0.2.1");
    assertThat(origin("X-Forwarded-For:192.0.2.1", "X-Forwarded-Proto:https"))
        .isEqualTo("https 192.0.2.1");
    assertThat(origin("x-forwarded-for:192.0.2.1", "x-forwarded-proto:HTTPS"))
        .isEqualTo("https 192.0.2.1");
    assertThat(origin("X-Forwarded-Proto:https")).isEqualTo("https 10.0.0.1");
  }

  @Test
  @DisplayName("GU-5 what came to the proxy without TLS is not secure, though the proxy has TLS")
  void insecureClient() {
    assertThat(origin(PROXY, true, "X-Forwarded-For:192.0.2.1", "X-Forwarded-Proto:http"))
        .isEqualTo("http 192.0.2.1");
    assertThat(origin(PROXY, true, "X-Forwarded-For:192.0.2.1")).isEqualTo("http 192.0.2.1");
    assertThat(origin(PROXY, true, "Forwarded:for=192.0.2.1")).isEqualTo("http 192.0.2.1");
    assertThat(origin(PROXY, true, "Forwarded:for=192.0.2.1;proto=http"))
        .isEqualTo("http 192.0.2.1");
    assertThat(origin(PROXY, true)).as("the proxy's own request").isEqualTo("https 10.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"http", "httpss", "https ,http", "ws", "wsss", "on", "\u017Fhttps", "w\u017Fs"})
  @DisplayName("GU-5 only https and wss are secure")
  void protocols(String protocol) {
    assertThat(origin("X-Forwarded-For:192.0.2.1", "X-Forwarded-Proto:" + protocol))
        .isEqualTo("http 192.0.2.1");
    assertThat(origin("Forwarded:for=192.0.2.1;proto=\"" + protocol + "\""))
        .isEqualTo("http 192.0.2.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.0.2.7", "127.0.0.1", "::1", "11.0.0.1", "2001:db8:98::1"})
  @DisplayName("TH-5, row 14 nobody else's word is taken, whatever the fields are")
  void spoofed(String peer) {
    String[] lines = {
      "Forwarded:for=" + SPOOFED + ";proto=https",
      "X-Forwarded-For:" + SPOOFED,
      "X-Forwarded-Proto:https",
      "X-Forwarded-Host:localhost",
      "X-Real-IP:" + SPOOFED,
      "X-Client-IP:" + SPOOFED,
      "True-Client-IP:" + SPOOFED,
      "X-Forwarded-Ssl:on",
      "Front-End-Https:on",
    };
    String shown = origin(peer, false).substring("http ".length());
    assertThat(origin(peer, false, lines)).isEqualTo("http " + shown);
    assertThat(origin(peer, true, lines)).isEqualTo("https " + shown);
    assertThat(origin(peer, true, "X-Forwarded-Proto:http")).isEqualTo("https " + shown);
  }

  @Test
  @DisplayName("TH-5, row 14 other fields of trusted proxies mean nothing")
  void otherFields() {
    assertThat(origin("X-Real-IP:" + SPOOFED, "X-Forwarded-Ssl:on", "X-Forwarded-Host:a"))
        .isEqualTo("http 10.0.0.1");
  }

  @Test
  @DisplayName("TH-5 it is read from the right: what a client sent stands to the left")
  void fromTheRight() {
    assertThat(origin("X-Forwarded-For:" + SPOOFED + ", 192.0.2.1", "X-Forwarded-Proto:https"))
        .isEqualTo("https 192.0.2.1");
    assertThat(
            origin(
                "X-Forwarded-For:" + SPOOFED,
                "X-Forwarded-For:192.0.2.1",
                "X-Forwarded-Proto:https"))
        .isEqualTo("https 192.0.2.1");
    assertThat(origin("X-Forwarded-For:10.0.0.5, 192.0.2.1")).isEqualTo("http 192.0.2.1");
    assertThat(origin("Forwarded:for=" + SPOOFED + ";proto=https, for=192.0.2.1;proto=http"))
        .isEqualTo("http 192.0.2.1");
    assertThat(
            origin(
                "Forwarded:for=" + SPOOFED + ";proto=http", "Forwarded:for=192.0.2.1;proto=https"))
        .isEqualTo("https 192.0.2.1");
  }

  @Test
  @DisplayName("TH-5 proxies behind proxies are passed over as long as they are trusted")
  void severalHops() {
    assertThat(
            origin(
                "X-Forwarded-For:" + SPOOFED + ",192.0.2.1,10.0.0.3, 2001:db8:99::2",
                "X-Forwarded-Proto:https"))
        .isEqualTo("https 192.0.2.1");
    assertThat(
            origin(
                "Forwarded:for=" + SPOOFED + ";proto=http, for=192.0.2.1;proto=https",
                "Forwarded:for=10.0.0.3;proto=http, for=\"[2001:db8:99::2]\";proto=http"))
        .isEqualTo("https 192.0.2.1");
    assertThat(origin("X-Forwarded-For:10.0.0.4, 10.0.0.3")).isEqualTo("http 10.0.0.4");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https", "HTTPS", "wss", "Wss"})
  @DisplayName("GU-5 https and wss are secure, in either form")
  void secureProtocols(String protocol) {
    assertThat(origin("X-Forwarded-For:192.0.2.1", "X-Forwarded-Proto:" + protocol))
        .isEqualTo("https 192.0.2.1");
    assertThat(origin("Forwarded:for=192.0.2.1;proto=" + protocol)).isEqualTo("https 192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource({
    "https,http,https",
    "http,https,http",
    "https,https,https",
    "http,http,http",
    "wss,http,https",
  })
  @DisplayName("TH-5, GU-5 one protocol for each hop: that at the hop which the client reached")
  void protocolOfEachHop(String outer, String inner, String expected) {
    String hops = "X-Forwarded-For:192.0.2.1, 10.0.0.3";
    assertThat(origin(hops, "X-Forwarded-Proto:" + outer + ", " + inner))
        .isEqualTo(expected + " 192.0.2.1");
    assertThat(origin(hops, "X-Forwarded-Proto:" + outer, "X-Forwarded-Proto:" + inner))
        .as("on lines of their own")
        .isEqualTo(expected + " 192.0.2.1");
  }

  @Test
  @DisplayName("TH-5, GU-5 what the client puts before the proxies' words makes nothing secure")
  void forgedProtocol() {
    assertThat(
            origin("X-Forwarded-For:" + SPOOFED + ", 192.0.2.1", "X-Forwarded-Proto:https, http"))
        .isEqualTo("http 192.0.2.1");
    assertThat(
            origin(
                "X-Forwarded-For:" + SPOOFED + ", 192.0.2.1, 10.0.0.3",
                "X-Forwarded-Proto:https, http, https"))
        .isEqualTo("http 192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "192.0.2.1; https, https",
        "192.0.2.1, 10.0.0.3; https, https, https",
        "192.0.2.1, 10.0.0.3, 10.0.0.4; https, https",
      })
  @DisplayName("TH-5, GU-5 any other number of protocols is not secure")
  void otherNumbers(String addresses, String protocols) {
    assertThat(origin("X-Forwarded-For:" + addresses, "X-Forwarded-Proto:" + protocols))
        .isEqualTo("http 192.0.2.1");
  }

  @Test
  @DisplayName("TH-5, GU-5 without addresses one protocol is taken, and no second")
  void protocolAlone() {
    assertThat(origin("X-Forwarded-Proto:https")).startsWith("https ");
    assertThat(origin("X-Forwarded-Proto:https, https")).startsWith("http ");
  }

  @Test
  @DisplayName("TH-5 a proxy that hides who it was may still say that it was by TLS")
  void hidden() {
    assertThat(origin("Forwarded:for=unknown;proto=https")).isEqualTo("https 10.0.0.1");
    assertThat(origin("Forwarded:proto=https")).isEqualTo("https 10.0.0.1");
    assertThat(origin("Forwarded:for=_a;proto=https, for=10.0.0.3;proto=http"))
        .isEqualTo("https 10.0.0.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "for=203.0.113.66;proto=https;x=\"",
        "for=203.0.113.66;proto=https;\"",
        "for=203.0.113.66;proto=https;x=\"\\",
        "for=203.0.113.66;proto=https, \"",
        "for=203.0.113.66;proto=https;x=\"a\\\"",
        "\"",
        "x=\"a\"\"",
      })
  @DisplayName("TH-5, row 14 a quote that a client opens can't swallow what the proxy says")
  void openQuotes(String sent) {
    for (String said :
        List.of(
            "for=192.0.2.1;proto=http",
            "for=\"192.0.2.1\";proto=http",
            "for=\"[2001:db8::1]:80\";proto=\"http\"",
            "proto=http;for=\"192.0.2.1\"")) {
      assertThat(origin("Forwarded:" + sent + ", " + said)).isEqualTo("http 10.0.0.1");
    }
    assertThat(origin("Forwarded:" + sent, "Forwarded:for=192.0.2.1;proto=https"))
        .isEqualTo("https 192.0.2.1");
  }

  @Test
  @DisplayName("TH-5 X-Forwarded-For has no quotes: a client's can't swallow what the proxy says")
  void quotesOutsideOfForwarded() {
    assertThat(origin("X-Forwarded-For:\", 192.0.2.1", "X-Forwarded-Proto:https"))
        .isEqualTo("https 192.0.2.1");
    assertThat(origin("X-Forwarded-For:192.0.2.1", "X-Forwarded-Proto:\"https, http"))
        .isEqualTo("http 192.0.2.1");
    assertThat(origin("X-Forwarded-For: , ,192.0.2.1, ,", "X-Forwarded-Proto:,https,"))
        .isEqualTo("https 192.0.2.1");
  }

  @Test
  @DisplayName("TH-5 both forms that say the same are believed")
  void agree() {
    assertThat(
            origin(
                "Forwarded:for=203.0.113.66, for=192.0.2.1;proto=https",
                "X-Forwarded-For:192.0.2.1",
                "X-Forwarded-Proto:https"))
        .isEqualTo("https 192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "for=203.0.113.66;proto=https | 192.0.2.1    | https",
        "for=192.0.2.1;proto=https    | 203.0.113.66 | https",
        "for=192.0.2.1;proto=https    | 192.0.2.1    | http",
        "for=192.0.2.1;proto=http     | 192.0.2.1    | https",
        "for=192.0.2.1                | 192.0.2.1    | https",
        "proto=https                  | 192.0.2.1    | https",
        "for=unknown;proto=https      | 192.0.2.1    | https",
        "garbage                      | 192.0.2.1    | https",
        "for=192.0.2.1;proto=https    | unknown      | https",
        "for=192.0.2.1;proto=https    | ''           | https",
      })
  @DisplayName("TH-5, row 14 where the forms disagree, neither is believed, and nothing is secure")
  void disagree(String forwarded, String address, String protocol) {
    String[] lines = {
      "Forwarded:" + forwarded, "X-Forwarded-For:" + address, "X-Forwarded-Proto:" + protocol
    };
    assertThat(origin(lines)).isEqualTo("http 10.0.0.1");
    assertThat(origin(PROXY, true, lines)).isEqualTo("http 10.0.0.1");
  }
}

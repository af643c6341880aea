package com.example.request;

import static dev.sallyport.TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;
import static dev.sallyport.TransportSecurity.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.HeaderSource;
import dev.sallyport.TransportSecurity;
import dev.sallyport.testkit.TestRequest;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether credentials may come over plain HTTP. */
class TransportSecurityTest {
  private static boolean permitsLocally(TestRequest request) {
    return OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT.permits(request.insecure().build());
  }

  private static TestRequest local() {
    return TestRequest.get("/").header("Host", "localhost:8080");
  }

  @ParameterizedTest
  @EnumSource(TransportSecurity.class)
  @DisplayName("GU-5 a request over TLS is permitted from anywhere, through any proxy")
  void secure(TransportSecurity transport) {
    assertThat(
            transport.permits(
                TestRequest.get("/")
                    .from("192.0.2.7")
                    .header("Host", "example.org")
                    .header("Via", "1.1 proxy")
                    .build()))
        .isTrue();
  }

  @Test
  @DisplayName("GU-5, row 23 plain HTTP is refused by default, from loopback as well")
  void required() {
    assertThat(REQUIRED.permits(local().insecure().build())).isFalse();
    assertThat(TestRequest.get("/").build().isSecure()).as("requests of tests").isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "127.255.255.254", "::1", "::ffff:127.0.0.1"})
  @DisplayName("GU-5 the development switch exempts loopback peers")
  void loopbackPeers(String peer) {
    assertThat(permitsLocally(local().from(peer))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"192.168.1.10", "10.0.0.1", "128.0.0.1", "0.0.0.0", "fe80::1", "::2"})
  @DisplayName("GU-5 the development switch exempts no other peer")
  void otherPeers(String peer) {
    assertThat(permitsLocally(local().from(peer))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Forwarded",
        "FORWARDED",
        "forwarded",
        "Via",
        "via",
        "VIA",
        "X-Real-IP",
        "x-real-ip",
        "X-REAL-IP",
        "X-Forwarded-For",
        "x-forwarded-for",
        "X-FORWARDED-PROTO",
        "X-Forwarded-Host",
        "X-Forwarded-Port",
        "X-Forwarded-Anything",
        "X-Forwarded-",
      })
  @DisplayName("GU-5, row 14 a proxy's mark ends the exemption, in any letter case, even empty")
  void proxies(String name) {
    assertThat(permitsLocally(local().header(name, ""))).isFalse();
    // A host's own names are as the host likes; the chain's builder would lower them.
    AuthRequest asWritten =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), false)
            .headers(new Fields("Host", "localhost", name, ""))
            .build();
    assertThat(OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT.permits(asWritten)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded", "Viable", "X-Real", "Not-Forwarded", "X-Via"})
  @DisplayName("GU-5 other names are no proxy's mark")
  void noProxies(String name) {
    assertThat(permitsLocally(local().header(name, "x"))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LocalHost:1",
        "localhost:",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.2",
        "127.10.200.255:65535",
        "[::1]",
        "[::1]:8080",
      })
  @DisplayName("GU-5 a loopback Host is one, with and without port")
  void loopbackHosts(String host) {
    assertThat(permitsLocally(TestRequest.get("/").header("Host", host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":8080",
        "example.org",
        "example.org:80",
        "localhost.evil.com",
        "localhost.evil.com:80",
        "evil.localhost.com",
        "evil.com:localhost",
        "localhost:evil.com",
        "localhost:80:80",
        "localhost.",
        "localhost ",
        " localhost",
        "localhost@evil.com",
        "evil.com#localhost",
        "127.0.0.1.evil.com",
        "127.0.0.1.evil.com:80",
        "127.0.0.1:x",
        "127.0.0",
        "127.0.0.1.1",
        "127.0.0.1000",
        "127..0.1",
        "127a0.0.1",
        "0127.0.0.1",
        "128.0.0.1",
        "12.7.0.0",
        "0.0.0.0",
        "2130706433",
        "0x7f000001",
        "192.168.1.10",
        "::1",
        "[::1",
        "[::1]x",
        "[::1]:x",
        "[::2]",
        "[::1].evil.com",
        "[fe80::1]:80",
        "localho\u017Ft",
        "127.0.0.\u0661",
      })
  @DisplayName("GU-5 any other Host ends the exemption")
  void otherHosts(String host) {
    assertThat(permitsLocally(TestRequest.get("/").header("Host", host))).isFalse();
  }

  @Test
  @DisplayName("GU-5 a missing or a double Host ends the exemption")
  void hostCount() {
    assertThat(permitsLocally(TestRequest.get("/"))).isFalse();
    assertThat(permitsLocally(local().header("Host", "localhost:8080"))).isFalse();
  }

  /** Fields with their names as written, as some servers have them. */
  private record Fields(List<String> pairs) implements HeaderSource {
    Fields(String... pairs) {
      this(List.of(pairs));
    }

    @Override
    public List<String> values(String name) {
      return name.equals(pairs.get(0)) ? List.of(pairs.get(1)) : List.of();
    }

    @Override
    public Collection<String> names() {
      return List.of(pairs.get(0), pairs.get(2));
    }
  }
}

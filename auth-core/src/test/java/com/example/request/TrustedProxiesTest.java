package com.example.request;

import static dev.sallyport.TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.AuthRequest;
import dev.sallyport.TrustedProxies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose word is taken. */
class TrustedProxiesTest {
  private static AuthRequest.Builder from(String peer, TrustedProxies proxies)
      throws UnknownHostException {
    return AuthRequest.builder("GET", "/", null, InetAddress.getByName(peer), false)
        .trustedProxies(proxies);
  }

  private static boolean trusts(String network, String peer) throws UnknownHostException {
    return from(peer, TrustedProxies.of(List.of(network)))
        .header("X-Forwarded-Proto", "https")
        .build()
        .isSecure();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0,         255.255.255.255",
    "0.0.0.0/0,         0.0.0.0",
    "128.0.0.0/1,       128.0.0.0",
    "10.0.0.0/8,        10.0.0.0",
    "10.0.0.0/8,        10.255.255.255",
    "10.128.0.0/9,      10.128.0.0",
    "192.0.2.6/31,      192.0.2.6",
    "192.0.2.6/31,      192.0.2.7",
    "192.0.2.6/32,      192.0.2.6",
    "192.0.2.6,         192.0.2.6",
    "::/0,              ffff::",
    "2001:db8::/32,     2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8:0:1::/64, 2001:db8:0:1::",
    "2001:db8:0:1::/64, 2001:db8:0:1:ffff:ffff:ffff:ffff",
    "2001:db8::6/127,   2001:db8::7",
    "2001:db8::6/128,   2001:db8::6",
    "2001:DB8::6,       2001:db8::6",
    "::1,               ::1",
    "::ffff:192.0.2.6,  192.0.2.6",
    "192.0.2.6,         ::ffff:192.0.2.6",
    "10.0.0.0/8,        ::ffff:10.1.2.3",
  })
  @DisplayName("TH-5 an address within a network is trusted, up to its last one")
  void within(String network, String peer) throws UnknownHostException {
    assertThat(trusts(network, peer)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0/0,         ::",
    "0.0.0.0/0,         ::1",
    "::/0,              0.0.0.0",
    "::/0,              ::ffff:10.0.0.1",
    "128.0.0.0/1,       127.255.255.255",
    "10.0.0.0/8,        9.255.255.255",
    "10.0.0.0/8,        11.0.0.0",
    "10.128.0.0/9,      10.127.255.255",
    "192.0.2.6/31,      192.0.2.5",
    "192.0.2.6/31,      192.0.2.8",
    "192.0.2.6/32,      192.0.2.7",
    "192.0.2.6,         192.0.2.5",
    "2001:db8::/32,     2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::/32,     2001:db9::",
    "2001:db8:0:1::/64, 2001:db8::ffff:ffff:ffff:ffff",
    "2001:db8:0:1::/64, 2001:db8:0:2::",
    "2001:db8::6/127,   2001:db8::8",
    "2001:db8::6/128,   2001:db8::7",
    "10.0.0.0/8,        a00::",
  })
  @DisplayName("TH-5 an address next to a network, or of the other family, is not")
  void without(String network, String peer) throws UnknownHostException {
    assertThat(trusts(network, peer)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/8/8",
        "10.0.0.0/ 8",
        "10.0.0.0/a",
        "10.0.0.0/1000",
        " 10.0.0.0/8",
        "10.0.0.0/8 ",
        "10/8",
        "10.0.0/8",
        "10.0.0.0.0",
        "256.0.0.0",
        "999.1.1.1",
        "010.0.0.0/8",
        "0x0a.0.0.0/8",
        "167772160/8",
        "localhost",
        "proxy.example/8",
        "fd00::/129",
        "fd00:::/8",
        "::ffff:10.0.0.0/104",
        "fe80::1%eth0",
        "[::1]",
        "[::1]/128",
        ".:1",
        "abcd",
        "fd00",
        "1:2:3",
        "\u0661.0.0.1",
        "10.0.0.0/\u0668",
        "10.0.0.0-10.0.0.9",
        "*",
        "10.*",
      })
  @DisplayName("TH-5 what is no network is refused, with what was given")
  void malformed(String network) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of("192.0.2.1", network)))
        .withMessageContaining("'" + network + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1/8",
        "10.128.0.0/8",
        "192.0.2.7/31",
        "0.0.0.1/0",
        "fd00::1/8",
        "fd80::/8",
        "2001:db8::7/127",
        "::1/0",
        "2001:db8:0:1:8000::/64",
      })
  @DisplayName("TH-5 bits behind the prefix are refused: somebody meant another network")
  void bitsBehind(String network) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TrustedProxies.of(List.of(network)))
        .withMessageContaining(network)
        .withMessageContaining("behind its prefix");
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:64::c000:201,   192.0.2.1",
    "2001:db8:64::ffff:ffff,  255.255.255.255",
    "2001:db8:64:0:0:1::1,    2001:db8:64:0:0:1:0:1",
    "2001:db8:65::c000:201,   2001:db8:65:0:0:0:c000:201",
    "192.0.2.7,               192.0.2.7",
  })
  @DisplayName("TH-2 an address of a NAT64 that the host names is the IPv4 address in it")
  void nat64(String peer, String client) throws UnknownHostException {
    TrustedProxies proxies = TrustedProxies.none().withNat64(List.of("2001:db8:64::/96"));
    assertThat(from(peer, proxies).build().clientAddress().getHostAddress()).isEqualTo(client);
    TrustedProxies behind =
        TrustedProxies.of(List.of("10.0.0.0/8")).withNat64(List.of("2001:db8:64::/96"));
    assertThat(
            from("10.0.0.1", behind)
                .header("X-Forwarded-For", peer)
                .build()
                .clientAddress()
                .getHostAddress())
        .isEqualTo(client);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:64::7f00:1", "2001:db8:64::"})
  @DisplayName("TH-2, GU-5 behind NAT64 nobody is this machine")
  void nat64IsNotLocal(String peer) throws UnknownHostException {
    TrustedProxies proxies = TrustedProxies.none().withNat64(List.of("2001:db8:64::/96"));
    InetAddress client = from(peer, proxies).build().clientAddress();
    assertThat(client.isLoopbackAddress() || client.isAnyLocalAddress()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2001:db8:64::/64", "2001:db8::/97", "10.0.0.0/8", "x", ""})
  @DisplayName("TH-2 what is no prefix of 96 bits is refused")
  void noNat64(String prefix) {
    assertThatThrownBy(() -> TrustedProxies.none().withNat64(List.of(prefix)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  @DisplayName("TH-5 nobody is trusted by default; null is refused")
  void none() {
    assertThat(TrustedProxies.none().isNone()).isTrue();
    assertThat(TrustedProxies.of(List.of()).isNone()).isTrue();
    assertThat(TrustedProxies.of(List.of("::1")).isNone()).isFalse();
    assertThat(TrustedProxies.of(List.of("10.0.0.0/8", "192.0.2.1")))
        .hasToString("TrustedProxies[10.0.0.0/8, 192.0.2.1/32]");
    assertThatNullPointerException()
        .isThrownBy(() -> TrustedProxies.of(Arrays.asList("::1", null)));
  }

  @Test
  @DisplayName("TH-5 nothing is looked up, neither what is configured nor what is sent")
  void noLookUp(@TempDir Path folder) throws IOException, InterruptedException {
    Path hosts = Files.writeString(folder.resolve("hosts"), String.join("\n", LookedUp.HOSTS));
    Process child =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                LookedUp.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(child.waitFor()).as(output).isZero();
    assertThat(output).contains("nothing was looked up");
  }

  /** A program in whose hosts file odd names are addresses of the network that is trusted. */
  static final class LookedUp {
    static final List<String> HOSTS =
        List.of("10.0.0.9 300.1.1.1", "10.0.0.9 .:1", "10.0.0.9 proxy", "10.0.0.9 ab.cd");

    private LookedUp() {}

    public static void main(String[] args) throws UnknownHostException {
      for (String line : HOSTS) {
        String name = line.substring(line.indexOf(' ') + 1);
        if (!InetAddress.getByName(name).getHostAddress().equals("10.0.0.9")) {
          throw new IllegalStateException("The hosts file is not read: " + name);
        }
        try {
          TrustedProxies.of(List.of(name));
          throw new IllegalStateException("Looked up: " + name);
        } catch (IllegalArgumentException expected) {
          // As it must be.
        }
        AuthRequest request =
            from("10.0.0.1", TrustedProxies.of(List.of("10.0.0.0/8")))
                .header("X-Forwarded-For", "203.0.113.9, " + name)
                .build();
        if (!request.clientAddress().getHostAddress().equals("10.0.0.1")) {
          throw new IllegalStateException("Looked up: " + name);
        }
      }
      System.out.println("nothing was looked up");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/8", "127.0.0.1", "0.0.0.0/0", "::1"})
  @DisplayName("GU-5 the development switch does not hold where proxies are trusted")
  void developmentSwitch(String network) throws UnknownHostException {
    TrustedProxies proxies = TrustedProxies.of(List.of(network));
    AuthRequest behind = from("127.0.0.1", proxies).header("Host", "localhost").build();
    AuthRequest direct =
        from("127.0.0.1", TrustedProxies.none()).header("Host", "localhost").build();
    assertThat(OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT.permits(direct)).isTrue();
    assertThat(OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT.permits(behind)).isFalse();
  }
}

package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.TrustedProxies;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What a client sends to look like another: {@code Forwarded}, {@code X-Forwarded-For} and {@code
 * X-Forwarded-Proto}, a line each. The proxy adds the truth behind it.
 */
public final class ForwardedFuzz {
  private static final TrustedProxies PROXIES = TrustedProxies.of(List.of("10.0.0.0/8"));
  private static final InetAddress PROXY = address("10.0.0.1");
  private static final InetAddress CLIENT = address("192.0.2.1");
  private static final List<String> TRUTHS =
      List.of(
          "for=192.0.2.1;proto=http",
          "proto=http;for=192.0.2.1:4711",
          "for=\"192.0.2.1\";by=_p;proto=\"http\"",
          "for=\"[::ffff:192.0.2.1]:80\"");

  private ForwardedFuzz() {}

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static AuthRequest.Builder from(InetAddress peer) {
    return AuthRequest.builder("GET", "/", null, peer, false).trustedProxies(PROXIES);
  }

  /** The same lies, told in each way. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    String forwarded = lines[0];
    String addresses = lines.length > 1 ? lines[1] : "";
    String protocols = lines.length > 2 ? lines[2] : "";
    for (String truth : TRUTHS) {
      checkForwarded(from(PROXY).header("Forwarded", forwarded + ", " + truth).build(), false);
      checkForwarded(
          from(PROXY).header("Forwarded", forwarded).header("Forwarded", truth).build(), true);
    }
    AuthRequest customary =
        from(PROXY)
            .header("X-Forwarded-For", addresses + ", 192.0.2.1")
            .header("X-Forwarded-Proto", protocols + ", http")
            .build();
    checkForwarded(customary, true);
    AuthRequest.Builder all = from(PROXY).header("Forwarded", forwarded);
    all.header("X-Forwarded-For", addresses + ", 192.0.2.1").header("X-Forwarded-Proto", "http");
    checkForwarded(all.build(), false);
    AuthRequest untrusted =
        from(CLIENT)
            .header("Forwarded", forwarded)
            .header("X-Forwarded-For", addresses)
            .header("X-Forwarded-Proto", protocols)
            .build();
    checkForwarded(untrusted, true);
  }

  private static void checkForwarded(AuthRequest request, boolean known) {
    assertThat(request.isSecure()).isFalse();
    if (known) {
      assertThat(request.clientAddress()).isEqualTo(CLIENT);
    } else {
      assertThat(request.clientAddress()).isIn(CLIENT, PROXY);
    }
  }
}

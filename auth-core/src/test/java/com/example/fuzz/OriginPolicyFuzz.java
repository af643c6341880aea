package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.OriginPolicy;
import dev.sallyport.OriginPolicy.Origin;
import java.net.InetAddress;
import java.util.List;

/** Whose page a request is from, and which origins can be trusted by name. */
public final class OriginPolicyFuzz {
  private static final String TRUSTED = "https://app.example";
  private static final OriginPolicy OWN = OriginPolicy.ownOnly();
  private static final OriginPolicy TRUSTING = OriginPolicy.trusting(List.of(TRUSTED));

  private OriginPolicyFuzz() {}

  /** One request; see {@link FuzzedRequest}. Its {@code Origin} is then trusted by name. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedRequest fuzzed = FuzzedRequest.of(input);
    assertThat(OWN.judge(fuzzed.request())).isEqualTo(expected(fuzzed, false));
    assertThat(TRUSTING.judge(fuzzed.request())).isEqualTo(expected(fuzzed, true));
    for (String origin : fuzzed.request().headers("Origin")) {
      checkTrusting(origin);
    }
  }

  private static Origin expected(FuzzedRequest fuzzed, boolean trusting) {
    String site = fuzzed.only("Sec-Fetch-Site");
    if ("same-origin".equals(site) || "none".equals(site)) {
      return Origin.OWN;
    }
    if (fuzzed.request().headers("Origin").isEmpty()) {
      boolean silent = fuzzed.request().headers("Sec-Fetch-Site").isEmpty();
      return silent ? Origin.UNKNOWN : Origin.FOREIGN;
    }
    String origin = fuzzed.only("Origin");
    if (origin == null) {
      return Origin.FOREIGN;
    }
    boolean trusted = trusting && origin.equals(TRUSTED);
    return trusted || isOwn(origin, fuzzed) ? Origin.OWN : Origin.FOREIGN;
  }

  /** The host may name the default port, which an origin never does. */
  private static boolean isOwn(String origin, FuzzedRequest fuzzed) {
    String host = fuzzed.only("Host");
    boolean secure = fuzzed.request().isSecure();
    String scheme = secure ? "https://" : "http://";
    if (host == null || host.isEmpty() || !origin.startsWith(scheme)) {
      return false;
    }
    String port = secure ? ":443" : ":80";
    String authority = origin.substring(scheme.length());
    String named = host.endsWith(port) ? authority + port : authority;
    return named.length() == host.length() && isLowerOf(named, host);
  }

  private static boolean isLowerOf(String lower, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (lower.charAt(i) != (c >= 'A' && c <= 'Z' ? c + 32 : c)) {
        return false;
      }
    }
    return true;
  }

  private static void checkTrusting(String origin) {
    OriginPolicy policy;
    try {
      policy = OriginPolicy.trusting(List.of(origin));
    } catch (IllegalArgumentException refused) {
      return;
    }
    assertThat(origin).matches("https?://[a-z0-9.:\\[\\]-]+").doesNotMatch("https:.*:443");
    assertThat(policy.judge(from(origin))).isEqualTo(Origin.OWN);
    assertThat(policy.judge(from(origin + "."))).isEqualTo(Origin.FOREIGN);
    assertThat(policy.judge(from("null"))).isEqualTo(Origin.FOREIGN);
  }

  private static AuthRequest from(String origin) {
    return AuthRequest.builder("POST", "/", null, InetAddress.getLoopbackAddress(), true)
        .header("Origin", origin)
        .build();
  }
}

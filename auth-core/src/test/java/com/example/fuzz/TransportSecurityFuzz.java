package com.example.fuzz;

import static dev.sallyport.TransportSecurity.OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT;
import static dev.sallyport.TransportSecurity.REQUIRED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import java.util.Locale;

/** Whether plain HTTP is let pass: only from loopback, to loopback, without a trace of a proxy. */
public final class TransportSecurityFuzz {
  private TransportSecurityFuzz() {}

  /** One request; see {@link FuzzedRequest}. */
  public static void fuzzerTestOneInput(byte[] input) {
    FuzzedRequest fuzzed = FuzzedRequest.of(input);
    AuthRequest request = fuzzed.request();
    String host = fuzzed.only("Host");
    boolean direct =
        request.headerNames().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .noneMatch(
                name ->
                    name.startsWith("x-forwarded-")
                        || name.equals("forwarded")
                        || name.equals("via")
                        || name.equals("x-real-ip"));
    boolean local =
        direct
            && request.clientAddress().isLoopbackAddress()
            && host != null
            && isLoopback(withoutPort(host));
    assertThat(REQUIRED.permits(request)).isEqualTo(request.isSecure());
    assertThat(OPTIONAL_ON_LOOPBACK_FOR_DEVELOPMENT.permits(request))
        .isEqualTo(request.isSecure() || local);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    if (colon <= host.lastIndexOf(']')) {
      return host;
    }
    for (int i = colon + 1; i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        return "no port";
      }
    }
    return host.substring(0, colon);
  }

  private static boolean isLoopback(String name) {
    if (name.equals("[::1]")) {
      return true;
    }
    if (name.length() == 9 && name.toLowerCase(Locale.ROOT).equals("localhost")) {
      return name.chars().allMatch(c -> c < 128);
    }
    String[] numbers = name.split("\\.", -1);
    boolean four = numbers.length == 4 && numbers[0].equals("127");
    for (String number : numbers) {
      four &= number.length() >= 1 && number.length() <= 3;
      four &= number.chars().allMatch(c -> c >= '0' && c <= '9');
    }
    return four;
  }
}

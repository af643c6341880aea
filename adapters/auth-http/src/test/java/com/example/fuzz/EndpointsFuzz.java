package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.testkit.ChallengeParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Whole requests as text: method and target, lines of header fields, an empty line, the body. */
public final class EndpointsFuzz {
  private static final Map<String, String> METHODS =
      Map.of("/auth/register", "POST", "/auth/me", "GET, HEAD");

  private EndpointsFuzz() {}

  /** One request. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n\n", 2);
    String[] lines = parts[0].split("\n", -1);
    int space = Math.max(0, lines[0].indexOf(' '));
    AuthRequest.Builder builder =
        AuthRequest.builder(
            lines[0].substring(0, space),
            lines[0].substring(space).stripLeading(),
            InetAddress.getLoopbackAddress(),
            true);
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        builder.header(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }
    check(builder.build(), parts.length == 1 ? "" : parts[1]);
  }

  private static void check(AuthRequest request, String body) {
    AuthResponse response;
    try {
      response =
          new Site()
              .endpoints.handle(
                  request, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Site.check(response);
    String methods = METHODS.get(request.target().split("\\?", -1)[0]);
    boolean allowed = methods != null && List.of(methods.split(", ")).contains(request.method());
    assertThat(response.status() == 404).isEqualTo(methods == null);
    assertThat(response.status() == 405).isEqualTo(methods != null && !allowed);
    assertThat(response.header("Allow").orElse(null)).isEqualTo(allowed ? null : methods);
    if (allowed) {
      // Nobody has signed up, so nobody is let in.
      assertThat(response.status())
          .isIn(request.method().equals("POST") ? List.of(201, 400, 403, 413, 415) : List.of(401));
    }
    List<String> challenges =
        response.headers().stream()
            .filter(header -> header.name().equals("WWW-Authenticate"))
            .map(AuthResponse.Header::value)
            .toList();
    assertThat(challenges.isEmpty()).isEqualTo(response.status() != 401);
    if (!challenges.isEmpty()) {
      assertThat(ChallengeParser.parse(challenges)).hasSize(1);
    }
  }
}

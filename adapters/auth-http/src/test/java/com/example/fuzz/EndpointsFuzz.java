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
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whole requests as text: method and target, lines of header fields, an empty line, the body. In a
 * line, {@code $S} is the secret of alice's session.
 */
public final class EndpointsFuzz {
  private static final Pattern ITEM = Pattern.compile("/auth/sessions/[A-Za-z0-9_-]{1,64}");
  private static final Map<String, String> METHODS =
      Map.of(
          "/auth/register", "POST",
          "/auth/login", "POST",
          "/auth/logout", "POST",
          "/auth/logout-all", "POST",
          "/auth/password", "POST",
          "/auth/me", "GET, HEAD",
          "/auth/sessions", "GET, HEAD");

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
            null,
            InetAddress.getLoopbackAddress(),
            true);
    Site site = new Site();
    String secret = site.aliceLogsIn();
    boolean presents = false;
    for (String line : lines) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) {
        String value = line.substring(colon + 1).strip().replace("$S", secret);
        builder.header(line.substring(0, colon), value);
        presents |= line.contains("$S") || value.toLowerCase(Locale.ROOT).startsWith("basic ");
      }
    }
    check(site, builder.build(), parts.length == 1 ? "" : parts[1], presents);
  }

  private static void check(Site site, AuthRequest request, String body, boolean presents) {
    AuthResponse response;
    try {
      response =
          site.endpoints.handle(
              request, new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    Site.check(response);
    String path = request.target().split("\\?", -1)[0];
    String methods = ITEM.matcher(path).matches() ? "DELETE" : METHODS.get(path);
    boolean allowed = methods != null && List.of(methods.split(", ")).contains(request.method());
    assertThat(response.status() == 405).isEqualTo(methods != null && !allowed);
    assertThat(response.header("Allow").orElse(null)).isEqualTo(allowed ? null : methods);
    if (!allowed) {
      assertThat(response.status()).isEqualTo(methods == null ? 404 : 405);
    } else {
      assertThat(response.status()).isIn(statuses(path, presents));
    }
    checkCookies(path, response);
    checkChallenges(response);
  }

  /** Who presents nothing gets nowhere, but for what has its credentials in the body. */
  private static List<Integer> statuses(String path, boolean presents) {
    return switch (path) {
      case "/auth/register" -> List.of(201, 400, 403, 409, 413, 415);
      case "/auth/login" -> List.of(200, 400, 401, 403, 413, 415);
      case "/auth/logout" -> presents ? List.of(204, 403) : List.of(204);
      default -> presents ? List.of(200, 204, 400, 401, 403, 404, 413, 415) : List.of(401);
    };
  }

  private static void checkCookies(String path, AuthResponse response) {
    List<String> cookies = values(response, "Set-Cookie");
    if (response.status() >= 300 || path.equals("/auth/me") || path.equals("/auth/register")) {
      assertThat(cookies).isEmpty();
    }
    assertThat(cookies).hasSizeLessThan(2);
    assertThat(cookies)
        .allMatch(
            line ->
                line.matches(
                    "__Host-session=([A-Za-z0-9_-]{43}; Path=/(; Max-Age=[1-9][0-9]+)?"
                        + "|; Path=/; Max-Age=0); Secure; HttpOnly; SameSite=Lax"));
  }

  private static void checkChallenges(AuthResponse response) {
    List<String> challenges = values(response, "WWW-Authenticate");
    assertThat(challenges.isEmpty()).isEqualTo(response.status() != 401);
    if (!challenges.isEmpty()) {
      assertThat(ChallengeParser.parse(challenges)).hasSize(2);
    }
  }

  private static List<String> values(AuthResponse response, String name) {
    return response.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(AuthResponse.Header::value)
        .toList();
  }
}

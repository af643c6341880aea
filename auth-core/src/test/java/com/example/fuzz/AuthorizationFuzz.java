package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Authorization;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The splitter of {@code Authorization}, and a chain in which nobody takes the credentials. A line
 * of the input is a line of the field.
 */
public final class AuthorizationFuzz {
  private static final int LIMIT = 8192;
  private static final Pattern FORM =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?: +(?! )(.*+)| *+)", Pattern.DOTALL);
  private static final AuthenticatorChain CHAIN =
      AuthenticatorChain.of(
          AuthEnvironment.standard().withListener(event -> {}),
          Authenticator.named(
              "nobody",
              request -> NotAttempted.OTHER_SCHEME,
              Challenge.of("Basic", "api"),
              Challenge.of("Bearer", "api")));

  private AuthorizationFuzz() {}

  /** One request. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] lines = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    AuthRequest request = request(lines);
    Authorization split = request.authorization();
    assertThat(split.length()).isEqualTo(lines[0].length());
    assertThat(split.toString())
        .isEqualTo("Authorization[" + (split.isAmbiguous() ? "ambiguous" : split.scheme()) + "]");
    if (lines.length > 1) {
      assertThat(split.isAmbiguous()).isTrue();
      assertThat(split.scheme() + split.credentials()).isEmpty();
    } else {
      checkSplit(lines[0], split);
    }
    checkChain(split, CHAIN.authenticate(request));
  }

  private static AuthRequest request(String... lines) {
    AuthRequest.Builder builder =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true);
    for (String line : lines) {
      builder.header("Authorization", line);
    }
    return builder.build();
  }

  private static void checkSplit(String line, Authorization split) {
    Matcher form = FORM.matcher(line);
    boolean matches = form.matches();
    String credentials = matches && form.group(2) != null ? form.group(2) : "";
    assertThat(split.scheme()).isEqualTo(matches ? form.group(1) : "");
    assertThat(split.credentials()).isEqualTo(credentials);
    if (split.isAmbiguous()) {
      assertThat(credentials).contains(",");
    } else if (!credentials.isEmpty() && !credentials.contains("\"")) {
      assertThat(request(line + ", Bearer x").authorization().isAmbiguous()).isTrue();
      assertThat(request(line + ",a=\"b, Basic c").authorization().isAmbiguous()).isFalse();
    }
  }

  private static void checkChain(Authorization split, AuthResult result) {
    if (split.isAmbiguous()) {
      assertThat(((Rejected) result).reason()).isEqualTo(Reason.SEVERAL_CREDENTIALS);
    } else if (split.length() > LIMIT) {
      assertThat(((Rejected) result).reason()).isEqualTo(Reason.OVERSIZED);
    } else if (split.scheme().matches("[Bb][Aa][Ss][Ii][Cc]")) {
      assertThat(split.is("Basic")).isTrue();
      assertThat(((Rejected) result).reason().name()).isEqualTo("unclaimed_credentials");
    } else if (split.scheme().matches("[Bb][Ee][Aa][Rr][Ee][Rr]")) {
      assertThat(((Rejected) result).reason().name()).isEqualTo("unclaimed_token");
    } else {
      assertThat(split.is("Basic") || split.is("Bearer")).isFalse();
      assertThat(result).isInstanceOf(NotAttempted.class);
    }
  }
}

package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.Authenticator;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.Challenge;
import dev.sallyport.NotAttempted;
import dev.sallyport.testkit.ChallengeParser;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Challenges of any scheme, realm and parameters. The lines of the input are these, in turn.
 * Whatever can be made is printed so that it can be read back.
 */
public final class ChallengeFuzz {
  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String PRINTABLE = "[ -~]*";

  private ChallengeFuzz() {}

  /** One challenge. */
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = new String(input, StandardCharsets.UTF_8).split("\n", -1);
    if (parts.length < 2) {
      return;
    }
    boolean valid = parts[0].matches(TOKEN) && parts[1].matches(PRINTABLE);
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("realm", parts[1]);
    for (int i = 2; i + 1 < parts.length; i += 2) {
      valid &= parts[i].matches(TOKEN) && parts[i + 1].matches(PRINTABLE);
      parameters.put(parts[i].toLowerCase(Locale.ROOT), parts[i + 1]);
    }
    Challenge challenge = make(parts);
    assertThat(challenge != null).as("is made").isEqualTo(valid);
    if (challenge == null) {
      return;
    }
    check(challenge, parts[0], parameters);
    check(challenge.unprompted(), null, parameters);
    Authenticator one =
        Authenticator.named(
            "one", r -> NotAttempted.NO_CREDENTIALS, challenge, Challenge.of("Basic", "api"));
    AuthRequest request =
        AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true).build();
    AuthenticatorChain.of(one)
        .challenges(request, challenge)
        .forEach(merged -> ChallengeParser.parse(List.of(merged.toString())));
  }

  private static Challenge make(String[] parts) {
    try {
      Challenge challenge = Challenge.of(parts[0], parts[1]);
      for (int i = 2; i + 1 < parts.length; i += 2) {
        challenge = challenge.with(parts[i], parts[i + 1]);
      }
      return challenge;
    } catch (IllegalArgumentException refused) {
      return null;
    }
  }

  private static void check(Challenge challenge, String scheme, Map<String, String> parameters) {
    String line = challenge.toString();
    assertThat(line).matches(PRINTABLE);
    List<ChallengeParser.Parsed> read = ChallengeParser.parse(List.of(line));
    assertThat(read).hasSize(1);
    if (scheme != null) {
      assertThat(read.get(0).scheme()).isEqualTo(scheme);
    }
    assertThat(read.get(0).token68()).isNull();
    assertThat(read.get(0).parameters()).isEqualTo(parameters);
    assertThat(challenge.realm()).isEqualTo(parameters.get("realm"));
  }
}

package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jwt.FakeWeb;
import dev.sallyport.AuthEnvironment;
import dev.sallyport.AuthRequest;
import dev.sallyport.Rejected;
import dev.sallyport.jwt.IssuerFinder;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.RemoteKeySet;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.testkit.SettableClock;
import dev.sallyport.testkit.TestRequest;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The input is the {@code iss} of a token that nobody has signed: the host is asked only about what
 * could be an issuer, and the keys of that one could be discovered.
 */
public final class IssuerFuzz {
  private static final HttpClient WEB = new FakeWeb();
  private static final AuthEnvironment ENVIRONMENT =
      AuthEnvironment.standard().withClock(SettableClock.create()).withListener(event -> {});
  private static final String HEADER = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\",\"kid\":\"1\"}";

  private IssuerFuzz() {}

  /** The name of an issuer. */
  public static void fuzzerTestOneInput(byte[] input) {
    String name = new String(input, StandardCharsets.UTF_8);
    List<String> asked = new ArrayList<>();
    JwtAuthenticator authenticator =
        JwtAuthenticator.builder()
            .trust(IssuerFinder.of(ENVIRONMENT, iss -> find(iss, asked)))
            .build();
    assertThat(authenticator.authenticate(request(name))).isInstanceOf(Rejected.class);
    assertThat(asked).allMatch(name::equals);
    boolean discoverable;
    try {
      JwtVerifier verifier =
          JwtVerifier.of(
              name, "notes", RemoteKeySet.discovering(ENVIRONMENT, name).client(WEB).build());
      assertThat(TrustedIssuer.of(verifier).toString()).isNotEmpty();
      discoverable = true;
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
      discoverable = false;
    }
    assertThat(asked).hasSize(discoverable ? 1 : 0);
  }

  private static Optional<TrustedIssuer> find(String iss, List<String> asked) {
    asked.add(iss);
    assertThat(iss).hasSizeLessThanOrEqualTo(256).matches("[!-~]+");
    URI uri = URI.create(iss);
    assertThat(uri.getScheme()).matches("(?i)https?");
    assertThat(uri)
        .returns(null, URI::getRawUserInfo)
        .returns(null, URI::getRawQuery)
        .returns(null, URI::getRawFragment);
    if (uri.getScheme().length() == 4) {
      assertThat(uri.getHost()).matches("(?i)localhost|\\[::1]|127(\\.[0-9]{1,3}){3}");
    }
    return Optional.empty();
  }

  private static AuthRequest request(String iss) {
    String quoted = iss.replace("\\", "\\\\").replace("\"", "\\\"");
    String token =
        base64(HEADER)
            + "."
            + base64("{\"iss\":\"" + quoted + "\"}")
            + "."
            + base64("x".repeat(256));
    return TestRequest.get("/").header("Authorization", "Bearer " + token).build();
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}

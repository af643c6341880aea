package com.example.jwt;

import static com.example.jwt.WiredIssuers.token;
import static com.example.jwt.WiredIssuers.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualifiedIdTest {
  private final WiredIssuers wired = new WiredIssuers();
  private final SigningKey key = wired.keyOfA;

  @ParameterizedTest
  @CsvSource({
    "a|b, c, a, b|c",
    "a%7Cb, c, a|b, c",
    "a%257Cb, c, a%7Cb, c",
    "a%, 7Cc, a|, c",
    "a%25, b, a%, b",
    "a, |b, a|, b",
    "|, b, '', |b",
    "a, b, a|b, b"
  })
  @DisplayName("JW-5 no two issuers and subjects make the same id, with | and % in either")
  void collisions(String issuer, String subject, String otherIssuer, String otherSubject) {
    assertThat(id(issuer, subject)).isNotEqualTo(id(otherIssuer, otherSubject));
  }

  private String id(String issuer, String subject) {
    JwtVerifier any =
        JwtVerifier.builder(
                AuthEnvironment.standard().withClock(wired.clock),
                VerificationKeys.of(key.verificationKey()))
            .acceptAnyIssuer()
            .audience(Forge.AUDIENCE)
            .build();
    String token = token(key, issuer, "sub", Forge.quoted(subject));
    return who(wired.taking(TrustedIssuer.of(any)), token).principal().id();
  }

  @Test
  @DisplayName("JW-5 all pairs of hostile names and subjects have ids of their own")
  void injective() {
    String[] parts = {"a", "|", "%", "a|", "|a", "%7C", "%25", "a%7C", "||", "%|", "%257C", "7C"};
    Set<String> ids = new HashSet<>();
    for (String issuer : parts) {
      for (String subject : parts) {
        assertThat(ids.add(id(issuer, subject))).as("%s and %s", issuer, subject).isTrue();
      }
    }
  }
}

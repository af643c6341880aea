package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.Race;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A header that was seen in a good token is not parsed again; nothing else of it is believed. */
class KnownHeadersTest {
  private final JwtVerifier verifier =
      Forge.builder(
              VerificationKeys.of(
                  Forge.KEY.withKeyId("a").verificationKey(),
                  Forge.KEY.withKeyId("b").verificationKey()))
          .rememberNone()
          .build();

  private static String header(String id, String more) {
    return "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"" + id + "\"" + more + "}";
  }

  private void assertTaken(String token) {
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("JW-1 a known header opens no door: the signature is checked with each token")
  void signature() {
    String good = Forge.withHeader(header("a", ""));
    assertTaken(good);
    String[] parts = good.split("\\.", -1);
    String forged =
        parts[0] + "." + Forge.base64(Forge.claims("sub", "\"mallory\"")) + "." + parts[2];
    assertThat(refusal(verifier.verify(forged))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
    assertThat(refusal(verifier.verify(parts[0] + ".."))).isEqualTo(JwtRefusal.MALFORMED);
    assertThat(refusal(verifier.verify(parts[0] + "." + parts[1] + ".AAAA")))
        .isEqualTo(JwtRefusal.BAD_SIGNATURE);
  }

  @Test
  @DisplayName("JW-2 a header that only begins like a known one, or ends earlier, is parsed itself")
  void prefixes() {
    String known = header("a", "");
    known += " ".repeat((3 - known.length() % 3) % 3); // then base64 of more begins with its base64
    assertTaken(Forge.withHeader(known));
    for (String more : new String[] {"{}", "x", "\u0000", ",", " ,\"crit\":[\"x\"]"}) {
      assertThat(refusal(verifier.verify(Forge.withHeader(known + more))))
          .isEqualTo(JwtRefusal.MALFORMED);
    }
    for (String other :
        new String[] {header("a", ",\"crit\":[\"x\"]"), known.strip().replace("}", "")}) {
      assertThat(refusal(verifier.verify(Forge.withHeader(other)))).isEqualTo(JwtRefusal.MALFORMED);
    }
    assertThat(refusal(verifier.verify(Forge.withHeader(header("A", "")))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
  }

  @Test
  @DisplayName("JW-1 a hostile header with the wrong signature is refused the second time as well")
  void strangers() {
    String[] parts = Forge.withHeader(header("a", ",\"x\":1")).split("\\.", -1);
    String forged = parts[0] + "." + parts[1] + "." + Forge.base64(new byte[32]);
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(verifier.verify(forged))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
    }
    assertTaken(String.join(".", parts));
  }

  @Test
  @DisplayName(
      "JW-2 more headers than are kept, and longer ones, are all read right, by many threads")
  void many() {
    Race.of(
        8,
        thread -> {
          for (int i = 0; i < 200; i++) {
            String more = ",\"x\":\"" + "y".repeat(i % 40 * 20) + "\"";
            assertTaken(Forge.withHeader(header(i % 2 == 0 ? "a" : "b", more)));
            assertThat(refusal(verifier.verify(Forge.withHeader(header("c", more)))))
                .isEqualTo(JwtRefusal.UNKNOWN_KEY);
          }
          return true;
        });
  }
}

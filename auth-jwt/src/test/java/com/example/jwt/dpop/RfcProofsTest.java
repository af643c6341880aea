package com.example.jwt.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthRequest;
import dev.sallyport.jwt.dpop.DpopProof;
import dev.sallyport.jwt.dpop.DpopRefusal;
import dev.sallyport.testkit.TestRequest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The examples of RFC 9449, at the time at which they were written. */
class RfcProofsTest {
  private static final String HEADER =
      "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNo"
          + "UklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5"
          + "VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.";

  private static final String FOR_TOKENS =
      HEADER
          + "eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1w"
          + "bGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg"
          + "4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

  private static final String FOR_A_RESOURCE =
      HEADER
          + "eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFt"
          + "cGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNF"
          + "c05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9.2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6"
          + "pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

  private static final String THUMBPRINT = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";
  private static final String TOKEN = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";

  private final Desk desk = new Desk();

  RfcProofsTest() {
    desk.clock.advance(
        Duration.between(desk.clock.instant(), Instant.ofEpochSecond(1_562_262_616)));
  }

  @Test
  @DisplayName("RFC 9449 section 5, 6.1: its request for a token proves the key of its token's jkt")
  void forTokens() {
    AuthRequest request =
        TestRequest.post("/token")
            .header("Host", "server.example.com")
            .header("DPoP", FOR_TOKENS)
            .build();
    assertThat(desk.proofs.check(request))
        .isInstanceOfSatisfying(
            DpopProof.class, proof -> assertThat(proof.thumbprint()).isEqualTo(THUMBPRINT));
  }

  @Test
  @DisplayName("RFC 9449 section 7.1: its request for a resource presents its token, and no other")
  void forResource() {
    AuthRequest request =
        TestRequest.get("/protectedresource")
            .header("Host", "resource.example.org")
            .header("DPoP", FOR_A_RESOURCE)
            .build();
    Desk.assertRefused(desk.proofs.use(request, TOKEN + "a", THUMBPRINT), DpopRefusal.WRONG_TOKEN);
    assertThat(desk.proofs.use(request, TOKEN, THUMBPRINT)).isInstanceOf(DpopProof.class);
    Desk.assertRefused(desk.proofs.use(request, TOKEN, THUMBPRINT), DpopRefusal.REPLAYED);
  }
}

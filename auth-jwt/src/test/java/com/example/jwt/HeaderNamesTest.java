package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderNamesTest {
  private final JwtVerifier verifier = Forge.builder().build();

  /** A good header with one more member. */
  private static String with(String member) {
    return "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"," + member + "}";
  }

  private void assertRefused(String header, JwtRefusal why) {
    assertThat(refusal(verifier.verify(Forge.withHeader(header)))).isEqualTo(why);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "None",
        "NONE",
        "noNE",
        "hs256",
        "Hs256",
        " HS256",
        "HS256 ",
        "HS384",
        "RS256",
        "ES256",
        "EdDSA",
        "PBES2-HS256+A128KW",
        "dir",
        "HS256\\u0000",
        "\\uFF28S256",
        ""
      })
  @DisplayName("JW-1 CVE-2021-44878, CVE-2023-52428: alg is compared exactly and never obeyed")
  void algorithms(String name) {
    JwtVerifier named =
        Forge.builder(VerificationKeys.of(Forge.KEY.withKeyId("k").verificationKey())).build();
    String header = "{\"typ\":\"at+jwt\",\"p2c\":2147483647,\"alg\":\"" + name + "\"";
    String token = Forge.withHeader(header + ",\"kid\":\"k\"}");
    assertThat(refusal(named.verify(token))).isEqualTo(JwtRefusal.WRONG_ALGORITHM);
    assertRefused(header + "}", JwtRefusal.UNKNOWN_KEY);
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    assertThat(refusal(named.verify(unsigned))).isEqualTo(JwtRefusal.MALFORMED);
    assertThat(refusal(named.verify(unsigned + "AAAA"))).isEqualTo(JwtRefusal.WRONG_ALGORITHM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "K",
        "k ",
        " k",
        "",
        "../../etc/passwd",
        "' OR 1=1--",
        "k\\r\\nX: y",
        "k\\u0000",
        "%6b",
        "\\uFF4B"
      })
  @DisplayName("JW-5 a kid is the exact key of a map, and nothing else is done with it")
  void keyIds(String id) {
    JwtVerifier named =
        Forge.builder(VerificationKeys.of(Forge.KEY.withKeyId("k").verificationKey())).build();
    assertThat(named.verify(Forge.withHeader(with("\"kid\":\"k\""))))
        .isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(named.verify(Forge.withHeader(with("\"kid\":\"" + id + "\"")))))
        .isEqualTo(JwtRefusal.UNKNOWN_KEY);
  }
}

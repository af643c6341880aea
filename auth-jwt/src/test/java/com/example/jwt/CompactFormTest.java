package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsRefusal;
import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtResult;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactFormTest {
  private static final String GOOD = Forge.token();
  private static final String[] PARTS = GOOD.split("\\.", -1);

  private final JwtVerifier verifier = Forge.builder().rememberNone().build();

  static String[] forms() {
    String header = PARTS[0];
    String payload = PARTS[1];
    String mac = PARTS[2];
    String json =
        "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}"
            .formatted(header, payload, mac);
    return new String[] {
      "",
      ".",
      "..",
      "...",
      "....",
      header,
      header + "." + payload,
      header + "." + payload + ".",
      header + ".." + mac,
      "." + payload + "." + mac,
      ".." + mac,
      GOOD + ".",
      "." + GOOD,
      GOOD + "." + mac,
      GOOD + "." + payload + "." + mac,
      header + "....",
      json,
      "{\"payload\":\"%s\",\"signatures\":[%s]}".formatted(payload, json),
      "{\"" + GOOD + "\":\"\"}",
      "{\"x\":\"" + GOOD + "\",\"payload\":\"e30\"}",
      "[\"" + GOOD + "\"]",
      "\"" + GOOD + "\"",
      GOOD + "\n",
      GOOD + "\r\n",
      "\n" + GOOD,
      " " + GOOD,
      GOOD + " ",
      GOOD + "\u0000",
      GOOD + "?",
      GOOD + "#x",
      GOOD + ",",
      GOOD + "=",
      GOOD + "==",
      GOOD + "A",
      GOOD + "AAAA",
      header + "=." + payload + "." + mac,
      header + "." + payload + "=." + mac,
      header + "." + payload + "==." + mac,
      header + " ." + payload + "." + mac,
      header + "%2E" + payload + "%2E" + mac,
      header + "\uFF0E" + payload + "\uFF0E" + mac,
      GOOD.replace('.', ','),
      GOOD + GOOD,
      GOOD + " " + GOOD,
      "Bearer " + GOOD,
      "\uD800" + GOOD.substring(1),
      "\u0165" + GOOD.substring(1)
    };
  }

  @ParameterizedTest
  @MethodSource("forms")
  @DisplayName(
      "JW-2 CVE-2022-39227: JSON, mixed, cut, padded, doubled: only the compact form is one")
  void forms(String text) {
    assertThat(verifier.verify(GOOD)).isInstanceOf(VerifiedJwt.class);
    assertThat(verifier.verify(text)).isInstanceOf(JwtResult.Refused.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"alg\":\"dir\",\"enc\":\"A256GCM\"}", "{\"alg\":\"none\"}", Forge.HEADER})
  @DisplayName(
      "JW-1, JW-12 CVE-2026-29000, CVE-2023-51774: five segments are none, whatever is inside")
  void encrypted(String header) {
    String inner = Forge.base64(GOOD);
    for (String five :
        new String[] {
          Forge.base64(header) + ".." + Forge.base64(new byte[12]) + "." + inner + ".AAAA",
          Forge.base64(header) + "." + inner + "." + inner + "." + inner + "." + PARTS[2],
          GOOD + ".." + PARTS[2]
        }) {
      assertThat(refusal(verifier.verify(five))).isEqualTo(JwtRefusal.MALFORMED);
    }
  }

  @Test
  @DisplayName("JW-2, JW-12 a token inside of a token is no claims, whatever cty says")
  void nested() {
    String header = "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"cty\":\"JWT\"}";
    for (String payload : new String[] {GOOD, Forge.quoted(GOOD), "eyJhbGciOiJub25lIn0.e30."}) {
      assertThat(refusal(verifier.verify(Forge.signed(header, payload))))
          .isEqualTo(JwtRefusal.BAD_CLAIMS);
    }
  }

  /** Some forms differ only in bits that mean nothing; jjwt, jose and jsrsasign took those. */
  @ParameterizedTest
  @EnumSource(names = {"HS256", "RS256", "ES256", "EDDSA"})
  @DisplayName("JW-2 any other character in any place makes another token, which is refused")
  void everyCharacter(JwsAlgorithm algorithm) {
    boolean secret = algorithm == JwsAlgorithm.HS256;
    String token = secret ? GOOD : Pairs.token(Pairs.key(algorithm));
    JwtVerifier one =
        secret
            ? verifier
            : Forge.builder(VerificationKeys.of(Pairs.key(algorithm).verificationKey())).build();
    assertThat(one.verify(token)).isInstanceOf(VerifiedJwt.class);
    String digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=.+/ ~\u00E9";
    for (int i = 0; i < token.length(); i++) {
      boolean last = i + 1 == token.length() || token.charAt(i + 1) == '.';
      for (char c : (secret || last ? digits : "A=.").toCharArray()) {
        if (token.charAt(i) != c) {
          assertThat(one.verify(token.substring(0, i) + c + token.substring(i + 1)))
              .isInstanceOf(JwtResult.Refused.class);
        }
      }
    }
  }

  @Test
  @DisplayName("JW-2 a token as long as the limit is read, one character more is not")
  void length() {
    String padding = "x".repeat(5000);
    String token = Forge.token("x", Forge.quoted(padding));
    JwtVerifier exact = Forge.builder().maxLength(token.length()).build();
    JwtVerifier shorter = Forge.builder().maxLength(token.length() - 1).build();
    assertThat(exact.verify(token)).isInstanceOf(VerifiedJwt.class);
    assertThat(refusal(shorter.verify(token))).isEqualTo(JwtRefusal.OVERSIZED);
    assertThat(refusal(verifier.verify("a.".repeat(4096) + "a"))).isEqualTo(JwtRefusal.OVERSIZED);
    assertThat(refusal(verifier.verify("a".repeat(8192)))).isEqualTo(JwtRefusal.MALFORMED);
    assertThat(refusal(verifier.verify("a".repeat(8193)))).isEqualTo(JwtRefusal.OVERSIZED);
  }

  @Test
  @DisplayName("JW-2 characters that are no ASCII are malformed, pairs of surrogates too")
  void notAscii() {
    String pairs = "\uD83D\uDE00".repeat(100);
    JwsVerifier verifier = JwsVerifier.of(Forge.KEY.verificationKey());
    for (String token : new String[] {pairs + ".a.b", "a." + pairs + ".bbbb", "a.b." + pairs}) {
      assertThat(verifier.verify(token)).isEqualTo(new JwsResult.Refused(JwsRefusal.MALFORMED));
    }
  }
}

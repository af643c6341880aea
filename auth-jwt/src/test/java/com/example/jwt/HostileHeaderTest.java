package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All of these have the right signature and good claims, so that only the defence refuses them. */
class HostileHeaderTest {
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
        "\"crit\":[\"x\"],\"x\":1",
        "\"crit\":[\"exp\"],\"exp\":1",
        "\"crit\":[\"exp\"]",
        "\"crit\":[\"alg\"]",
        "\"crit\":[\"b64\"],\"b64\":true",
        "\"crit\":[\"b64\"],\"b64\":false",
        "\"crit\":[]",
        "\"crit\":[\"\"]",
        "\"crit\":[\"x\",\"x\"],\"x\":1",
        "\"crit\":[1]",
        "\"crit\":[null]",
        "\"crit\":\"exp\"",
        "\"crit\":{}",
        "\"crit\":null",
        "\"crit\":false",
        "\"\\u0063rit\":[\"x\"]"
      })
  @DisplayName(
      "JW-1 CVE-2025-59420: crit is refused in any form, since nothing of it is understood")
  void crit(String member) {
    assertRefused(with(member), JwtRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"b64\":false",
        "\"b64\":true",
        "\"b64\":null",
        "\"zip\":\"DEF\"",
        "\"zip\":null",
        "\"\\u007aip\":\"DEF\""
      })
  @DisplayName("JW-1 CVE-2024-29371: a payload that is unencoded or compressed is refused")
  void encodings(String member) {
    assertRefused(with(member), JwtRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"alg\":\"HS256\"",
        "\"\\u0061lg\":\"HS256\"",
        "\"typ\":\"at+jwt\"",
        "\"x\":1,\"x\":1",
        "\"x\":{\"a\":1,\"a\":1}",
        "\"x\":[[{\"a\":{\"b\":0,\"\\u0062\":0}}]]"
      })
  @DisplayName("JW-2 CVE-2017-12635: a name that appears twice, at any level and however written")
  void twice(String member) {
    assertRefused(with(member), JwtRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "null",
        "[]",
        "\"HS256\"",
        "{\"typ\":\"at+jwt\"}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}{}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"} x",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}\u0000",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\"/**/}",
        "{alg:\"HS256\",\"typ\":\"at+jwt\"}",
        "{'alg':'HS256','typ':'at+jwt'}",
        "[{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}]",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x\":NaN}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x\":01}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x\":\"\u0001\"}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"x\":\"\\ud800\"}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"\\udc00\":1}",
        "\uFEFF{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}",
        "\u00A0{\"alg\":\"HS256\",\"typ\":\"at+jwt\"}"
      })
  @DisplayName("JW-2 a header that is no strict JSON object, with something behind, or without alg")
  void strict(String header) {
    assertRefused(header, JwtRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":[\"HS256\"],\"typ\":\"at+jwt\"}",
        "{\"alg\":null,\"typ\":\"at+jwt\"}",
        "{\"alg\":256,\"typ\":\"at+jwt\"}",
        "{\"alg\":{},\"typ\":\"at+jwt\"}",
        "{\"alg\":\"HS256\",\"typ\":7}",
        "{\"alg\":\"HS256\",\"typ\":[\"at+jwt\"]}",
        "{\"alg\":\"HS256\",\"typ\":null}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":7}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":null}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":[\"k\"]}",
        "{\"alg\":\"HS256\",\"typ\":\"at+jwt\",\"kid\":\"\\ud800\"}"
      })
  @DisplayName("JW-2 alg, typ and kid are strings, or the token is refused")
  void types(String header) {
    assertRefused(header, JwtRefusal.MALFORMED);
  }

  @Test
  @DisplayName("JW-2 CVE-2025-53864: 16 levels are read, 17 and 100,000 are refused")
  void depth() {
    JwtVerifier large = Forge.builder().maxLength(1 << 20).build();
    assertThat(verifier.verify(Forge.withHeader(with(nested(15))))).isInstanceOf(VerifiedJwt.class);
    assertRefused(with(nested(16)), JwtRefusal.MALFORMED);
    for (String deep : new String[] {"[".repeat(100_000), "{\"a\":".repeat(50_000)}) {
      assertThat(refusal(large.verify(Forge.withHeader(deep)))).isEqualTo(JwtRefusal.MALFORMED);
      assertThat(refusal(large.verify(Forge.withHeader(with("\"x\":" + deep)))))
          .isEqualTo(JwtRefusal.MALFORMED);
    }
  }

  static String nested(int levels) {
    return "\"x\":" + "[".repeat(levels) + "]".repeat(levels);
  }

  @Test
  @DisplayName("JW-2 what nobody knows in a header harms nobody")
  void unknown() {
    String header = with("\"x\":{\"y\":[1,2.5,true,null]},\"cty\":\"\",\"\":0");
    assertThat(verifier.verify(Forge.withHeader(header))).isInstanceOf(VerifiedJwt.class);
  }
}

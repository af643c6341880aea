package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.example.jws.JwsRefusal;
import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with a hostile header are signed with the right key, so that only the defence refuses. */
class JwsVerifierTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Map<JwsAlgorithm, SigningKey> KEYS = new EnumMap<>(JwsAlgorithm.class);
  private static final byte[] SECRET = new byte[32];

  private final JwsVerifier hs256 =
      JwsVerifier.of(SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET).verificationKey());

  private static SigningKey key(JwsAlgorithm algorithm) {
    return KEYS.computeIfAbsent(algorithm, wanted -> SigningKey.generate(wanted, RANDOM));
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** A header of the attacker's choice, signed by HS256 with the right secret. */
  private static String signed(String header) throws Exception {
    return signed(header.getBytes(StandardCharsets.UTF_8));
  }

  private static String signed(byte[] header) throws Exception {
    String content = base64(header) + "." + base64("x".getBytes(StandardCharsets.UTF_8));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET, "HmacSHA256"));
    return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
  }

  private static JwsRefusal refusal(JwsResult result) {
    return ((JwsResult.Refused) result).refusal();
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1 what a key signs its verifier verifies, and no other key of the algorithm")
  void roundTrip(JwsAlgorithm algorithm) {
    byte[] payload = {0, (byte) 0xFF, 7};
    SigningKey key = key(algorithm).withKeyId("2026 \"\\ é");
    String token = JwsSigner.of(key).withType("at+jwt").sign(payload);
    JwsResult.Verified verified =
        (JwsResult.Verified) JwsVerifier.of(key.verificationKey()).verify(token);
    assertThat(verified.payload()).isEqualTo(payload);
    assertThat(verified.type()).contains("at+jwt");
    assertThat(verified.key().keyId()).isEqualTo(key.keyId());
    JwsVerifier other =
        JwsVerifier.of(
            SigningKey.generate(algorithm, RANDOM).withKeyId("2026 \"\\ é").verificationKey());
    assertThat(refusal(other.verify(token))).isEqualTo(JwsRefusal.BAD_SIGNATURE);
  }

  @ParameterizedTest
  @EnumSource(names = "ML_DSA.*", mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1 a signature of another length, of zeros, or cut off is none")
  void lengths(JwsAlgorithm algorithm) {
    SigningKey key = key(algorithm);
    JwsVerifier verifier = JwsVerifier.of(key.verificationKey());
    String token = JwsSigner.of(key).sign(new byte[] {1});
    int dot = token.lastIndexOf('.');
    byte[] good = Base64.getUrlDecoder().decode(token.substring(dot + 1));
    for (byte[] bad :
        new byte[][] {
          Arrays.copyOf(good, good.length - 1),
          Arrays.copyOf(good, good.length + 1),
          new byte[good.length],
          new byte[2],
          new byte[64]
        }) {
      assertThat(refusal(verifier.verify(token.substring(0, dot + 1) + base64(bad))))
          .isEqualTo(JwsRefusal.BAD_SIGNATURE);
    }
    assertThat(refusal(verifier.verify(token.substring(0, dot + 1))))
        .isEqualTo(JwsRefusal.MALFORMED);
  }

  @Test
  @DisplayName("JW-2 every change of a single character is refused")
  void everyCharacter() throws Exception {
    String token = signed("{\"alg\":\"HS256\"}");
    assertThat(hs256.verify(token)).isInstanceOf(JwsResult.Verified.class);
    for (int i = 0; i < token.length(); i++) {
      for (char c : "AB-_.=+/ 9z".toCharArray()) {
        if (token.charAt(i) != c) {
          assertThat(hs256.verify(token.substring(0, i) + c + token.substring(i + 1)))
              .isInstanceOf(JwsResult.Refused.class);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
        "{\"alg\":\"HS256\",\"crit\":[]}",
        "{\"alg\":\"HS256\",\"crit\":\"b64\"}",
        "{\"alg\":\"HS256\",\"b64\":true}",
        "{\"alg\":\"HS256\",\"b64\":false}",
        "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
        "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
        "{\"alg\":\"none\",\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"x\":{\"a\":1,\"a\":1}}",
        "{\"alg\":\"HS256\"}{}",
        "{\"alg\":\"HS256\"} x",
        "[{\"alg\":\"HS256\"}]",
        "\"HS256\"",
        "{\"alg\":[\"HS256\"]}",
        "{\"alg\":null}",
        "{}",
        "",
        "{\"alg\":\"HS256\",\"kid\":7}",
        "{\"alg\":\"HS256\",\"typ\":7}",
        "{\"alg\":\"HS256\",\"x\":\"\\ud800\"}",
        "{\"alg\":\"HS256\",\"\\udc00\":1}",
        "{\"alg\":\"HS256\",\"x\":\"\\u\u0663\u0663\u0663\u0663\"}",
        "{\"alg\":\"HS256\",\"x\":NaN}",
        "{'alg':'HS256'}",
        "{\"alg\":\"HS256\",}",
        "\uFEFF{\"alg\":\"HS256\"}",
        "{\"alg\":\"HS256\",\"x\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}"
      })
  @DisplayName("JW-1, JW-2 a header that is not strict, or asks for more")
  void headers(String header) throws Exception {
    assertThat(refusal(hs256.verify(signed(header)))).isEqualTo(JwsRefusal.MALFORMED);
  }

  @Test
  @DisplayName("JW-2 a header in UTF-16, UTF-32, or overlong UTF-8")
  void encodings() throws Exception {
    String header = "{\"alg\":\"HS256\"}";
    for (String charset : new String[] {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE"}) {
      assertThat(refusal(hs256.verify(signed(header.getBytes(Charset.forName(charset))))))
          .isEqualTo(JwsRefusal.MALFORMED);
    }
    byte[] overlong = "{\"alg\":\"HS256\",\"x\":\"??\"}".getBytes(StandardCharsets.US_ASCII);
    overlong[overlong.length - 4] = (byte) 0xC0;
    overlong[overlong.length - 3] = (byte) 0xAF;
    assertThat(refusal(hs256.verify(signed(overlong)))).isEqualTo(JwsRefusal.MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None", "NONE", "hs256", "HS384", " HS256", "RS256", ""})
  @DisplayName("JW-1 the key's algorithm holds, whatever the header says")
  void algorithms(String name) throws Exception {
    String token = signed("{\"alg\":\"" + name + "\"}");
    assertThat(refusal(hs256.verify(token))).isEqualTo(JwsRefusal.UNKNOWN_KEY);
    String unsigned = token.substring(0, token.lastIndexOf('.') + 1);
    assertThat(hs256.verify(unsigned)).isInstanceOf(JwsResult.Refused.class);
    JwsVerifier named =
        JwsVerifier.of(
            SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET).withKeyId("k").verificationKey());
    assertThat(refusal(named.verify(signed("{\"kid\":\"k\",\"alg\":\"" + name + "\"}"))))
        .isEqualTo(JwsRefusal.WRONG_ALGORITHM);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "a.b.c.d.e",
        " a.b.c",
        "{\"payload\":\"\"}",
        "\u0000.\u0000.\u0000",
        "\u20AC.\u20AC.\u20AC"
      })
  @DisplayName("JW-2 anything but three parts of base64url")
  void forms(String text) {
    assertThat(refusal(hs256.verify(text))).isEqualTo(JwsRefusal.MALFORMED);
  }

  @Test
  @DisplayName("JW-2 the payload may be empty and need not be JSON; a longer token is not read")
  void payloads() {
    SigningKey key = SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET);
    String empty = JwsSigner.of(key).sign(new byte[0]);
    assertThat(((JwsResult.Verified) hs256.verify(empty)).payload()).isEmpty();
    String atLimit = JwsSigner.of(key).sign(new byte[6000]);
    assertThat(hs256.withMaxLength(atLimit.length()).verify(atLimit))
        .isInstanceOf(JwsResult.Verified.class);
    assertThat(refusal(hs256.withMaxLength(atLimit.length() - 1).verify(atLimit)))
        .isEqualTo(JwsRefusal.OVERSIZED);
    assertThat(refusal(hs256.verify("a".repeat(8193)))).isEqualTo(JwsRefusal.OVERSIZED);
  }

  @Test
  @DisplayName("JW-1 a header brings no key, and fetches none")
  void ownKeys() throws Exception {
    for (String member : new String[] {"jwk", "jku", "x5u", "x5c"}) {
      String header = "{\"alg\":\"HS256\",\"" + member + "\":\"http://127.0.0.1:1/key\"}";
      assertThat(hs256.verify(signed(header))).isInstanceOf(JwsResult.Verified.class);
    }
  }

  @Test
  @DisplayName("JW-5 kid names a key exactly; without it, only one may fit")
  void keyIds() throws Exception {
    SigningKey key = SigningKey.ofSecret(JwsAlgorithm.HS256, SECRET);
    SigningKey other = SigningKey.generate(JwsAlgorithm.HS256, RANDOM);
    JwsVerifier two =
        JwsVerifier.of(
            key.withKeyId("a").verificationKey(), other.withKeyId("b").verificationKey());
    assertThat(two.verify(signed("{\"alg\":\"HS256\",\"kid\":\"a\"}")))
        .isInstanceOf(JwsResult.Verified.class);
    for (String id : new String[] {"A", "a ", "", "../a", "' OR 1=1--", "a\\u0000"}) {
      assertThat(refusal(two.verify(signed("{\"alg\":\"HS256\",\"kid\":\"" + id + "\"}"))))
          .isEqualTo(JwsRefusal.UNKNOWN_KEY);
    }
    assertThat(refusal(two.verify(signed("{\"alg\":\"HS256\",\"kid\":\"b\"}"))))
        .isEqualTo(JwsRefusal.BAD_SIGNATURE);
    assertThat(refusal(two.verify(signed("{\"alg\":\"HS256\"}"))))
        .isEqualTo(JwsRefusal.UNKNOWN_KEY);
    assertThat(
            JwsVerifier.of(key.withKeyId("a").verificationKey())
                .verify(signed("{\"alg\":\"HS256\"}")))
        .isInstanceOf(JwsResult.Verified.class);
  }

  @Test
  @DisplayName("JW-1 a verifier without a key, with mixed keys, or an id twice for one algorithm")
  void construction() {
    assertThatIllegalArgumentException().isThrownBy(JwsVerifier::of);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                JwsVerifier.of(
                    key(JwsAlgorithm.HS256).verificationKey(),
                    key(JwsAlgorithm.ES256).verificationKey()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                JwsVerifier.of(
                    key(JwsAlgorithm.ED25519).withKeyId("a").verificationKey(),
                    key(JwsAlgorithm.EDDSA).withKeyId("a").verificationKey()));
    assertThatIllegalArgumentException().isThrownBy(() -> hs256.withMaxLength(63));
  }
}

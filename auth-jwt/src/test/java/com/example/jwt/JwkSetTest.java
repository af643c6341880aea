package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.example.jws.JwsRefusal;
import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwkSetTest {
  private static final VerificationKey KEY =
      Pairs.key(JwsAlgorithm.ES256).withKeyId("1").verificationKey();

  private static final String JWK = Jwk.publicJwk(KEY);
  private static final String RSA = rsa("");
  private static final String ZERO = "A".repeat(43);

  /** An RSA key with these members, and with no alg and no use. */
  private static String rsa(String members) {
    String jwk = Jwk.publicJwk(Pairs.key(JwsAlgorithm.RS256).verificationKey());
    return jwk.replace("\"alg\":\"RS256\",", members).replace(",\"use\":\"sig\"", "");
  }

  private static String set(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  private static void assertRefused(String json) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwkSet.verificationKeys(json))
        .withMessageNotContaining("AAAAAAAA");
  }

  @Test
  @DisplayName("JW-5 public keys of all kinds are published and read again, in their order")
  void roundTrip() throws Exception {
    List<VerificationKey> keys = new ArrayList<>();
    Pairs.algorithms().forEach(one -> keys.add(key(one).verificationKey()));
    String json = JwkSet.publicJwkSet(keys);
    assertThat(JwkSet.verificationKeys(json))
        .extracting(Jwk::publicJwk)
        .containsExactlyElementsOf(keys.stream().map(Jwk::publicJwk).toList());
    for (JsonNode jwk : new ObjectMapper().readTree(json).get("keys")) {
      assertThat(jwk.fieldNames())
          .toIterable()
          .isSubsetOf("kty", "crv", "x", "y", "n", "e", "alg", "use", "kid");
    }
    assertThat(JwkSet.publicJwkSet(List.of())).isEqualTo("{\"keys\":[]}");
    assertThat(JwkSet.verificationKeys("{\"keys\":[]}")).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> JwkSet.publicJwkSet(List.of(KEY, Forge.KEY.verificationKey())));
  }

  private static SigningKey key(JwsAlgorithm algorithm) {
    return Pairs.key(algorithm).withKeyId("of \"" + algorithm + "\"");
  }

  @Test
  @DisplayName("JW-5 keys to encrypt with, and of kinds that nobody knows, are passed over")
  void passedOver() {
    assertThat(
            JwkSet.verificationKeys(
                set(
                    JWK,
                    rsa("\"use\":\"enc\","),
                    rsa("\"alg\":\"RSA-OAEP\",\"use\":\"enc\","),
                    rsa("\"alg\":\"RSA-OAEP-256\",\"kid\":\"e\","),
                    "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"}",
                    "{\"kty\":\"EC\",\"crv\":\"P-256\",\"alg\":\"ECDH-ES\",\"x\":\"AA\",\"y\":\"AA\"}",
                    "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AA\"}",
                    "{\"kty\":\"OKP\",\"crv\":\"Ed448\",\"x\":\"AA\"}",
                    "{\"kty\":\"AKP\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}",
                    "{\"kty\":\"future\",\"x\":{\"y\":[1]}}")))
        .extracting(Jwk::publicJwk)
        .containsExactly(JWK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"encrypt\",\"wrapKey\"", "\"wrapKey\"", "\"encrypt\"", "\"deriveBits\""})
  @DisplayName(
      "JW-5 a key whose key_ops are none of signatures is passed over like one whose use is")
  void operations(String operations) {
    assertThat(JwkSet.verificationKeys(set(JWK, rsa("\"key_ops\":[" + operations + "],"))))
        .extracting(Jwk::publicJwk)
        .containsExactly(JWK);
  }

  @Test
  @DisplayName(
      "JW-5 an RSA key that names no algorithm is for RS256; others are what their curve is")
  void algorithms() {
    assertThat(JwkSet.verificationKeys(set(RSA)))
        .extracting(VerificationKey::algorithm)
        .containsExactly(JwsAlgorithm.RS256);
    for (JwsAlgorithm one : List.of(JwsAlgorithm.ES256, JwsAlgorithm.ES512, JwsAlgorithm.EDDSA)) {
      String named = Jwk.publicJwk(Pairs.key(one).verificationKey());
      String jwk = named.replace("\"alg\":\"" + one.jwaName() + "\",", "");
      assertThat(JwkSet.verificationKeys(set(jwk)).get(0).algorithm()).isEqualTo(one);
    }
  }

  /** Members that can't be used, each for a reason of its own. */
  static Stream<String> unusable() {
    return Stream.of(
        "{\"kty\":\"oct\",\"k\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"alg\":\"HS256\"}",
        "{\"kty\":\"oct\",\"k\":\"AAAAAAAA\",\"use\":\"enc\"}",
        Jwk.privateJwk(Pairs.key(JwsAlgorithm.ES384)),
        Jwk.privateJwk(Pairs.key(JwsAlgorithm.RS256)),
        JWK.replace("{", "{\"d\":7,").replace("\"1\"", "\"2\""),
        JWK,
        Jwk.publicJwk(Pairs.key(JwsAlgorithm.ES256).withKeyId("1").verificationKey()),
        "{}",
        "{\"kid\":\"2\"}",
        "{\"kty\":null}",
        "{\"kty\":\"rsa\"}",
        rsa("\"kid\":7,"),
        rsa("\"kid\":null,"),
        rsa("\"kid\":[\"2\"],"),
        rsa("\"kid\":" + "7".repeat(2000) + ","),
        rsa("\"use\":7,"),
        rsa("\"use\":\"enc\",\"kid\":\"1\","),
        rsa("\"alg\":7,"),
        rsa("\"alg\":\"none\","),
        rsa("\"alg\":\"HS256\","),
        rsa("\"exp\":\"1700000000\","),
        rsa("\"exp\":1e400,"),
        rsa("\"key_ops\":\"verify\","),
        rsa("\"key_ops\":[\"verify\",\"verify\"],"),
        rsa("\"key_ops\":[7],"),
        rsa("\"kty\":\"RSA\","),
        rsa("\"x5c\":[\"\\uD800\"],"),
        rsa("\"x\":" + "[".repeat(30) + "]".repeat(30) + ","),
        rsa("\"n\":7,"),
        "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"AAAAAAAA\"}",
        "{\"kty\":\"RSA\",\"e\":\"AQAB\"}",
        "{\"kty\":\"RSA\",\"e\":\"AQAB\",\"n\":\"" + "_".repeat(170) + "\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AAAAAAAA\",\"y\":\"AAAAAAAA\"}",
        "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"" + ZERO + "\",\"y\":\"" + ZERO + "\"}",
        "{\"kty\":\"EC\",\"crv\":\"Ed25519\",\"x\":\"AAAAAAAA\"}",
        "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"" + ZERO + "\"}",
        "{\"kty\":\"RSA\",\"alg\":\"ES256\",\"n\":\"AA\",\"e\":\"AQAB\"}",
        rsa("\"kid\":\"\","),
        rsa("\"kid\":\"a\\u0000\","),
        rsa("\"kid\":\"" + "k".repeat(513) + "\","),
        "null",
        "7",
        "-1e999",
        "[]",
        "[{\"kty\":\"RSA\"}]",
        "\"}{\\\"\"");
  }

  @ParameterizedTest
  @MethodSource("unusable")
  @DisplayName("JW-5 a member that can't be used is passed over by itself, wherever it stands")
  void unusable(String bad) {
    for (String set :
        new String[] {set(JWK, bad, RSA), set(JWK, RSA, bad), set(JWK, bad, bad, RSA)}) {
      assertThat(JwkSet.verificationKeys(set))
          .extracting(Jwk::publicJwk)
          .containsExactly(JWK, Jwk.publicJwk(Pairs.key(JwsAlgorithm.RS256).verificationKey()));
    }
    assertThat(JwkSet.verificationKeys(set(bad))).hasSizeLessThan(2);
  }

  @Test
  @DisplayName(
      "JW-5 a kid of 512 characters is one, and key_ops with verify are of a signature key")
  void usable() {
    String longest = "\uD83D\uDD11".repeat(256);
    assertThat(JwkSet.verificationKeys(set(rsa("\"kid\":\"" + longest + "\","))))
        .extracting(key -> key.keyId().orElseThrow())
        .containsExactly(longest);
    assertThat(JwkSet.verificationKeys(set(JWK, rsa("\"key_ops\":[\"sign\",\"verify\"],"))))
        .hasSize(2);
  }

  @Test
  @DisplayName("JW-5 of several keys with one kid the one of the token's algorithm is taken")
  void oneId() {
    SigningKey[] all = {
      Pairs.key(JwsAlgorithm.ES256).withKeyId("1"),
      Pairs.key(JwsAlgorithm.RS256).withKeyId("1"),
      Pairs.key(JwsAlgorithm.PS256).withKeyId("1"),
      Pairs.key(JwsAlgorithm.EDDSA).withKeyId("1")
    };
    List<VerificationKey> keys =
        JwkSet.verificationKeys(
            JwkSet.publicJwkSet(Stream.of(all).map(SigningKey::verificationKey).toList()));
    JwsVerifier verifier = JwsVerifier.of(keys.toArray(VerificationKey[]::new));
    for (SigningKey key : all) {
      assertThat(verifier.verify(JwsSigner.of(key).sign(new byte[1])))
          .isInstanceOf(JwsResult.Verified.class);
    }
    SigningKey none = Pairs.key(JwsAlgorithm.ES384).withKeyId("1");
    assertThat(verifier.verify(JwsSigner.of(none).sign(new byte[1])))
        .isEqualTo(new JwsResult.Refused(JwsRefusal.WRONG_ALGORITHM));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"keys\":null}",
        "{\"keys\":{}}",
        "{\"keys\":\"x\"}",
        "{\"keys\":[],\"keys\":[]}",
        "{\"keys\":[{]}",
        "{\"keys\":[{\"a\":1,}]}",
        "{\"keys\":[{\"a\":01}]}",
        "{\"keys\":[]}x",
        "{\"keys\":[]",
        "{\"keys\":[",
        "\uFEFF{\"keys\":[]}",
        "{\"Keys\":[]}"
      })
  @DisplayName("JW-5 what is no set is refused")
  void noSet(String json) {
    assertRefused(json);
  }

  @Test
  @DisplayName("JW-5 a set has at most 100 keys, whatever they are for, and other members beside")
  void limits() {
    String other = "{\"kty\":\"future\"}";
    String[] most = Collections.nCopies(100, other).toArray(String[]::new);
    assertThat(JwkSet.verificationKeys(set(most))).isEmpty();
    assertRefused(set(Collections.nCopies(101, other).toArray(String[]::new)));
    assertThat(JwkSet.verificationKeys("{\"x\":[{\"y\":1}],\"keys\":[" + JWK + "],\"z\":null}"))
        .hasSize(1);
  }
}

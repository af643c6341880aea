package com.example.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.jws.JwsResult;
import com.example.jws.JwsVerifier;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.interfaces.ECKey;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PemTest {
  /** RFC 8410, section 10. */
  private static final String ED_PRIVATE =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
      -----END PRIVATE KEY-----
      """;

  private static final String ED_PUBLIC =
      """
      -----BEGIN PUBLIC KEY-----
      MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
      -----END PUBLIC KEY-----
      """;

  private static void assertPair(SigningKey signing, VerificationKey verifying) {
    assertThat(JwsVerifier.of(verifying).verify(JwsSigner.of(signing).sign(new byte[] {1})))
        .isInstanceOf(JwsResult.Verified.class);
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName(
      "JW-5 what is written as PEM is read again, and works; the public half is the real one")
  void roundTrip(JwsAlgorithm algorithm) {
    SigningKey key = Pairs.key(algorithm).withKeyId("k");
    String closed = Pem.privatePem(key);
    String open = Pem.publicPem(key.verificationKey());
    SigningKey signing = Pem.signingKey(algorithm, closed);
    VerificationKey verifying = Pem.verificationKey(algorithm, open);
    assertThat(signing.keyId()).isEmpty();
    assertPair(signing, key.verificationKey());
    assertPair(key, verifying);
    assertThat(Pem.privatePem(signing)).isEqualTo(closed);
    assertThat(Pem.publicPem(signing.verificationKey())).isEqualTo(open);
    assertThat(Pem.publicPem(verifying)).isEqualTo(open);
    assertThat(Jwk.thumbprint(signing.verificationKey()))
        .isEqualTo(Jwk.thumbprint(key.verificationKey()));
    assertThat(closed).matches("(?s)-----BEGIN PRIVATE KEY-----\n.*\n-----END PRIVATE KEY-----\n");
    assertThat((closed + open).lines()).allMatch(line -> line.length() <= 64);
    assertThat(open).doesNotContain("PRIVATE");
  }

  @RepeatedTest(40)
  @DisplayName(
      "JW-5 the public half that is worked out is the real one, for new keys of each curve")
  void publicHalf() {
    for (JwsAlgorithm algorithm :
        new JwsAlgorithm[] {
          JwsAlgorithm.ES256, JwsAlgorithm.ES384, JwsAlgorithm.ES512, JwsAlgorithm.EDDSA
        }) {
      SigningKey key = SigningKey.generate(algorithm, new SecureRandom());
      SigningKey read = Pem.signingKey(algorithm, Pem.privatePem(key));
      assertThat(Jwk.publicJwk(read.verificationKey()))
          .isEqualTo(Jwk.publicJwk(key.verificationKey()));
    }
  }

  @Test
  @DisplayName("JW-5 the example of RFC 8410, and white space and line ends of any sort around it")
  void edwards() {
    SigningKey signing = Pem.signingKey(JwsAlgorithm.EDDSA, ED_PRIVATE);
    assertThat(Pem.publicPem(signing.verificationKey())).isEqualTo(ED_PUBLIC);
    assertThat(Pem.privatePem(signing)).isEqualTo(ED_PRIVATE);
    for (String text :
        new String[] {
          ED_PUBLIC.replace("\n", "\r\n"),
          "\n\t " + ED_PUBLIC + "\n\n",
          ED_PUBLIC.strip(),
          ED_PUBLIC.replace("KEY-----\nM", "KEY-----M"),
          ED_PUBLIC.replace("EAG", "EA\n G")
        }) {
      assertPair(signing, Pem.verificationKey(JwsAlgorithm.ED25519, text));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ES256", "ES384", "ES512"})
  @DisplayName("JW-5 the public half of the least and the largest private keys of a curve")
  void extremes(JwsAlgorithm algorithm) throws Exception {
    ECParameterSpec spec = ((ECKey) Pairs.of(algorithm).getPublic()).getParams();
    BigInteger order = spec.getOrder();
    for (BigInteger s :
        new BigInteger[] {
          BigInteger.ONE,
          BigInteger.TWO,
          BigInteger.valueOf(3),
          order.subtract(BigInteger.TWO),
          order.subtract(BigInteger.ONE)
        }) {
      PrivateKey closed =
          KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(s, spec));
      SigningKey read = Pem.signingKey(algorithm, pem(closed));
      assertPair(read, read.verificationKey());
    }
  }

  private static String pem(PrivateKey key) {
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getEncoder().encodeToString(key.getEncoded())
        + "\n-----END PRIVATE KEY-----\n";
  }

  @Test
  @DisplayName("JW-5 a PKCS #8 key that brings its public key is read as one that doesn't")
  void withPublicPart() throws Exception {
    byte[] encoded = Pairs.of(JwsAlgorithm.ES256).getPrivate().getEncoded();
    PrivateKey again =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
    SigningKey read = Pem.signingKey(JwsAlgorithm.ES256, pem(again));
    assertPair(read, Pairs.key(JwsAlgorithm.ES256).verificationKey());
  }
}

package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeyConfusionTest {
  /** All that an attacker might take for the secret: what everybody knows of the public key. */
  private static List<byte[]> forms(VerificationKey key, PublicKey open) {
    String pem = Pem.publicPem(key);
    String body = pem.replaceAll("-----[A-Z ]+-----|\\s", "");
    List<byte[]> forms = new ArrayList<>();
    for (String text :
        List.of(
            pem,
            pem.strip(),
            pem.replace("\n", "\r\n"),
            pem.replace("\n", ""),
            body,
            Jwk.publicJwk(key),
            JwkSet.publicJwkSet(List.of(key)),
            Jwk.thumbprint(key),
            open.toString())) {
      forms.add(text.getBytes(UTF_8));
    }
    forms.add(open.getEncoded());
    for (String member : Jwk.publicJwk(key).split("[\"{}:,]+", -1)) {
      if (member.length() > 40) {
        forms.add(member.getBytes(UTF_8));
        forms.add(Forge.bytes(member));
      }
    }
    return forms;
  }

  @ParameterizedTest
  @MethodSource("com.example.jwt.Pairs#algorithms")
  @DisplayName(
      "JW-1 CVE-2015-9235, CVE-2022-29217, CVE-2023-48223: a MAC by the public key is none")
  void publicKeyAsSecret(JwsAlgorithm algorithm) {
    VerificationKey key = Pairs.key(algorithm).withKeyId("k").verificationKey();
    JwtVerifier verifier = Forge.builder(VerificationKeys.of(key)).build();
    List<byte[]> forms = forms(key, Pairs.of(algorithm).getPublic());
    assertThat(forms).hasSizeGreaterThan(11);
    for (String alg : new String[] {"HS256", algorithm.jwaName()}) {
      String header = "{\"alg\":\"" + alg + "\",\"typ\":\"at+jwt\",\"kid\":\"k\"}";
      String content = Forge.base64(header) + "." + Forge.base64(Forge.claims());
      JwtRefusal why = alg.equals("HS256") ? JwtRefusal.WRONG_ALGORITHM : JwtRefusal.BAD_SIGNATURE;
      for (byte[] form : forms) {
        String token = content + "." + Forge.base64(Forge.mac(form, content));
        assertThat(refusal(verifier.verify(token))).isEqualTo(why);
      }
    }
  }

  @Test
  @DisplayName("JW-1 a header can't choose among the algorithms that one kind of key could do")
  void sameKind() {
    for (JwsAlgorithm of : new JwsAlgorithm[] {JwsAlgorithm.RS256, JwsAlgorithm.PS256}) {
      JwtVerifier verifier =
          Forge.builder(VerificationKeys.of(rsa(of).withKeyId("k").verificationKey())).build();
      for (JwsAlgorithm other : JwsAlgorithm.values()) {
        if (other.name().matches("[RP]S.*") && other != of) {
          String token = Pairs.token(rsa(other).withKeyId("k"));
          assertThat(refusal(verifier.verify(token))).isEqualTo(JwtRefusal.WRONG_ALGORITHM);
          String relabelled = relabelled(token, other, of);
          assertThat(refusal(verifier.verify(relabelled))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
        }
      }
      assertThat(verifier.verify(Pairs.token(rsa(of).withKeyId("k"))))
          .isInstanceOf(VerifiedJwt.class);
    }
  }

  private static SigningKey rsa(JwsAlgorithm algorithm) {
    return SigningKey.of(
        algorithm,
        Pairs.of(JwsAlgorithm.RS256).getPublic(),
        Pairs.of(JwsAlgorithm.RS256).getPrivate());
  }

  private static String relabelled(String token, JwsAlgorithm from, JwsAlgorithm to) {
    int dot = token.indexOf('.');
    String header = new String(Forge.bytes(token.substring(0, dot)), UTF_8);
    return Forge.base64(header.replace(from.jwaName(), to.jwaName())) + token.substring(dot);
  }

  @Test
  @DisplayName("JW-1 both names of Ed25519 are taken, whichever the key has, and no third")
  void edwards() {
    for (JwsAlgorithm of : new JwsAlgorithm[] {JwsAlgorithm.EDDSA, JwsAlgorithm.ED25519}) {
      SigningKey key = Pairs.key(of);
      JwtVerifier verifier = Forge.builder(VerificationKeys.of(key.verificationKey())).build();
      for (JwsAlgorithm other : new JwsAlgorithm[] {JwsAlgorithm.EDDSA, JwsAlgorithm.ED25519}) {
        SigningKey named =
            SigningKey.of(other, Pairs.of(of).getPublic(), Pairs.of(of).getPrivate());
        assertThat(verifier.verify(Pairs.token(named))).isInstanceOf(VerifiedJwt.class);
      }
    }
  }

  @Test
  @DisplayName("JW-1 secrets and public keys are in no verifier together, and none has no key")
  void mixed() {
    VerificationKey open = Pairs.key(JwsAlgorithm.ES256).withKeyId("a").verificationKey();
    VerificationKey secret = Forge.KEY.withKeyId("b").verificationKey();
    assertThatIllegalArgumentException().isThrownBy(VerificationKeys::of);
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKeys.of(open, secret));
    assertThatIllegalArgumentException().isThrownBy(() -> VerificationKeys.of(secret, open));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> VerificationKeys.of(open, open))
        .withMessageContaining("'a'");
  }
}

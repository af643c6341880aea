package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwkSet;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NoKeyFromHeaderTest {
  private final KeyServer trap = KeyServer.start();
  private final KeyPair attacker = Pairs.generate("RSA", 2048);
  private final SigningKey attackers =
      SigningKey.of(JwsAlgorithm.RS256, attacker.getPublic(), attacker.getPrivate());
  private final JwtVerifier verifier =
      Forge.builder(VerificationKeys.of(Pairs.key(JwsAlgorithm.RS256).verificationKey())).build();

  @AfterEach
  void stop() {
    trap.stop();
  }

  private static String signed(KeyPair by, String member) throws GeneralSecurityException {
    String header = "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"" + member + "}";
    String content = Forge.base64(header) + "." + Forge.base64(Forge.claims());
    Signature signer = Signature.getInstance("SHA256withRSA");
    signer.initSign(by.getPrivate());
    signer.update(content.getBytes(UTF_8));
    return content + "." + Forge.base64(signer.sign());
  }

  @Test
  @DisplayName("JW-1 CVE-2018-0114: jwk, jku, x5u, x5c and x5t bring no key and fetch none")
  void nothingIsFollowed() throws Exception {
    trap.publish(JwkSet.publicJwkSet(List.of(attackers.verificationKey())));
    String jwk = Jwk.publicJwk(attackers.verificationKey());
    String der = Base64.getEncoder().encodeToString(attacker.getPublic().getEncoded());
    List<String> members =
        List.of(
            "",
            ",\"jwk\":" + jwk,
            ",\"jwk\":" + Forge.quoted(Forge.base64(jwk)),
            ",\"jku\":\"" + trap.uri() + "\"",
            ",\"x5u\":\"" + trap.uri() + "\"",
            ",\"jku\":[\"" + trap.uri() + "\"]",
            ",\"x5c\":[\"" + der + "\"]",
            ",\"x5t\":\"AAAA\",\"x5t#S256\":\"AAAA\"",
            ",\"kid\":\"" + trap.uri() + "\"",
            ",\"jku\":\"file:///etc/passwd\",\"kid\":\"../../etc/passwd\"",
            ",\"jwk\":" + jwk + ",\"jku\":\"" + trap.uri() + "\",\"x5u\":\"" + trap.uri() + "\"");
    for (String member : members) {
      assertThat(refusal(verifier.verify(signed(attacker, member))))
          .isIn(JwtRefusal.BAD_SIGNATURE, JwtRefusal.UNKNOWN_KEY, JwtRefusal.WRONG_ALGORITHM);
      assertThat(verifier.verify(signed(attacker, member))).isNotInstanceOf(VerifiedJwt.class);
    }
    assertThat(trap.hits()).isZero();
  }

  @Test
  @DisplayName(
      "JW-1 the same members in a token of the right key change nothing, and fetch nothing")
  void ownTokens() throws Exception {
    trap.publish(JwkSet.publicJwkSet(List.of(attackers.verificationKey())));
    String members =
        ",\"jwk\":%s,\"jku\":\"%s\",\"x5u\":\"%<s\",\"x5c\":[\"AAAA\"]"
            .formatted(Jwk.publicJwk(attackers.verificationKey()), trap.uri());
    assertThat(verifier.verify(signed(Pairs.of(JwsAlgorithm.RS256), members)))
        .isInstanceOf(VerifiedJwt.class);
    assertThat(trap.hits()).isZero();
  }
}

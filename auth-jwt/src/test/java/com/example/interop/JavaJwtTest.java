package com.example.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTVerifier;
import com.auth0.jwt.algorithms.Algorithm;
import com.auth0.jwt.exceptions.SignatureVerificationException;
import dev.sallyport.jwt.key.JwsAlgorithm;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** java-jwt has no JWK, so keys go over as those of the JDK. */
class JavaJwtTest {
  private static Algorithm algorithm(JwsAlgorithm algorithm) {
    if (Interop.isSecret(algorithm)) {
      return switch (algorithm) {
        case HS256 -> Algorithm.HMAC256(Interop.SECRET);
        case HS384 -> Algorithm.HMAC384(Interop.SECRET);
        default -> Algorithm.HMAC512(Interop.SECRET);
      };
    }
    KeyPair pair = Interop.pair(algorithm);
    if (pair.getPublic() instanceof ECPublicKey open) {
      ECPrivateKey closed = (ECPrivateKey) pair.getPrivate();
      return switch (algorithm) {
        case ES256 -> Algorithm.ECDSA256(open, closed);
        case ES384 -> Algorithm.ECDSA384(open, closed);
        default -> Algorithm.ECDSA512(open, closed);
      };
    }
    RSAPublicKey open = (RSAPublicKey) pair.getPublic();
    RSAPrivateKey closed = (RSAPrivateKey) pair.getPrivate();
    return switch (algorithm) {
      case RS256 -> Algorithm.RSA256(open, closed);
      case RS384 -> Algorithm.RSA384(open, closed);
      case RS512 -> Algorithm.RSA512(open, closed);
      case PS256 -> Algorithm.RSA256PSS(open, closed);
      case PS384 -> Algorithm.RSA384PSS(open, closed);
      default -> Algorithm.RSA512PSS(open, closed);
    };
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ED.*", "ML_DSA.*"},
      mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1 java-jwt verifies what we sign")
  void ours(JwsAlgorithm algorithm) {
    String token = Interop.sign(Interop.key(algorithm));
    JWTVerifier verifier = JWT.require(algorithm(algorithm)).build();
    assertThat(Interop.payload("." + verifier.verify(token).getPayload() + "."))
        .isEqualTo(Interop.PAYLOAD);
    for (String forged : Interop.forged(token)) {
      assertThatThrownBy(() -> verifier.verify(forged))
          .isInstanceOf(SignatureVerificationException.class);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"ED.*", "ML_DSA.*"},
      mode = EnumSource.Mode.MATCH_NONE)
  @DisplayName("JW-1 we verify what java-jwt signs")
  void theirs(JwsAlgorithm algorithm) {
    String json = new String(Interop.PAYLOAD, StandardCharsets.UTF_8);
    String token = JWT.create().withPayload(json).withKeyId("ours").sign(algorithm(algorithm));
    Interop.assertVerifies(Interop.key(algorithm).verificationKey(), token);
  }

  @Test
  @DisplayName("java-jwt has no EdDSA, so there is nothing to exchange")
  void noEdDsa() {
    assertThat(Arrays.stream(Algorithm.class.getMethods()).map(Method::getName))
        .noneMatch(name -> name.startsWith("Ed"));
  }
}

package dev.sallyport.benchmarks.cold;

import dev.sallyport.AuthRequest;
import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.AuthenticatorChain;
import dev.sallyport.benchmarks.OneField;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtVerifier;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Ours: a request through a chain, as a host has it. */
final class ColdSallyport {
  private ColdSallyport() {}

  /** Verifies the token of the second argument with the secret of the first. */
  public static void main(String[] args) {
    VerificationKey key =
        VerificationKey.ofSecret(JwsAlgorithm.HS256, Base64.getUrlDecoder().decode(args[0]))
            .withKeyId(ColdToken.KEY_ID);
    JwtVerifier verifier =
        JwtVerifier.of(ColdToken.ISSUER, ColdToken.AUDIENCE, VerificationKeys.of(key));
    AuthenticatorChain chain =
        AuthenticatorChain.of(JwtAuthenticator.of(TrustedIssuer.of(verifier)));
    byte[] field = ("Bearer " + args[1]).getBytes(StandardCharsets.ISO_8859_1);
    AuthResult result =
        chain.authenticate(
            AuthRequest.builder("GET", "/", null, InetAddress.getLoopbackAddress(), true)
                .headers(OneField.of("Authorization", field))
                .build());
    if (!(result instanceof Authenticated who)
        || !who.principal().name().equals(ColdToken.SUBJECT)) {
      throw new IllegalStateException("The chain says " + result);
    }
  }
}

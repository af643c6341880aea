package com.example.jwt;

import static com.example.jwt.Forge.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthenticatorChain;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.jwt.JwtAuthenticator;
import dev.sallyport.jwt.TrustedIssuer;
import dev.sallyport.jwt.jws.JwsSigner;
import dev.sallyport.jwt.key.ExternalSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.key.VerificationKeys;
import dev.sallyport.jwt.token.JwtRefusal;
import dev.sallyport.jwt.token.JwtVerifier;
import dev.sallyport.jwt.token.VerifiedJwt;
import dev.sallyport.testkit.TestRequest;
import java.lang.reflect.Proxy;
import java.security.ProviderException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers throw what they like; a token is verified, refused or not judged, and no more. */
class ProviderFaultTest {
  private final CountingProvider provider = new CountingProvider();
  private final SigningKey key = Pairs.key(JwsAlgorithm.ES256);
  private final JwtVerifier verifier =
      Forge.builder(VerificationKeys.of(key.verificationKey().withProvider(provider)))
          .rememberNone()
          .build();
  private final String token = Pairs.token(key);

  static Stream<RuntimeException> faults() {
    return Stream.of(
        new IllegalArgumentException("x"),
        new IndexOutOfBoundsException("x"),
        new ArithmeticException("x"),
        new NullPointerException("x"));
  }

  @ParameterizedTest
  @MethodSource("faults")
  @DisplayName("JW-2 a signature over which the provider stumbles is wrong, and harms no other")
  void stumbles(RuntimeException fault) {
    provider.fault = fault;
    provider.faulty = "verify";
    assertThat(refusal(verifier.verify(token))).isEqualTo(JwtRefusal.BAD_SIGNATURE);
    provider.faulty = "";
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("CH-6 a provider that is out of order is an outage, and good again at once after it")
  void outOfOrder() {
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
    provider.fault = new ProviderException("the token was removed");
    for (String during : new String[] {"verify", "prepare", "prepare"}) {
      provider.faulty = during;
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> verifier.verify(token))
          .withMessageContaining("Counting can't verify with ES256")
          .withCauseInstanceOf(ProviderException.class);
    }
    provider.faulty = "";
    assertThat(verifier.verify(token)).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName("CH-6, GU-2 a provider that is out of order is 503 in the guard, and no wrong token")
  void guard() {
    provider.fault = new ProviderException("the token was removed");
    provider.faulty = "verify";
    Guard guard = Guard.of(AuthenticatorChain.of(JwtAuthenticator.of(TrustedIssuer.of(verifier))));
    Decision decision = guard.check(TestRequest.get("/").authorization("Bearer " + token).build());
    assertThat(((Decision.Refuse) decision).response().status()).isEqualTo(503);
  }

  @ParameterizedTest
  @MethodSource("faults")
  @DisplayName("JW-5 what can't sign now is an outage; what can't at all is refused when made")
  void signing(RuntimeException fault) {
    JwsSigner signer = JwsSigner.of(key.withProvider(provider));
    provider.fault = fault;
    provider.faulty = "sign";
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> signer.sign(new byte[1]));
    assertThatIllegalArgumentException().isThrownBy(() -> key.withProvider(provider));
    provider.faulty = "prepare";
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key.verificationKey().withProvider(provider));
    provider.faulty = "";
    assertThat(verifier.verify(Pairs.token(key.withProvider(provider))))
        .isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName(
      "JW-5 the signature that is checked is the one that is sent, whoever keeps its array")
  void kept() {
    AtomicReference<byte[]> kept = new AtomicReference<>(new byte[0]);
    ExternalSigner signer =
        data -> {
          Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
          signature.initSign(Pairs.of(JwsAlgorithm.ES256).getPrivate());
          signature.update(data);
          kept.set(signature.sign());
          return kept.get();
        };
    SigningKey external =
        SigningKey.of(JwsAlgorithm.ES256, Pairs.of(JwsAlgorithm.ES256).getPublic(), signer)
            .withProvider(provider);
    provider.afterwards = () -> Arrays.fill(kept.get(), (byte) 0);
    String sent = Pairs.token(external);
    assertThat(kept.get()).containsOnly(0);
    provider.afterwards = () -> {};
    assertThat(verifier.verify(sent)).isInstanceOf(VerifiedJwt.class);
  }

  @Test
  @DisplayName(
      "JW-5 a public key out of a device verifies and is published when the device is gone")
  void publicKeyAway() {
    AtomicBoolean away = new AtomicBoolean();
    PublicKey real = Pairs.of(JwsAlgorithm.ES256).getPublic();
    ECPublicKey inDevice =
        (ECPublicKey)
            Proxy.newProxyInstance(
                ECPublicKey.class.getClassLoader(),
                new Class<?>[] {ECPublicKey.class},
                (proxy, method, arguments) -> {
                  if (away.get()) {
                    throw new ProviderException("the token was removed");
                  }
                  return method.invoke(real, arguments);
                });
    VerificationKey open = VerificationKey.of(JwsAlgorithm.ES256, inDevice);
    away.set(true);
    JwtVerifier jdk = Forge.builder(VerificationKeys.of(open)).build();
    assertThat(jdk.verify(token)).isInstanceOf(VerifiedJwt.class);
    assertThat(Jwk.publicJwk(open)).isEqualTo(Jwk.publicJwk(key.verificationKey()));
  }
}

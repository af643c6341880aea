package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.key.VerificationKey;
import dev.sallyport.jwt.refresh.TokenPair;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Security;
import java.time.Duration;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Private keys that never leave a device. */
class DeviceKeyTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static SoftHsm device;
  private static KeyPair rsa;
  private static KeyPair ec;

  private final JwtFixture fixture = new JwtFixture();
  private final SigningKeySet keys = fixture.signing;

  @BeforeAll
  static void start() throws Exception {
    device = SoftHsm.start();
    rsa = device.rsa();
    ec = device.ec("secp256r1");
    assertThat(Stream.of(rsa, ec)).allMatch(pair -> pair.getPrivate().getEncoded() == null);
  }

  @AfterAll
  static void stop() throws Exception {
    if (device != null) {
      device.logout();
    }
  }

  private static SigningKey key(JwsAlgorithm algorithm) {
    KeyPair pair = algorithm == JwsAlgorithm.ES256 ? ec : rsa;
    return SigningKey.of(algorithm, pair.getPublic(), pair.getPrivate(), device.provider());
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "PS256", "PS512", "ES256"})
  @DisplayName("JW-5 a device signs, from rotation to rotation, and what it has signed is taken")
  void signs(JwsAlgorithm algorithm) {
    SigningKey key = key(algorithm);
    TokenPair before = fixture.start();
    keys.rotate(key, HOUR);
    TokenPair pair = fixture.start();
    assertThat(JwtFixture.header(pair.accessToken().reveal()).get("alg").textValue())
        .isEqualTo(algorithm.jwaName());
    assertThat(fixture.first.takes(pair)).isTrue();
    TokenPair next = fixture.second.next(pair);
    assertThat(fixture.first.takes(next)).isTrue();
    assertThat(fixture.first.takes(before)).isTrue();
    keys.rotate(JwtFixture.SIGNING.withKeyId("soft"), HOUR);
    assertThat(fixture.first.takes(pair)).isTrue();
    assertThat(fixture.first.takes(fixture.start())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "ES256"})
  @DisplayName("JW-5 the public half of a device's key is published, under its thumbprint")
  void published(JwsAlgorithm algorithm) {
    keys.rotate(key(algorithm), HOUR);
    VerificationKey open = keys.verificationKeys().get(0);
    String jwk = Jwk.publicJwk(open);
    assertThat(jwk).doesNotContain("\"d\":");
    assertThat(Jwk.publicJwk(Jwk.verificationKey(jwk))).isEqualTo(jwk);
    assertThat(open.keyId()).contains(Jwk.thumbprint(Jwk.verificationKey(jwk)));
    assertThat(keys.current())
        .hasToString("SigningKey[" + algorithm + " " + open.keyId().get() + "]");
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "ES256"})
  @DisplayName(
      "JW-5 a device's key is written nowhere, and says why; a former one's public half is")
  void kept(JwsAlgorithm algorithm) {
    SigningKey key = key(algorithm);
    SigningKeySet refresh = fixture.first.refreshKeys;
    keys.rotate(key, HOUR);
    JwtKeys both = JwtKeys.of(keys, refresh);
    for (Runnable written :
        new Runnable[] {
          () -> Jwk.privateJwk(key),
          () -> Pem.privatePem(key),
          keys::privateJwkSet,
          both::privateJson
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(written::run)
          .withMessageContaining("can't leave its device");
    }
    assertThat(
            SigningKeySet.read(
                    AuthEnvironment.standard().withClock(fixture.clock), refresh.privateJwkSet())
                .verificationKeys())
        .hasSize(2);
    keys.rotate(JwtFixture.SIGNING.withKeyId("soft"), HOUR);
    assertThat(
            SigningKeySet.read(
                    AuthEnvironment.standard().withClock(fixture.clock), keys.privateJwkSet())
                .verificationKeys())
        .hasSize(3);
  }

  @Test
  @DisplayName("JW-1, JW-5 a device's key for another algorithm or of another pair is none")
  void unfit() throws Exception {
    PublicKey other = device.ec("secp256r1").getPublic();
    PrivateKey p384 = device.ec("secp384r1").getPrivate();
    assertRefused(JwsAlgorithm.ES256, other, ec.getPrivate());
    assertRefused(JwsAlgorithm.ES256, ec.getPublic(), p384);
    assertRefused(JwsAlgorithm.ES256, ec.getPublic(), rsa.getPrivate());
    assertRefused(JwsAlgorithm.ES384, ec.getPublic(), ec.getPrivate());
    assertRefused(JwsAlgorithm.RS256, rsa.getPublic(), ec.getPrivate());
    assertRefused(JwsAlgorithm.EDDSA, ec.getPublic(), ec.getPrivate());
    assertRefused(JwsAlgorithm.HS256, ec.getPublic(), ec.getPrivate());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(JwsAlgorithm.ES256, ec.getPublic(), ec.getPrivate()))
        .withMessage("This Java runtime can't sign with ES256");
  }

  private static void assertRefused(JwsAlgorithm algorithm, PublicKey open, PrivateKey closed) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(algorithm, open, closed, device.provider()));
  }

  @Test
  @DisplayName("JW-5 an entry of a device's key store signs in the device, and is written nowhere")
  void entry() throws Exception {
    device.keytool(
        "jwt", "-genkeypair", "-dname", "CN=jwt", "-keyalg", "EC", "-groupname", "secp256r1");
    KeyStore store = KeyStore.getInstance("PKCS11", device.provider());
    store.load(null, SoftHsm.PIN.toCharArray());
    SigningKey key = SigningKey.of(JwsAlgorithm.ES256, store, "jwt");
    keys.rotate(key, HOUR);
    assertThat(fixture.first.takes(fixture.start())).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Jwk.privateJwk(key))
        .withMessageContaining("can't leave its device");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(JwsAlgorithm.RS256, store, "jwt"))
        .withMessageContaining("RS256");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(JwsAlgorithm.ES256, store, "absent"))
        .withMessageContaining("'jwt'");
  }

  @Test
  @DisplayName(
      "JW-5 another provider can verify what a device signs; it never gets the private key")
  void verifiedElsewhere() {
    SigningKey key = key(JwsAlgorithm.ES256);
    keys.rotate(key.withProvider(new BouncyCastleProvider()), HOUR);
    assertThat(fixture.first.takes(fixture.start())).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> key.withProvider(Security.getProvider("SunRsaSign")));
  }

  @Test
  @DisplayName(
      "JW-5, CH-6 without its device a key verifies; to sign is an outage, after which "
          + "the refresh token is as good as before")
  void away() throws Exception {
    keys.rotate(key(JwsAlgorithm.RS256), HOUR);
    TokenPair pair = fixture.start();
    device.logout();
    try {
      assertThat(fixture.second.takes(pair)).isTrue();
      assertThatExceptionOfType(StoreUnavailableException.class)
          .isThrownBy(() -> fixture.first.refresh(pair))
          .withMessageContaining("SoftHSM can't sign with RS256");
    } finally {
      device.login();
      rsa = device.rsa();
      ec = device.ec("secp256r1");
    }
    keys.rotate(key(JwsAlgorithm.RS256), HOUR);
    fixture.clock.advance(JwtFixture.GRACE.multipliedBy(2));
    assertThat(fixture.first.takes(fixture.first.next(pair))).isTrue();
  }
}

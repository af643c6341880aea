package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sallyport.StoreUnavailableException;
import dev.sallyport.jwt.key.ExternalSigner;
import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.Pem;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.jwt.refresh.TokenPair;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A service of the host's signs, well or badly. */
class ExternalSignerTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final KeyPair EC = generate("EC", 256);
  private static final KeyPair RSA = generate("RSA", 2048);
  private static final KeyPair ED = generate("Ed25519", 255);

  private final JwtFixture fixture = new JwtFixture();
  private final SigningKeySet keys = fixture.signing;

  private static KeyPair generate(String type, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(type);
      generator.initialize(size);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static KeyPair pair(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case ES256 -> EC;
      case EDDSA -> ED;
      default -> RSA;
    };
  }

  /** A service which signs as most do, in DER if it is ECDSA. */
  private static byte[] service(JwsAlgorithm algorithm, byte[] data)
      throws GeneralSecurityException {
    Signature signature =
        Signature.getInstance(
            switch (algorithm) {
              case ES256 -> "SHA256withECDSA";
              case EDDSA -> "Ed25519";
              default -> "SHA256withRSA";
            });
    signature.initSign(pair(algorithm).getPrivate());
    signature.update(data);
    return signature.sign();
  }

  private static byte[] right(JwsAlgorithm algorithm, byte[] data) throws GeneralSecurityException {
    byte[] signature = service(algorithm, data);
    return algorithm == JwsAlgorithm.ES256
        ? ExternalSigner.fromDer(algorithm, signature)
        : signature;
  }

  private static SigningKey key(JwsAlgorithm algorithm, ExternalSigner signer) {
    return SigningKey.of(algorithm, pair(algorithm).getPublic(), signer);
  }

  @ParameterizedTest
  @EnumSource(names = {"RS256", "ES256", "EDDSA"})
  @DisplayName("JW-5 a service signs, from rotation to rotation, and what it has signed is taken")
  void signs(JwsAlgorithm algorithm) {
    SigningKey key = key(algorithm, data -> right(algorithm, data));
    keys.rotate(key, HOUR);
    TokenPair pair = fixture.start();
    assertThat(JwtFixture.header(pair.accessToken().reveal()).get("alg").textValue())
        .isEqualTo(algorithm.jwaName());
    assertThat(fixture.first.takes(pair)).isTrue();
    assertThat(fixture.first.takes(fixture.second.next(pair))).isTrue();
    keys.rotate(key.withKeyId("next").withProvider(new BouncyCastleProvider()), HOUR);
    assertThat(fixture.first.takes(pair)).isTrue();
    assertThat(fixture.first.takes(fixture.start())).isTrue();
    assertThat(Jwk.publicJwk(keys.verificationKeys().get(0)))
        .contains("\"kid\":\"next\"")
        .doesNotContain("\"d\":");
  }

  @Test
  @DisplayName("JW-5 a service's key is written nowhere, and says why")
  void kept() {
    SigningKey key = key(JwsAlgorithm.ES256, data -> right(JwsAlgorithm.ES256, data));
    keys.rotate(key, HOUR);
    JwtKeys both = JwtKeys.of(keys, fixture.first.refreshKeys);
    for (Runnable written :
        new Runnable[] {
          () -> Jwk.privateJwk(key),
          () -> Pem.privatePem(key),
          keys::privateJwkSet,
          both::privateJson
        }) {
      assertThatIllegalArgumentException()
          .isThrownBy(written::run)
          .withMessageContaining("can't leave its device or service");
    }
  }

  static Stream<Arguments> bad() {
    JwsAlgorithm es = JwsAlgorithm.ES256;
    JwsAlgorithm rs = JwsAlgorithm.RS256;
    return Stream.of(
        Arguments.of("null", es, (ExternalSigner) data -> null),
        Arguments.of("nothing", es, (ExternalSigner) data -> new byte[0]),
        Arguments.of("zeros", es, (ExternalSigner) data -> new byte[64]),
        Arguments.of("DER", es, (ExternalSigner) data -> service(es, data)),
        Arguments.of("short", es, (ExternalSigner) data -> Arrays.copyOf(right(es, data), 63)),
        Arguments.of("long", es, (ExternalSigner) data -> Arrays.copyOf(right(es, data), 65)),
        Arguments.of("of other data", es, (ExternalSigner) data -> right(es, new byte[9])),
        Arguments.of("of another key", es, (ExternalSigner) data -> right(rs, data)),
        Arguments.of("garbage", rs, (ExternalSigner) data -> new byte[256]),
        Arguments.of("short", rs, (ExternalSigner) data -> Arrays.copyOf(right(rs, data), 255)),
        Arguments.of(
            "of what it has changed itself",
            rs,
            (ExternalSigner)
                data -> {
                  data[0] ^= 1;
                  return right(rs, data);
                }),
        Arguments.of(
            "DER without end", es, (ExternalSigner) data -> ExternalSigner.fromDer(es, data)),
        Arguments.of(
            "checked exception",
            es,
            (ExternalSigner)
                data -> {
                  throw new IOException("the service is away");
                }),
        Arguments.of(
            "unchecked exception",
            es,
            (ExternalSigner)
                data -> {
                  throw new IllegalStateException("the service is away");
                }));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("bad")
  @DisplayName("JW-5, CH-6 what is no signature is never handed out: an outage, and none is lost")
  void outage(String name, JwsAlgorithm algorithm, ExternalSigner bad) {
    AtomicReference<ExternalSigner> signer = new AtomicReference<>(data -> right(algorithm, data));
    keys.rotate(key(algorithm, data -> signer.get().sign(data)), HOUR);
    TokenPair pair = fixture.start();
    int logins = fixture.records().size();
    signer.set(bad);
    assertThatExceptionOfType(StoreUnavailableException.class)
        .isThrownBy(() -> fixture.first.refresh(pair))
        .withMessageContaining("external signer");
    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(fixture::start);
    assertThat(fixture.records()).hasSize(logins);
    assertThat(fixture.first.takes(pair)).isTrue();
    signer.set(data -> right(algorithm, data));
    fixture.clock.advance(JwtFixture.GRACE.multipliedBy(2));
    assertThat(fixture.first.takes(fixture.first.next(pair))).isTrue();
    assertThatIllegalArgumentException().isThrownBy(() -> key(algorithm, bad));
  }

  @Test
  @DisplayName("CH-10 an interrupt while the service signs is an outage, and is not swallowed")
  void interrupted() {
    AtomicReference<ExternalSigner> signer =
        new AtomicReference<>(data -> right(JwsAlgorithm.RS256, data));
    keys.rotate(key(JwsAlgorithm.RS256, data -> signer.get().sign(data)), HOUR);
    signer.set(
        data -> {
          throw new InterruptedException();
        });
    assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(fixture::start);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  @DisplayName("JW-1 a service has no secret to sign with, and needs a fit public key")
  void unfit() {
    ExternalSigner signer = data -> right(JwsAlgorithm.ES256, data);
    for (JwsAlgorithm algorithm :
        new JwsAlgorithm[] {JwsAlgorithm.HS256, JwsAlgorithm.ES384, JwsAlgorithm.RS256}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningKey.of(algorithm, EC.getPublic(), signer));
    }
    assertThatThrownBy(
            () -> SigningKey.of(JwsAlgorithm.ES256, EC.getPublic(), (ExternalSigner) null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  @DisplayName("JW-5 R and S of DER have the length of a coordinate each, padded and to the full")
  void fromDer() {
    byte[] small = new byte[64];
    small[31] = 1;
    small[63] = 2;
    assertThat(ExternalSigner.fromDer(JwsAlgorithm.ES256, bytes("3006020101020102")))
        .isEqualTo(small);
    String full = "022100" + "ff".repeat(32);
    assertThat(ExternalSigner.fromDer(JwsAlgorithm.ES256, bytes("3046" + full + full)))
        .isEqualTo(bytes("ff".repeat(64)));
    assertThat(ExternalSigner.fromDer(JwsAlgorithm.ES512, bytes("3006020101020102"))).hasSize(132);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3003020101",
        "3006020101020102ff",
        "3009020101020102020103",
        "30080201010202000102",
        "300702020001020102",
        "3006020101020181",
        "3081060201010201 02",
        "302602210100000000000000000000000000000000000000000000000000000000000000000201" + "01"
      })
  @DisplayName("JW-5 what is no DER of two numbers that fit is refused")
  void noDer(String hex) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExternalSigner.fromDer(JwsAlgorithm.ES256, bytes(hex.replace(" ", ""))));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ExternalSigner.fromDer(JwsAlgorithm.RS256, bytes("3006020101020102")));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex);
  }
}

package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sallyport.jwt.key.Jwk;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Keys in PKCS#12 files, as the JDK's keytool makes them. */
class KeyStoreTest {
  private static final String WORD = "open sesame";
  private static final byte[] MESSAGE = {1, 2, 3};

  @TempDir private static Path folder;
  private static KeyStore store;

  @BeforeAll
  static void make() throws Exception {
    Path file = folder.resolve("keys.p12");
    keytool(file, "p256", "-keyalg", "EC", "-groupname", "secp256r1");
    keytool(file, "rsa", "-keyalg", "RSA", "-keysize", "2048");
    keytool(file, "ed25519", "-keyalg", "Ed25519");
    store = KeyStore.getInstance(file.toFile(), WORD.toCharArray());
    store.setCertificateEntry("certificate", store.getCertificate("rsa"));
    secret("hmac", "HmacSHA256", 32);
    secret("tiny", "HmacSHA256", 31);
    secret("aes", "AES", 32);
  }

  private static void keytool(Path file, String alias, String... type) throws Exception {
    Keytool.run(
        folder.resolve("keytool.log"),
        Stream.concat(
                Stream.of("-genkeypair", "-dname", "CN=jwt", "-alias", alias),
                Stream.concat(
                    Stream.of(type),
                    Stream.of(
                        "-keystore", file.toString(), "-storetype", "PKCS12", "-storepass", WORD)))
            .toArray(String[]::new));
  }

  private static void secret(String alias, String type, int length) throws Exception {
    store.setEntry(
        alias,
        new KeyStore.SecretKeyEntry(new SecretKeySpec(JwtFixture.random(length), type)),
        new KeyStore.PasswordProtection(WORD.toCharArray()));
  }

  private static SigningKey read(JwsAlgorithm algorithm, String alias) {
    return SigningKey.of(algorithm, store, alias, WORD.toCharArray());
  }

  private static String alias(JwsAlgorithm algorithm) {
    return switch (algorithm) {
      case HS256 -> "hmac";
      case ES256 -> "p256";
      case EDDSA -> "ed25519";
      default -> "rsa";
    };
  }

  private static void assertRefused(JwsAlgorithm algorithm, String alias, String... why) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(algorithm, alias))
        .satisfies(e -> assertThat(e.getMessage()).contains(why).doesNotContain(WORD));
  }

  @ParameterizedTest
  @EnumSource(names = {"HS256", "ES256", "EDDSA", "RS256", "PS384"})
  @DisplayName("JW-5 an entry is a key, for a set as any other, and it can be written")
  void entry(JwsAlgorithm algorithm) {
    SigningKey key = read(algorithm, alias(algorithm));
    assertThat(key.algorithm()).isEqualTo(algorithm);
    assertThat(key.verificationKey().verifies(MESSAGE, MESSAGE.length, key.sign(MESSAGE))).isTrue();
    SigningKeySet keys = SigningKeySet.of(key);
    if (!algorithm.isSymmetric()) {
      assertThat(keys.current().keyId()).contains(Jwk.thumbprint(key.verificationKey()));
    }
    SigningKey same = Jwk.signingKey(Jwk.privateJwk(keys.current()));
    assertThat(key.verificationKey().verifies(MESSAGE, MESSAGE.length, same.sign(MESSAGE)))
        .isTrue();
    assertThat(keys.current().keyId())
        .isEqualTo(SigningKeySet.of(read(algorithm, alias(algorithm))).current().keyId());
  }

  @Test
  @DisplayName("JW-5 a store of another provider is read as well")
  void otherProvider() throws Exception {
    KeyStore theirs = KeyStore.getInstance("PKCS12", new BouncyCastleProvider());
    theirs.load(null, null);
    theirs.setKeyEntry(
        "p256",
        store.getKey("p256", WORD.toCharArray()),
        WORD.toCharArray(),
        store.getCertificateChain("p256"));
    SigningKey key = SigningKey.of(JwsAlgorithm.ES256, theirs, "p256", WORD.toCharArray());
    assertThat(Jwk.thumbprint(key.verificationKey()))
        .isEqualTo(Jwk.thumbprint(read(JwsAlgorithm.ES256, "p256").verificationKey()));
  }

  @Test
  @DisplayName("JW-1, JW-5 an entry that is not there, or not for the algorithm, is named")
  void unfit() throws Exception {
    assertRefused(JwsAlgorithm.ES256, "absent", "'absent'", "'aes', 'certificate', 'ed25519'");
    assertRefused(JwsAlgorithm.RS256, "certificate", "'certificate'", "without its private key");
    assertRefused(JwsAlgorithm.RS256, "p256", "RS256", "EC");
    assertRefused(JwsAlgorithm.ES384, "p256", "ES384", "P-384");
    assertRefused(JwsAlgorithm.ES256, "rsa", "ES256", "RSA");
    assertRefused(JwsAlgorithm.EDDSA, "p256", "EDDSA", "EC");
    assertRefused(JwsAlgorithm.HS256, "tiny", "at least 32 bytes");
    assertRefused(JwsAlgorithm.HS256, "rsa", "'rsa'", "a private key of type RSA");
    assertRefused(JwsAlgorithm.ES256, "hmac", "'hmac'", "a secret of type HmacSHA256");
    assertRefused(JwsAlgorithm.HS512, "hmac", "'hmac'", "HmacSHA256");
    assertRefused(JwsAlgorithm.HS256, "aes", "'aes'", "a secret of type AES");
    KeyStore other = KeyStore.getInstance("PKCS12");
    other.load(null, null);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(JwsAlgorithm.ES256, other, "jwt"))
        .withMessageContaining("it has none");
  }

  @Test
  @DisplayName(
      "JW-5 a password that is wrong or missing, and a store not loaded, are named as such")
  void password() throws Exception {
    for (String alias : new String[] {"p256", "hmac"}) {
      JwsAlgorithm algorithm = alias.equals("hmac") ? JwsAlgorithm.HS256 : JwsAlgorithm.ES256;
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningKey.of(algorithm, store, alias, "wrong".toCharArray()))
          .withMessageContaining("password of the entry '" + alias + "'");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> SigningKey.of(algorithm, store, alias))
          .withMessageContaining("password of the entry '" + alias + "'");
    }
    KeyStore empty = KeyStore.getInstance("PKCS12");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SigningKey.of(JwsAlgorithm.ES256, empty, "p256"))
        .withMessageContaining("has it been loaded?");
  }
}

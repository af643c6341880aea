package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.AuthProvider;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;

/** A new token of SoftHSM through SunPKCS11. A test is skipped where there is no SoftHSM. */
final class SoftHsm {
  static final String PIN = "4711";
  private static final List<String> LIBRARIES =
      List.of(
          "/usr/lib/softhsm/libsofthsm2.so",
          "/usr/lib64/softhsm/libsofthsm2.so",
          "/usr/lib64/pkcs11/libsofthsm2.so",
          "/usr/local/lib/softhsm/libsofthsm2.so",
          "/opt/homebrew/lib/softhsm/libsofthsm2.so");

  private final Path folder;
  private final AuthProvider provider;

  private SoftHsm(Path configuration) throws Exception {
    folder = configuration.getParent();
    Path tokens = Files.createDirectories(folder.resolve("tokens"));
    Files.writeString(
        configuration, "directories.tokendir = %s\nobjectstore.backend = file\n".formatted(tokens));
    String slot = initialized();
    Path pkcs11 = folder.resolve("pkcs11.cfg");
    Files.writeString(
        pkcs11,
        """
        name = SoftHSM
        library = %s
        slot = %s
        attributes(generate, CKO_PRIVATE_KEY, *) = {
          CKA_SENSITIVE = true
          CKA_EXTRACTABLE = false
        }
        """
            .formatted(library(), slot));
    provider = (AuthProvider) Security.getProvider("SunPKCS11").configure(pkcs11.toString());
    login();
  }

  static SoftHsm start() throws Exception {
    String configuration = System.getenv("SOFTHSM2_CONF");
    assertThat(configuration).as("the pom sets SOFTHSM2_CONF").isNotNull();
    return new SoftHsm(Path.of(configuration));
  }

  private static String library() {
    return LIBRARIES.stream().filter(each -> Files.exists(Path.of(each))).findAny().orElseThrow();
  }

  /** The slot of a new token. */
  private String initialized() throws IOException, InterruptedException {
    Path log = folder.resolve("softhsm2-util.log");
    Process util;
    try {
      util =
          new ProcessBuilder(
                  "softhsm2-util",
                  "--init-token",
                  "--free",
                  "--label",
                  "jwt",
                  "--pin",
                  PIN,
                  "--so-pin",
                  PIN)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
    } catch (IOException e) {
      return abort("skipped: there is no softhsm2-util on the PATH");
    }
    assertThat(util.waitFor(1, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(log);
    assertThat(util.exitValue()).as(said).isZero();
    return said.replaceAll("(?s).*reassigned to slot (\\d+).*", "$1");
  }

  Provider provider() {
    return provider;
  }

  void login() throws Exception {
    provider.login(
        null,
        callbacks -> {
          for (Callback each : callbacks) {
            ((PasswordCallback) each).setPassword(PIN.toCharArray());
          }
        });
  }

  /** From here on the device signs with none of the keys it has made. */
  void logout() throws Exception {
    provider.logout();
  }

  /** A pair with its certificate under this name, made by another process. */
  void keytool(String alias, String... type) throws Exception {
    Keytool.run(
        folder.resolve("keytool.log"),
        Stream.concat(
                Stream.of(type),
                Stream.of(
                    "-alias",
                    alias,
                    "-storetype",
                    "PKCS11",
                    "-keystore",
                    "NONE",
                    "-storepass",
                    PIN,
                    "-addprovider",
                    "SunPKCS11",
                    "-providerarg",
                    folder.resolve("pkcs11.cfg").toString()))
            .toArray(String[]::new));
  }

  KeyPair rsa() throws Exception {
    return generate("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4));
  }

  KeyPair ec(String curve) throws Exception {
    return generate("EC", new ECGenParameterSpec(curve));
  }

  private KeyPair generate(String type, AlgorithmParameterSpec parameters) throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(type, provider);
    generator.initialize(parameters);
    return generator.generateKeyPair();
  }
}

package com.example.snippets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.jwt.key.SigningKey;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code of docs/jwt-keys.md about places for keys works. */
class KeySnippetsTest {
  private final AuthEnvironment environment = AuthEnvironment.standard();
  @TempDir private Path folder;

  @Test
  @DisplayName("docs/jwt-keys.md: a shared file, rotated, changed and replaced")
  void file() {
    Path path = folder.resolve("keys.jwks");
    JwtKeys keys = KeySnippets.file(environment, path);
    KeyFile other = KeyFile.open(environment, path);
    KeySnippets.rotate(other);
    assertThat(keys.signing().verificationKeys()).hasSize(2);
    KeySnippets.change(environment, other);
    assertThat(keys.signing().verificationKeys()).hasSize(3);
    assertThat(keys.signing().current().algorithm()).isEqualTo(JwsAlgorithm.EDDSA);
    KeySnippets.leaked(other);
    assertThat(keys.signing().verificationKeys()).hasSize(1);
  }

  @Test
  @DisplayName("docs/jwt-keys.md: a PKCS#12 file of keytool")
  void pkcs12() throws Exception {
    Path path = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "jwt",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=jwt",
                "-keystore",
                path.toString(),
                "-storepass",
                "open sesame")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
    SigningKey key = KeySnippets.pkcs12(path.toFile(), "open sesame".toCharArray());
    assertThat(key.algorithm()).isEqualTo(JwsAlgorithm.ES256);
  }
}

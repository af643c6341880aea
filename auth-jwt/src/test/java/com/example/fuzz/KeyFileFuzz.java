package com.example.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwtKeys;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.key.SigningKeySet;
import dev.sallyport.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The input is what a key file holds: it is refused without being shown, or all of its keys can be
 * used, and are the same when they are written and read again.
 */
public final class KeyFileFuzz {
  private static final AuthEnvironment ENVIRONMENT =
      AuthEnvironment.standard().withClock(SettableClock.create()).withListener(event -> {});
  private static final Path FILE = file();

  private KeyFileFuzz() {}

  /** Only its owner can read it. */
  private static Path file() {
    try {
      Path file = Files.createTempFile("keys", ".json");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file. */
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    Files.write(FILE, input);
    JwtKeys keys;
    try {
      keys = KeyFile.open(ENVIRONMENT, FILE).keys();
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).contains(FILE.toString());
      String text = new String(input, StandardCharsets.UTF_8);
      assertThat(text.length() > 20 && e.getMessage().contains(text)).isFalse();
      return;
    }
    assertUsable(keys.signing());
    assertUsable(keys.refresh());
    assertThat(keys.refresh().current().algorithm().name()).startsWith("HS");
    String written = keys.privateJson();
    assertThat(JwtKeys.read(ENVIRONMENT, written).privateJson()).isEqualTo(written);
  }

  private static void assertUsable(SigningKeySet keys) {
    SigningKey current = keys.current();
    assertThat(current.sign(new byte[] {1})).isNotEmpty();
    String algorithm = current.algorithm().jwaName();
    Optional<String> id = current.keyId();
    assertThat(id).isPresent();
    assertThat(keys.find(algorithm, id.orElseThrow(), ENVIRONMENT.now())).isPresent();
  }
}

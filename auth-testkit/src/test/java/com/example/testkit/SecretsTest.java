package com.example.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import dev.sallyport.password.Password;
import dev.sallyport.testkit.CheapHasher;
import dev.sallyport.testkit.SecretLeakExtension;
import dev.sallyport.testkit.Secrets;
import dev.sallyport.testkit.TestRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the scan for secrets finds what is there. */
class SecretsTest {
  /** Encodes to both characters that the URL alphabet has others for. */
  private static final String SECRET = "p\u00E4ss>>?w\u00F6rd~~\u00FF";

  static Stream<String> surroundings() {
    return IntStream.range(0, 9).mapToObj(i -> "x".repeat(i / 3) + SECRET + "y".repeat(i % 3));
  }

  @ParameterizedTest
  @MethodSource("surroundings")
  @DisplayName("PW-6, row 105 a secret is found in base64, whatever stands before and behind it")
  void base64(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (Base64.Encoder encoder :
        List.of(
            Base64.getEncoder(),
            Base64.getEncoder().withoutPadding(),
            Base64.getUrlEncoder(),
            Base64.getUrlEncoder().withoutPadding())) {
      String encoded = encoder.encodeToString(bytes);
      assertThat(Secrets.contains("log: " + encoded + ".", SECRET)).as(encoded).isTrue();
    }
  }

  @Test
  @DisplayName("PW-6 a secret is found in the clear, and another is not")
  void clear() {
    assertThat(Secrets.contains("a" + SECRET + "b", SECRET)).isTrue();
    assertThat(Secrets.contains("", SECRET)).isFalse();
    assertThat(Secrets.contains(SECRET.substring(1), SECRET)).isFalse();
    String other =
        Base64.getEncoder().encodeToString("another one".getBytes(StandardCharsets.UTF_8));
    assertThat(Secrets.contains(other, SECRET)).isFalse();
  }

  @Test
  @DisplayName("PW-6 what the fixtures are given is remembered, from 8 characters on")
  void remembered() {
    String password = unique();
    String header = unique();
    String hashed = unique();
    TestRequest.get("/").basic("alice", password).authorization("Key " + header).build();
    CheapHasher.create().hash(Password.of(hashed), new SecureRandom());
    String alone = unique();
    TestRequest.get("/").authorization(alone);
    assertThat(Secrets.findAll("%s, %s, %s, %s".formatted(password, header, hashed, alone)))
        .containsExactlyInAnyOrder(password, header, hashed, alone);

    Secrets.remember("7 chars");
    Secrets.remember("8 chars!");
    assertThat(Secrets.findAll("7 chars, 8 chars!")).containsExactly("8 chars!");
  }

  private static String unique() {
    return "s-" + UUID.randomUUID();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @DisplayName("PW-6, row 105, CVE-2023-20866, CVE-2019-10212 a leak into the log fails the class")
  void extension(boolean encoded, @TempDir Path folder) throws IOException {
    String secret = unique();
    Secrets.remember(secret);
    Path log = folder.resolve("test.log");
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String shown = encoded ? Base64.getEncoder().encodeToString(bytes) : secret;
    Files.writeString(log, "first line\nnothing here\n");
    withLog(log, () -> assertThatCode(SecretsTest::scan).doesNotThrowAnyException());
    Files.writeString(log, "first line\nAuthorization: Basic " + shown + "\n");
    withLog(
        log,
        () ->
            assertThatThrownBy(SecretsTest::scan)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("secrets in the log " + log)
                .hasMessageContaining(secret));
  }

  @Test
  @DisplayName("PW-6 without a log there is nothing to search")
  void noLog(@TempDir Path folder) {
    withLog(
        folder.resolve("absent.log"),
        () -> assertThatCode(SecretsTest::scan).doesNotThrowAnyException());
    withLog(null, () -> assertThatCode(SecretsTest::scan).doesNotThrowAnyException());
  }

  private static void scan() throws IOException {
    new SecretLeakExtension().afterAll(mock(ExtensionContext.class));
  }

  private static void withLog(Path log, Runnable test) {
    String before = System.getProperty("sallyport.test.log");
    if (log == null) {
      System.clearProperty("sallyport.test.log");
    } else {
      System.setProperty("sallyport.test.log", log.toString());
    }
    try {
      test.run();
    } finally {
      if (before == null) {
        System.clearProperty("sallyport.test.log");
      } else {
        System.setProperty("sallyport.test.log", before);
      }
    }
  }
}

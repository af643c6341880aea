package com.example.jwt.family;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sallyport.AuthEnvironment;
import dev.sallyport.jwt.key.JwsAlgorithm;
import dev.sallyport.jwt.key.KeyFile;
import dev.sallyport.jwt.key.SigningKey;
import dev.sallyport.jwt.refresh.TokenPair;
import dev.sallyport.testkit.Race;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of one file at once, and while its keys are in use. */
class KeyFileRaceTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final int CHANGES = 12;

  @TempDir private Path folder;

  /** A node in a process of its own: makes its changes and ends. */
  static final class Rotating {
    private Rotating() {}

    public static void main(String[] args) {
      change(Path.of(args[0]), args[1]);
    }
  }

  private static void change(Path path, String name) {
    KeyFile file = KeyFile.openOrCreate(AuthEnvironment.standard(), path, JwsAlgorithm.ES256);
    for (int i = 0; i < CHANGES; i++) {
      SigningKey next =
          SigningKey.generate(JwsAlgorithm.ES256, new SecureRandom()).withKeyId(name + i);
      file.change(keys -> keys.signing().rotate(next, HOUR));
    }
  }

  private static Process start(Path path, String name) throws IOException {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            Rotating.class.getName(),
            path.toString(),
            name)
        .redirectErrorStream(true)
        .redirectOutput(path.resolveSibling(name + ".log").toFile())
        .start();
  }

  private static void assertHasAll(Path path, String... names) {
    List<String> ids =
        KeyFile.open(AuthEnvironment.standard(), path).keys().signing().verificationKeys().stream()
            .map(key -> key.keyId().orElseThrow())
            .toList();
    assertThat(ids).hasSize(names.length * CHANGES + 1);
    for (String name : names) {
      for (int i = 0; i < CHANGES; i++) {
        assertThat(ids).contains(name + i);
      }
    }
  }

  @Test
  @DisplayName("JW-5 of processes that rotate at once, one in several threads, none loses a key")
  void processes() throws Exception {
    Path path = folder.resolve("keys.json");
    Process one = start(path, "one");
    Race.of(
        3,
        thread -> {
          change(path, "here" + thread);
          return true;
        });
    assertThat(one.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(one.exitValue()).as(Files.readString(folder.resolve("one.log"))).isZero();
    assertHasAll(path, "one", "here0", "here1", "here2");
  }

  @Test
  @DisplayName("JW-5 of the threads of one process that rotate at once, none loses a key")
  void threads() {
    Path path = folder.resolve("keys.json");
    Race.of(
        4,
        thread -> {
          change(path, "thread" + thread);
          return true;
        });
    assertHasAll(path, "thread0", "thread1", "thread2", "thread3");
  }

  @Test
  @DisplayName("JW-5 a thread that is slow to read brings back no older keys")
  void forward() {
    Path path = folder.resolve("keys.json");
    KeyFile writer = KeyFile.openOrCreate(AuthEnvironment.standard(), path, JwsAlgorithm.HS256);
    KeyFile reader = KeyFile.open(AuthEnvironment.standard(), path);
    AtomicBoolean written = new AtomicBoolean();
    List<Callable<Boolean>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            for (int i = 0; i < 50; i++) {
              SigningKey next = JwtFixture.secret(JwtFixture.random(32));
              writer.change(keys -> keys.signing().accept(next, HOUR));
            }
            return true;
          } finally {
            written.set(true);
          }
        });
    for (int i = 0; i < 4; i++) {
      work.add(
          () -> {
            int most = 0;
            while (!written.get()) {
              int count = reader.keys().signing().verificationKeys().size();
              assertThat(count).isGreaterThanOrEqualTo(most);
              most = count;
            }
            return true;
          });
    }
    assertThat(Race.of(work)).containsOnly(true);
    assertThat(reader.keys().signing().verificationKeys()).hasSize(51);
  }

  @RepeatedTest(3)
  @DisplayName("JW-5, JW-7 two nodes rotate the file while requests run on both: none fails")
  void underLoad() {
    JwtFixture fixture = new JwtFixture();
    Path path = folder.resolve("keys.json");
    Sharing one = new Sharing(fixture, path);
    Sharing other = new Sharing(fixture, path);
    AtomicBoolean rotated = new AtomicBoolean();
    List<Callable<Integer>> work = new ArrayList<>();
    work.add(
        () -> {
          try {
            for (int i = 0; i < CHANGES; i++) {
              (i % 2 == 0 ? one : other).file.rotate(HOUR, MONTH);
              fixture.clock.advance(Duration.ofMillis(100));
            }
            return 1;
          } finally {
            rotated.set(true);
          }
        });
    for (int client = 0; client < 4; client++) {
      Sharing here = client % 2 == 0 ? one : other;
      Sharing there = client % 2 == 0 ? other : one;
      work.add(
          () -> {
            int requests = 0;
            TokenPair pair = here.start();
            while (!rotated.get() || requests == 0) {
              assertThat(there.takes(pair)).isTrue();
              assertThat(here.takes(pair)).isTrue();
              pair = requests % 2 == 0 ? there.next(pair) : here.next(pair);
              requests++;
            }
            return requests;
          });
    }
    assertThat(Race.of(work)).allMatch(requests -> requests > 0);
    assertThat(one.heard("key_file_unusable")).isEmpty();
    assertThat(other.heard("key_file_unusable")).isEmpty();
  }
}

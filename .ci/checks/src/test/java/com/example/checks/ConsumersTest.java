package com.example.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("docs/start.md, done literally with what is released")
@EnabledIfSystemProperty(
    named = "release.repository",
    matches = ".+",
    disabledReason = "for `mvn -Prelease verify`")
class ConsumersTest {
  private static final Path REPOSITORY = Path.of(System.getProperty("release.repository", ""));
  private static final Path FOLDER = Path.of("target/consumers").toAbsolutePath();

  /** Else a snapshot of yesterday would do. */
  @BeforeAll
  static void forget() throws IOException {
    Path ours = FOLDER.resolve("local/dev/sallyport");
    if (Files.exists(ours)) {
      try (Stream<Path> files = Files.walk(ours)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  static Set<Integer> jdks() throws IOException {
    return Jdks.ends().keySet();
  }

  private static StartPage page(String name, int jdk) throws IOException {
    Path folder = FOLDER.resolve(name + "-" + jdk);
    return new StartPage(folder, Jdks.ends().get(jdk), REPOSITORY, FOLDER.resolve("local"));
  }

  private static void works(StartPage page) throws Exception {
    assertThat(page.tryIt())
        .containsSubsequence(
            "HTTP/1.1 401 Unauthorized", // nobody yet
            "Hello, alice", // by Basic
            "\"invalid_credentials\"",
            "\"csrf_token\"", // logged in
            "Hello, alice",
            "\"scheme\":\"session\"",
            "\"code\":\"csrf\"",
            "HTTP/1.1 204 No Content", // logged out
            "HTTP/1.1 401 Unauthorized");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  @DisplayName("works on the class path")
  void classPath(int jdk) throws Exception {
    try (StartPage page = page("class-path", jdk)) {
      page.run("## 4. Run it");
      works(page);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  @DisplayName("works on the module path")
  void modulePath(int jdk) throws Exception {
    try (StartPage page = page("module-path", jdk)) {
      page.addModule();
      page.run("## As a module");
      works(page);
    }
  }

  @Test
  @DisplayName("was tried on JDK 17 as well")
  void oldest() throws IOException {
    assertThat(jdks()).contains(17);
  }
}

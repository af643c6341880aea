package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A file has one reason to exist, and whoever reads it sees its end. */
@DisplayName("The length of files")
class FileLengthTest {
  private static final int MAX_LINES = 350;
  private static final Path ROOT = Path.of("../..");

  private static List<Path> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> file.toString().contains("/src/main/"))
          .filter(file -> !file.toString().contains("/target/"))
          .toList();
    }
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("Every source file has fewer than 350 lines, and most have fewer than 200")
  void lengths() throws IOException {
    List<Path> sources = sources();
    assertThat(sources).hasSizeGreaterThan(200);
    assertThat(sources).allSatisfy(file -> assertThat(lines(file)).isLessThan(MAX_LINES));
    assertThat(sources.stream().filter(file -> lines(file) < 200).count())
        .isGreaterThan(sources.size() * 3L / 4);
  }
}

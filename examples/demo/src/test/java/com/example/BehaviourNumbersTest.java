package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whoever reads the name of a test finds the statement that it tests. */
@DisplayName("The numbers of behaviour")
class BehaviourNumbersTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern STATED = Pattern.compile("(?m)^- \\*\\*([A-Z]{2}-\\d+)\\*\\*");
  private static final Pattern NUMBER = Pattern.compile("\\b([A-Z]{2}-\\d+)\\b");
  private static final Pattern NAME =
      Pattern.compile("@DisplayName\\(\\s*(\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*\"[^\"]*\")*)");

  private static Set<String> all(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<String> named() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.toString().contains("/target/"))
          .flatMap(file -> NAME.matcher(read(file)).results())
          .map(MatchResult::group)
          .flatMap(name -> all(NUMBER, name).stream())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  @DisplayName("Each number in the name of a test is a statement of docs/behaviour.md")
  void leadSomewhere() throws IOException {
    Set<String> stated = all(STATED, read(ROOT.resolve("docs/behaviour.md")));
    assertThat(stated).isNotEmpty();
    assertThat(named()).contains("TH-4").isSubsetOf(stated);
  }
}

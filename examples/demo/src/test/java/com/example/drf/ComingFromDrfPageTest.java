package com.example.drf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The tables of docs/coming-from-drf.md and the tests of this package agree. */
class ComingFromDrfPageTest {
  private static final Path PAGE = Path.of("../../docs/coming-from-drf.md");
  private static final Path TESTS = Path.of("src/test/java/com/example/drf");
  private static final Pattern NAME = Pattern.compile("`(\\w+Test\\.\\w+)`");
  private static final Pattern HERE =
      Pattern.compile("(same|same: .+|different: .+|not there|not there: .+)");

  record Row(String there, String here, String test) {
    boolean isSame() {
      return here.startsWith("same");
    }

    List<String> tests() {
      return NAME.matcher(test).results().map(name -> name.group(1)).toList();
    }
  }

  /** The rows of the tables with three columns, without head and rule. */
  private static List<Row> rows() throws IOException {
    List<Row> rows = new ArrayList<>();
    for (String line : Files.readAllLines(PAGE)) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      if (line.startsWith("| ") && !line.startsWith("| there |")) {
        assertThat(cells).as(line).hasSize(5);
        rows.add(new Row(cells.get(1), cells.get(2), cells.get(3)));
      }
    }
    return rows;
  }

  /** All test methods of this package's other tests. */
  private static List<String> tests() throws Exception {
    List<String> names = new ArrayList<>();
    List<String> files;
    try (Stream<Path> listed = Files.list(TESTS)) {
      files = listed.map(file -> file.getFileName().toString()).toList();
    }
    for (String file : files) {
      if (file.endsWith("Test.java") && !file.startsWith("ComingFromDrfPage")) {
        String type = file.substring(0, file.length() - ".java".length());
        for (Method method : Class.forName("com.example.drf." + type).getDeclaredMethods()) {
          if (method.isAnnotationPresent(Test.class)) {
            names.add(type + "." + method.getName());
          }
        }
      }
    }
    return names;
  }

  @Test
  @DisplayName("DO-3 each row says same, different and why, or not there; only same has a test")
  void wellFormed() throws Exception {
    assertThat(rows()).hasSizeGreaterThan(60);
    for (Row row : rows()) {
      assertThat(row.here()).as(row.there()).matches(HERE);
      if (row.isSame()) {
        assertThat(row.tests()).as(row.there()).isNotEmpty();
        assertThat(NAME.matcher(row.test()).replaceAll("")).as(row.there()).matches("[, ]*");
      } else {
        assertThat(row.test()).as(row.there()).isEqualTo("–");
      }
    }
  }

  @Test
  @DisplayName("DO-3 each test that the page names is there, and each test is named")
  void complete() throws Exception {
    List<String> named = rows().stream().flatMap(row -> row.tests().stream()).distinct().toList();
    assertThat(named).containsExactlyInAnyOrderElementsOf(tests());
  }

  @Test
  @DisplayName("DO-3 no behaviour appears twice in the page")
  void once() throws Exception {
    assertThat(rows()).extracting(Row::there).doesNotHaveDuplicates();
  }
}

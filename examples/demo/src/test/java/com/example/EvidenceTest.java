package com.example;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever reads that a requirement is met can run the test that says so. */
@DisplayName("The tables of evidence")
class EvidenceTest {
  private static final Path ROOT = Path.of("../..");
  private static final Pattern ANNOTATION =
      Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b");

  private static final Pattern SOURCE =
      Pattern.compile(".*/(?:src/test|auth-testkit/src/main)/java/(.*)\\.java");

  /** The sources of all modules' tests, and of the contracts of the test kit, by class. */
  private static final Map<String, List<Path>> SOURCES = sources();

  private static Map<String, List<Path>> sources() {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> SOURCE.matcher(file.toString()).matches())
          .collect(
              groupingBy(
                  file -> SOURCE.matcher(file.toString()).replaceAll("$1").replace('/', '.')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is the name of a class with tests, or of one test behind a #. */
  private static boolean isTest(String name) {
    String[] parts = name.split("#", 2);
    Pattern signature =
        parts.length == 1
            ? ANNOTATION
            : Pattern.compile("\\b(void|\\w+<DynamicTest>) " + Pattern.quote(parts[1]) + "\\(");
    return SOURCES.getOrDefault(parts[0], List.of()).stream()
        .flatMap(file -> Arrays.stream(read(file).split("\n\n", -1)))
        .filter(member -> signature.matcher(member).find())
        .anyMatch(member -> ANNOTATION.matcher(member).find() && !member.contains("@Disabled"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("Each row has an id in order, a level, a status, tests that exist, and a reason")
  void complete(EvidenceTable table) {
    assertThat(table.faults(table.lines(), EvidenceTest::isTest)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "6.2.1,1,met,com.example.EvidenceTest#canFail,why| -",
        "6.2.1,1,met,com.example.EvidenceTest,why| -",
        "6.2.1,1,host,,why| -",
        "x,1,host,,why| id",
        "5.9.9,1,host,,why| order",
        "6.1.1,1,host,,why| order",
        "6.2.1,4,host,,why| level",
        "6.2.1,1,done,,why| status",
        "6.2.1,1,met,,why| no test",
        "6.2.1,1,met by option,,why| no test",
        "6.2.1,1,open,, | no reason",
        "6.2.1,1,host,com.example.EvidenceTest com.example.EvidenceTest,why| a test twice",
        "6.2.1,1,host,com.example.EvidenceTest#isTest,why"
            + "| no such test com.example.EvidenceTest#isTest",
        "6.2.1,1,host,com.example.EvidenceTest#none,why"
            + "| no such test com.example.EvidenceTest#none",
        "6.2.1,1,host,com.example.NoTest,why| no such test com.example.NoTest",
        "6.2.1,1,host,com.example.EvidenceTable,why| no such test com.example.EvidenceTable"
      })
  @DisplayName("Each of these checks finds a row that breaks it")
  void canFail(String row, String fault) {
    List<String> lines =
        List.of(
            "id\tlevel\tstatus\ttests\treason",
            "6.1.1\t1\thost\t\twhy",
            row.strip().replace(',', '\t'));
    List<String> faults = EvidenceTable.ASVS.faults(lines, EvidenceTest::isTest);
    String id = row.strip().split(",", 2)[0];
    assertThat(faults).isEqualTo(fault == null ? List.of() : List.of(id + ": " + fault));
  }

  @Test
  @DisplayName("Every requirement of ASVS 5.0's chapters V6 to V10 has a row")
  void allOfAsvs() {
    Map<String, int[]> chapters = new TreeMap<>();
    chapters.put("6", new int[] {3, 12, 8, 6, 8, 4, 2, 4});
    chapters.put("7", new int[] {3, 4, 2, 5, 3, 2});
    chapters.put("8", new int[] {4, 4, 3, 2});
    chapters.put("9", new int[] {3, 4});
    chapters.put("10", new int[] {2, 3, 5, 16, 5, 2, 3});
    List<String> expected = new ArrayList<>();
    chapters.forEach(
        (chapter, sections) ->
            IntStream.range(0, sections.length)
                .forEach(
                    section ->
                        IntStream.rangeClosed(1, sections[section])
                            .mapToObj(n -> chapter + "." + (section + 1) + "." + n)
                            .forEach(expected::add)));
    assertThat(expected).hasSize(122);
    assertThat(EvidenceTable.ASVS.rows())
        .extracting(EvidenceTable.Row::id)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String page() {
    return read(ROOT.resolve("docs/evidence.md"));
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("The page has the number of rows of each status")
  void counts(EvidenceTable table) {
    Map<String, List<EvidenceTable.Row>> byStatus =
        table.rows().stream().collect(groupingBy(EvidenceTable.Row::status));
    String counts =
        EvidenceTable.STATUSES.stream()
            .map(status -> byStatus.getOrDefault(status, List.of()).size() + " | ")
            .collect(joining());
    assertThat(page()).contains("](" + table.file + ") | " + counts + table.rows().size() + " |\n");
  }

  @ParameterizedTest
  @CsvSource({"host, What your application does", "open, What is open"})
  @DisplayName("The page lists what is up to the host, and what is open, row by row")
  void lists(String status, String heading) {
    String section = page().split("\n## " + heading + "\n", 2)[1].split("\n## ", 2)[0];
    String text = section.replaceAll("\\s+", " ");
    for (EvidenceTable table : EvidenceTable.values()) {
      List<String> listed = new ArrayList<>();
      Matcher ids = Pattern.compile(table.shortName + " ((?:\\d[\\d.-]*(?:, )?)+)").matcher(text);
      while (ids.find()) {
        listed.addAll(List.of(ids.group(1).split(", ")));
      }
      assertThat(listed).as("%s", table).containsExactlyInAnyOrderElementsOf(table.ids(status));
    }
  }
}

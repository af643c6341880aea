package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** A table of docs: a row for each requirement, with what the library does about it. */
enum EvidenceTable {
  ASVS("asvs.tsv", "ASVS", "[123]"),
  NIST("nist-800-63b.tsv", "NIST", "shall|shall not|should|should not|may"),
  RFC_8725("rfc8725.tsv", "RFC 8725", "(bis )?(must|must not|should|should not|recommended)");

  static final List<String> STATUSES =
      List.of("met", "met by option", "host", "not applicable", "open");

  private static final Path DOCS = Path.of("../../docs");
  private static final String COLUMNS = "id\tlevel\tstatus\ttests\treason";
  private static final Pattern ID = Pattern.compile("\\d+(\\.\\d+)*(-\\d+)?");

  /** One requirement: its tests are classes, or classes and methods joined by #. */
  record Row(String id, String level, String status, List<String> tests, String reason) {
    static Row of(String line) {
      String[] cells = line.split("\t", -1);
      if (cells.length != 5) {
        throw new IllegalArgumentException("5 cells are needed: " + line);
      }
      List<String> tests = cells[3].isEmpty() ? List.of() : List.of(cells[3].split(" ", -1));
      return new Row(cells[0], cells[1], cells[2], tests, cells[4]);
    }
  }

  final String file;

  /** How the page calls it. */
  final String shortName;

  private final Pattern levels;

  EvidenceTable(String file, String shortName, String levels) {
    this.file = file;
    this.shortName = shortName;
    this.levels = Pattern.compile(levels);
  }

  List<String> lines() {
    try {
      return Files.readAllLines(DOCS.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Row> rows() {
    return lines().stream().skip(1).map(Row::of).toList();
  }

  List<String> ids(String status) {
    return rows().stream().filter(row -> row.status().equals(status)).map(Row::id).toList();
  }

  /** What is wrong with these lines, each with the id of its row. */
  List<String> faults(List<String> lines, Predicate<String> isTest) {
    List<String> faults = new ArrayList<>();
    if (!lines.get(0).equals(COLUMNS)) {
      faults.add("columns");
    }
    String former = "0";
    for (Row row : lines.stream().skip(1).map(Row::of).toList()) {
      for (String fault : faults(row, former, isTest)) {
        faults.add(row.id() + ": " + fault);
      }
      former = row.id();
    }
    return faults;
  }

  private List<String> faults(Row row, String former, Predicate<String> isTest) {
    List<String> faults = new ArrayList<>();
    if (!ID.matcher(row.id()).matches()) {
      faults.add("id");
    } else if (compare(former, row.id()) >= 0) {
      faults.add("order");
    }
    if (!levels.matcher(row.level()).matches()) {
      faults.add("level");
    }
    if (!STATUSES.contains(row.status())) {
      faults.add("status");
    }
    if (row.status().startsWith("met") && row.tests().isEmpty()) {
      faults.add("no test");
    }
    if (row.reason().isBlank()) {
      faults.add("no reason");
    }
    if (new HashSet<>(row.tests()).size() < row.tests().size()) {
      faults.add("a test twice");
    }
    row.tests().stream()
        .filter(isTest.negate())
        .forEach(test -> faults.add("no such test " + test));
    return faults;
  }

  /** Sections in the order of their numbers, and within one the requirements. */
  private static int compare(String one, String other) {
    String[] left = one.split("-", -1);
    String[] right = other.split("-", -1);
    int sections = Arrays.compare(numbers(left[0]), numbers(right[0]));
    return sections != 0
        ? sections
        : Arrays.compare(numbers(left[left.length - 1]), numbers(right[right.length - 1]));
  }

  private static int[] numbers(String dotted) {
    return Arrays.stream(dotted.split("\\.", -1)).mapToInt(Integer::parseInt).toArray();
  }
}

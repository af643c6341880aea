package dev.sallyport.benchmarks.compare;

import dev.sallyport.benchmarks.compare.Contender.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the rows have measured, as a table and as JSON. */
final class Report {
  private static final String HEAD =
      "| what | ours | floor | ours : floor | fastest peer | peer : ours | ours, bytes |\n"
          + "|---|---|---|---|---|---|---|\n";

  private final Map<Row, Map<Contender, Measured>> rows = new LinkedHashMap<>();

  void add(Row row, Contender contender, Measured measured) {
    rows.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(contender, measured);
  }

  /** A contender's name and what it takes. */
  record Named(String label, Measured measured) {}

  Set<Row> rows() {
    return rows.keySet();
  }

  Optional<Named> fastest(Row row, Kind kind) {
    return rows.get(row).entrySet().stream()
        .filter(entry -> entry.getKey().kind() == kind)
        .map(entry -> new Named(entry.getKey().label(), entry.getValue()))
        .min(Comparator.comparingDouble(named -> named.measured().nanos()));
  }

  String table() {
    StringBuilder table = new StringBuilder(HEAD);
    rows.keySet().forEach(row -> table.append(line(row)).append('\n'));
    return table.toString();
  }

  String line(Row row) {
    Measured ours = fastest(row, Kind.OURS).orElseThrow().measured();
    Optional<Named> floor = fastest(row, Kind.FLOOR);
    Optional<Named> peer = fastest(row, Kind.PEER);
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s | %s | %.0f |",
        row.name(),
        time(ours),
        floor.map(named -> time(named.measured())).orElse("–"),
        floor.map(named -> ratio(ours.nanos() / named.measured().nanos())).orElse("–"),
        peer.map(named -> named.label() + " " + time(named.measured())).orElse("–"),
        peer.map(named -> ratio(named.measured().nanos() / ours.nanos())).orElse("–"),
        ours.bytes());
  }

  static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }

  static String time(Measured measured) {
    return measured.nanos() < 10_000
        ? String.format(Locale.ROOT, "%.0f ns +%.0f%%", measured.nanos(), 100 * measured.spread())
        : String.format(
            Locale.ROOT, "%.1f µs +%.0f%%", measured.nanos() / 1000, 100 * measured.spread());
  }

  List<String> entries() {
    List<String> entries = new ArrayList<>();
    rows.forEach((row, all) -> all.forEach((who, took) -> entries.add(entry(row, who, took))));
    return entries;
  }

  private static String entry(Row row, Contender contender, Measured measured) {
    return Json.entry(
        "row",
        row.name(),
        "who",
        contender.label(),
        "kind",
        contender.kind().name().toLowerCase(Locale.ROOT),
        "ns",
        measured.nanos(),
        "spread",
        measured.spread(),
        "bytes",
        measured.bytes());
  }
}

package dev.sallyport.benchmarks.compare;

import dev.sallyport.benchmarks.compare.Contender.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What was measured, as a table, as JSON and as a picture. */
final class Report {
  private static final String HEAD =
      "| what | ours | floor | ours : floor | fastest peer | peer : ours | ours, bytes |\n"
          + "|---|---|---|---|---|---|---|\n";

  private static final int BAR = 22;
  private static final int LEFT = 260;
  private static final int WIDTH = 520;

  private final Map<Row, Map<Contender, Measured>> rows = new LinkedHashMap<>();

  void add(Row row, Contender contender, Measured measured) {
    rows.computeIfAbsent(row, key -> new LinkedHashMap<>()).put(contender, measured);
  }

  private record Named(String label, Measured measured) {}

  private Optional<Named> fastest(Row row, Kind kind) {
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

  private static String ratio(double ratio) {
    return String.format(Locale.ROOT, ratio < 10 ? "%.2f" : "%.0f", ratio);
  }

  private static String time(Measured measured) {
    return measured.nanos() < 10_000
        ? String.format(Locale.ROOT, "%.0f ns +%.0f%%", measured.nanos(), 100 * measured.spread())
        : String.format(
            Locale.ROOT, "%.1f µs +%.0f%%", measured.nanos() / 1000, 100 * measured.spread());
  }

  String json() {
    List<String> entries = new ArrayList<>();
    rows.forEach(
        (row, all) ->
            all.forEach(
                (contender, measured) ->
                    entries.add(
                        String.format(
                            Locale.ROOT,
                            "  {\"row\": \"%s\", \"who\": \"%s\", \"kind\": \"%s\", \"ns\": %.1f,"
                                + " \"spread\": %.3f, \"bytes\": %.0f}",
                            row.name(),
                            contender.label(),
                            contender.kind().name().toLowerCase(Locale.ROOT),
                            measured.nanos(),
                            measured.spread(),
                            measured.bytes()))));
    return "[\n" + String.join(",\n", entries) + "\n]\n";
  }

  /** For each row two bars: how many times the floor we take, and the fastest peer. */
  String svg() {
    double most = rows.keySet().stream().mapToDouble(row -> times(row, Kind.PEER)).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    int y = 40;
    for (Row row : rows.keySet()) {
      svg.append(text(0, y + BAR - 4, row.name()));
      svg.append(bar(y, times(row, Kind.OURS), most, "#1f6f54"));
      y += BAR;
      if (fastest(row, Kind.PEER).isPresent()) {
        svg.append(bar(y, times(row, Kind.PEER), most, "#b9b4a8"));
        y += BAR;
      }
      y += BAR / 2;
    }
    return String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"13\">\n",
            LEFT + WIDTH + 80,
            y + 10)
        + text(
            0, 20, "Times the floor: ours (green), and the fastest peer (grey); shorter is faster")
        + svg
        + "</svg>\n";
  }

  private double times(Row row, Kind kind) {
    double least =
        fastest(row, Kind.FLOOR).or(() -> fastest(row, Kind.OURS)).orElseThrow().measured().nanos();
    return fastest(row, kind).map(named -> named.measured().nanos() / least).orElse(0.0);
  }

  /** As long as the logarithm, so that what is a hundred times as slow fits in. */
  private static String bar(int y, double times, double most, String colour) {
    double part = Math.log(1 + times) / Math.log(1 + most);
    return String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.0f\" height=\"%d\" fill=\"%s\"/>\n",
            LEFT,
            y,
            WIDTH * part,
            BAR - 4,
            colour)
        + text((int) (LEFT + WIDTH * part) + 6, y + BAR - 8, ratio(times));
  }

  private static String text(int x, int y, String text) {
    return "<text x=\"" + x + "\" y=\"" + y + "\">" + text + "</text>\n";
  }
}

package dev.sallyport.benchmarks.compare;

import dev.sallyport.benchmarks.Figure;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What was measured of processes and files, as a table and as JSON. */
record Figures(List<Figure> all) {
  private static final String HEAD =
      "| what | ours | floor | ours − floor | peers |\n|---|---|---|---|---|\n";

  String table() {
    Map<String, List<Figure>> lines =
        all.stream()
            .collect(Collectors.groupingBy(Figure::what, LinkedHashMap::new, Collectors.toList()));
    return lines.values().stream().map(Figures::line).collect(Collectors.joining("", HEAD, ""));
  }

  private static String line(List<Figure> line) {
    Optional<Figure> ours = of(line, Figure.OURS);
    Optional<Figure> floor = of(line, Figure.FLOOR);
    String unit = line.get(0).unit();
    return String.format(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s |\n",
        line.get(0).what() + (unit.isEmpty() ? "" : ", " + unit),
        ours.map(figure -> number(figure.value())).orElse("–"),
        floor.map(figure -> number(figure.value())).orElse("–"),
        ours.isPresent() && floor.isPresent()
            ? number(ours.get().value() - floor.get().value())
            : "–",
        peers(line));
  }

  private static Optional<Figure> of(List<Figure> line, String who) {
    return line.stream().filter(figure -> figure.who().equals(who)).findFirst();
  }

  /** The least first. */
  private static String peers(List<Figure> line) {
    String peers =
        line.stream()
            .filter(figure -> !List.of(Figure.OURS, Figure.FLOOR).contains(figure.who()))
            .sorted(Comparator.comparingDouble(Figure::value))
            .map(figure -> figure.who() + " " + number(figure.value()))
            .collect(Collectors.joining(", "));
    return peers.isEmpty() ? "–" : peers;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%,.0f", value);
  }

  List<String> entries() {
    return all.stream()
        .map(
            figure ->
                Json.entry(
                    "figure",
                    figure.what(),
                    "who",
                    figure.who(),
                    "unit",
                    figure.unit(),
                    "value",
                    figure.value()))
        .toList();
  }
}

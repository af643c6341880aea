package dev.sallyport.benchmarks.compare;

import dev.sallyport.benchmarks.compare.Contender.Kind;
import java.util.Locale;

/** For each row two bars: how many times the floor we take, and the fastest peer. */
final class Picture {
  private static final int BAR = 22;
  private static final int LEFT = 310;
  private static final int WIDTH = 520;

  private final Report report;

  Picture(Report report) {
    this.report = report;
  }

  String svg() {
    double most =
        report.rows().stream()
            .mapToDouble(row -> Math.max(times(row, Kind.OURS), times(row, Kind.PEER)))
            .max()
            .orElse(1);
    StringBuilder bars = new StringBuilder();
    int y = 40;
    for (Row row : report.rows()) {
      bars.append(Svg.text(8, y + BAR - 8, "start", row.name()));
      bars.append(bar(y, times(row, Kind.OURS), most, "#1f6f54"));
      y += BAR;
      if (report.fastest(row, Kind.PEER).isPresent()) {
        bars.append(bar(y, times(row, Kind.PEER), most, "#b9b4a8"));
        y += BAR;
      }
      y += BAR / 2;
    }
    return Svg.page(
        LEFT + WIDTH + 80,
        y + 10,
        Svg.text(
                8,
                20,
                "start",
                "Times the floor: ours (green), and the fastest peer (grey); shorter is faster")
            + bars);
  }

  private double times(Row row, Kind kind) {
    double least =
        report
            .fastest(row, Kind.FLOOR)
            .or(() -> report.fastest(row, Kind.OURS))
            .orElseThrow()
            .measured()
            .nanos();
    return report.fastest(row, kind).map(named -> named.measured().nanos() / least).orElse(0.0);
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
        + Svg.text(LEFT + WIDTH * part + 6, y + BAR - 8, "start", Report.ratio(times));
  }
}

package dev.sallyport.benchmarks.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Lines over the same axes.
 *
 * @param from where it begins in the picture
 * @param decades the axis of the number, which begins at one
 * @param lowest the logarithm of the shortest time that is shown
 * @param highest that of the longest
 */
record GrowthPanel(int from, double decades, double lowest, double highest) {
  static final int WIDTH = 550;
  static final int HEIGHT = 450;

  private static final int LEFT = 70;
  private static final int RIGHT = 180;
  private static final int TOP = 50;
  private static final int BOTTOM = 40;
  private static final int LETTER = 18;

  /** Of more decades than these every third has its number. */
  private static final int CLOSE = 3;

  private static final String GRID = "stroke=\"#e4e0d6\"";
  private static final List<String> COLOURS =
      List.of("#1f6f54", "#b4532a", "#2f5aa0", "#8b3a86", "#8a6d1d", "#444444");

  /** A label at the end of a line, which others make room for. */
  private record Label(double y, String colour, String text) {}

  String svg(Map<Growth.Thing, TreeMap<Integer, Measured>> things) {
    StringBuilder svg = new StringBuilder(grid());
    List<Label> labels = new ArrayList<>();
    things.forEach(
        (thing, took) -> {
          String colour = COLOURS.get(labels.size() % COLOURS.size());
          svg.append(curve(took, colour));
          labels.add(new Label(y(took.lastEntry().getValue().nanos()), colour, thing.name()));
        });
    return svg.append(spread(labels)).toString();
  }

  private String grid() {
    StringBuilder grid = new StringBuilder();
    for (int i = 0; i <= decades; i++) {
      double x = x(Math.pow(10, i));
      grid.append(Svg.line(x, TOP, x, HEIGHT - BOTTOM, GRID));
      if (decades <= CLOSE || i % CLOSE == 0) {
        String count = String.format(Locale.ROOT, "%,.0f", Math.pow(10, i));
        grid.append(Svg.text(x, HEIGHT - BOTTOM + 20, "middle", count));
      }
    }
    for (int i = (int) lowest; i <= highest; i++) {
      double y = y(Math.pow(10, i));
      grid.append(Svg.line(from + LEFT, y, from + WIDTH - RIGHT, y, GRID));
      grid.append(Svg.text(from + LEFT - 8, y + 4, "end", time(Math.pow(10, i))));
    }
    return grid.toString();
  }

  private static String time(double nanos) {
    return nanos < 1000
        ? String.format(Locale.ROOT, "%.0f ns", nanos)
        : String.format(Locale.ROOT, "%.0f µs", nanos / 1000);
  }

  private String curve(TreeMap<Integer, Measured> took, String colour) {
    StringBuilder curve = new StringBuilder();
    double formerX = Double.NaN;
    double formerY = Double.NaN;
    for (Map.Entry<Integer, Measured> point : took.entrySet()) {
      double x = x(point.getKey());
      double y = y(point.getValue().nanos());
      if (curve.length() > 0) {
        String style = "stroke=\"" + colour + "\" stroke-width=\"2\"";
        curve.append(Svg.line(formerX, formerY, x, y, style));
      }
      curve.append(Svg.dot(x, y, colour));
      formerX = x;
      formerY = y;
    }
    return curve.toString();
  }

  /** From the top down, each at least a line below the one before. */
  private String spread(List<Label> labels) {
    StringBuilder text = new StringBuilder();
    double free = TOP;
    for (Label label : labels.stream().sorted(Comparator.comparingDouble(Label::y)).toList()) {
      double y = Math.max(free, label.y + 4);
      text.append(Svg.text(from + WIDTH - RIGHT + 12, y, "start", label.colour, label.text));
      free = y + LETTER;
    }
    return text.toString();
  }

  private double x(double size) {
    return from + LEFT + (WIDTH - LEFT - RIGHT) * Math.log10(size) / decades;
  }

  private double y(double nanos) {
    return TOP + (HEIGHT - TOP - BOTTOM) * (highest - Math.log10(nanos)) / (highest - lowest);
  }
}

package dev.sallyport.benchmarks.compare;

import java.util.Locale;

/** What pictures are made of. */
final class Svg {
  private Svg() {}

  /** A picture on a light ground, which is read on a dark page too. */
  static String page(int width, int height, String content) {
    return String.format(
        Locale.ROOT,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\""
            + " font-family=\"sans-serif\" font-size=\"13\">\n"
            + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fbfaf7\"/>\n%s</svg>\n",
        width,
        height,
        content);
  }

  static String text(double x, double y, String anchor, String text) {
    return text(x, y, anchor, "#222222", text);
  }

  /** Anchored at its start, middle or end. */
  static String text(double x, double y, String anchor, String colour, String text) {
    return String.format(
        Locale.ROOT,
        "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\" fill=\"%s\">%s</text>\n",
        x,
        y,
        anchor,
        colour,
        text.replace("&", "&amp;").replace("<", "&lt;"));
  }

  static String line(double x1, double y1, double x2, double y2, String style) {
    return String.format(
        Locale.ROOT,
        "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" %s/>\n",
        x1,
        y1,
        x2,
        y2,
        style);
  }

  static String dot(double x, double y, String colour) {
    return String.format(
        Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"%s\"/>\n", x, y, colour);
  }
}

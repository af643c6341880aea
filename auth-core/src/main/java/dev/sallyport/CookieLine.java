package dev.sallyport;

import java.util.ArrayList;
import java.util.List;

/** One {@code Cookie} field line, read in place: only what was asked for is copied. */
final class CookieLine {
  private CookieLine() {}

  /** What was found before, by this method, and the values of the cookie in this line. */
  static List<String> values(String line, String name, List<String> before) {
    List<String> found = before;
    int start = 0;
    while (start < line.length()) {
      int semicolon = line.indexOf(';', start);
      int end = semicolon < 0 ? line.length() : semicolon;
      int equals = equalsSign(line, start, end);
      if (equals < end && isName(line, start, equals, name)) {
        found = with(found, value(line, equals + 1, end));
      }
      start = end + 1;
    }
    return found;
  }

  /** A list that can grow is made for the second value, which few requests have. */
  private static List<String> with(List<String> found, String value) {
    if (found.isEmpty()) {
      return List.of(value);
    }
    List<String> more = found.size() == 1 ? new ArrayList<>(found) : found;
    more.add(value);
    return more;
  }

  /** Not {@code indexOf}, which would read on to the end of the line, once for each part of it. */
  private static int equalsSign(String line, int from, int to) {
    int at = from;
    while (at < to && line.charAt(at) != '=') {
      at++;
    }
    return at;
  }

  private static boolean isName(String line, int from, int to, String name) {
    int start = skipSpace(line, from, to);
    int end = dropSpace(line, start, to);
    return end > start && end - start == name.length() && line.startsWith(name, start);
  }

  private static String value(String line, int from, int to) {
    int start = skipSpace(line, from, to);
    return line.substring(start, dropSpace(line, start, to));
  }

  private static int skipSpace(String line, int from, int to) {
    int start = from;
    while (start < to && isSpace(line.charAt(start))) {
      start++;
    }
    return start;
  }

  private static int dropSpace(String line, int from, int to) {
    int end = to;
    while (end > from && isSpace(line.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}

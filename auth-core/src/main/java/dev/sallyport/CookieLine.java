package dev.sallyport;

import java.util.ArrayList;
import java.util.List;

/**
 * One {@code Cookie} field line (RFC 6265 section 5.4), read in place: splitting it makes a request
 * with a session a fifth slower.
 */
final class CookieLine {
  private CookieLine() {}

  /**
   * The values of a cookie, behind those found before; a pair without a name or an equals sign is
   * none. A list that can grow is made for the second value, which few requests have.
   */
  static List<String> values(String line, String name, List<String> before) {
    List<String> found = before;
    int equals = -1;
    int end;
    for (int start = 0; start <= line.length(); start = end + 1) {
      int semicolon = line.indexOf(';', start);
      end = semicolon < 0 ? line.length() : semicolon;
      if (equals < start) {
        int next = line.indexOf('=', start);
        equals = next < 0 ? line.length() : next;
      }
      if (equals < end && !name.isEmpty() && isBetween(line, start, equals, name)) {
        String value = line.substring(first(line, equals + 1, end), last(line, equals + 1, end));
        found = with(found, value);
      }
    }
    return found;
  }

  private static List<String> with(List<String> found, String value) {
    if (found.isEmpty()) {
      return List.of(value);
    }
    List<String> more = found.size() == 1 ? new ArrayList<>(found) : found;
    more.add(value);
    return more;
  }

  private static boolean isBetween(String line, int start, int end, String name) {
    int first = first(line, start, end);
    return last(line, start, end) - first == name.length() && line.startsWith(name, first);
  }

  /** Where it starts without the spaces and tabs before it; other white space belongs to it. */
  private static int first(String line, int start, int end) {
    int first = start;
    while (first < end && isSpace(line.charAt(first))) {
      first++;
    }
    return first;
  }

  /** Where it ends without the spaces and tabs behind it. */
  private static int last(String line, int start, int end) {
    int first = first(line, start, end);
    int last = end;
    while (last > first && isSpace(line.charAt(last - 1))) {
      last--;
    }
    return last;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}

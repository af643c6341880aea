package dev.sallyport;

import java.util.List;

/** One {@code Cookie} field line (RFC 6265 section 5.4). */
final class CookieLine {
  private CookieLine() {}

  /** Adds the values of a cookie; a pair without a name or an equals sign is none. */
  static void addValues(String line, String name, List<String> found) {
    if (name.isEmpty()) {
      return;
    }
    for (String pair : line.split(";", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && withoutSpace(pair.substring(0, equals)).equals(name)) {
        found.add(withoutSpace(pair.substring(equals + 1)));
      }
    }
  }

  /** Without spaces and tabs around it, and with all other white space. */
  private static String withoutSpace(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }
}

package dev.sallyport.jdbc;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Texts as columns store them. Backslash, tab, line feed, NUL and halves of surrogate pairs are
 * escaped with a backslash: not every database has the last two, and tab and line feed separate the
 * elements of a set or a map.
 */
final class Texts {
  /** The capacity of a TEXT column in every database: 64 KiB at four bytes a character. */
  private static final int MAX_LENGTH = 16_000;

  private Texts() {}

  /** Whether it can be a key unchanged: short enough, and text in every database. */
  static boolean isKey(String text, int maxLength) {
    return text.length() <= maxLength
        && text.codePoints().noneMatch(c -> c == '\0' || isSurrogate(c));
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }

  /**
   * Checks a key.
   *
   * @throws IllegalArgumentException if no row can have it
   */
  static String key(String what, String text, int maxLength) {
    if (!isKey(text, maxLength)) {
      throw new IllegalArgumentException(
          "The %s must be text of at most %s characters without NUL to be kept in this database"
              .formatted(what, maxLength));
    }
    return text;
  }

  /**
   * Writes any text.
   *
   * @throws IllegalArgumentException if it is too long
   */
  static String written(String what, String text) {
    return withinLimit(what, escaped(text));
  }

  private static String withinLimit(String what, String text) {
    if (text.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "The " + what + " is longer than the " + MAX_LENGTH + " characters that can be kept");
    }
    return text;
  }

  private static String escaped(String text) {
    return text.codePoints().mapToObj(Texts::escaped).collect(joining());
  }

  private static String escaped(int codePoint) {
    return switch (codePoint) {
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      case '\0' -> "\\0";
      default ->
          isSurrogate(codePoint)
              ? "\\u" + Integer.toHexString(codePoint)
              : Character.toString(codePoint);
    };
  }

  static String read(String written) {
    if (written.indexOf('\\') < 0) {
      return written;
    }
    StringBuilder out = new StringBuilder(written.length());
    int done = 0;
    for (int i = written.indexOf('\\'); i >= 0; i = written.indexOf('\\', done)) {
      out.append(written, done, i);
      char meant = written.charAt(i + 1);
      done = i + (meant == 'u' ? 6 : 2);
      out.append(
          switch (meant) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '0' -> '\0';
            case 'u' -> (char) Integer.parseInt(written.substring(i + 2, done), 16);
            default -> meant;
          });
    }
    return out.append(written, done, written.length()).toString();
  }

  /** Each text ends with a line feed. */
  static String writtenSet(String what, Set<String> texts) {
    return withinLimit(
        what, texts.stream().sorted().map(text -> escaped(text) + "\n").collect(joining()));
  }

  static Set<String> readSet(String written) {
    return lines(written).map(Texts::read).collect(toSet());
  }

  /** Each entry is a key, a tab, a value and a line feed. */
  static String writtenMap(String what, Map<String, String> texts) {
    return withinLimit(
        what,
        texts.entrySet().stream()
            .map(entry -> escaped(entry.getKey()) + "\t" + escaped(entry.getValue()) + "\n")
            .collect(joining()));
  }

  static Map<String, String> readMap(String written) {
    return lines(written)
        .map(line -> line.split("\t", -1))
        .collect(toMap(parts -> read(parts[0]), parts -> read(parts[1])));
  }

  /** The last line ends with a line feed as well, and what follows is not a line. */
  private static Stream<String> lines(String written) {
    String[] lines = written.split("\n", -1);
    return Arrays.stream(lines, 0, lines.length - 1);
  }
}

package dev.sallyport.jdbc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts as a column keeps them. Backslash, tab, line feed, NUL and halves of surrogate pairs are
 * written with a backslash: not every database has the last two, and tab and line feed part what is
 * in a set or a map.
 */
final class Texts {
  /** What a column of type TEXT holds in every database: 64 KiB of four bytes each. */
  private static final int MAX_LENGTH = 16_000;

  private Texts() {}

  /** Whether it can be a key as it is: short enough, and text in every database. */
  static boolean isKey(String text, int maxLength) {
    return text.length() <= maxLength && text.indexOf('\0') < 0 && isWellFormed(text);
  }

  private static boolean isWellFormed(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return text.codePoints().noneMatch(Texts::isSurrogate);
      }
    }
    return true;
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
          "The "
              + what
              + " must be text of at most "
              + maxLength
              + " characters without NUL to be kept in this database");
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
    StringBuilder out = new StringBuilder(text.length() + 8);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\0' -> out.append("\\0");
                default -> {
                  if (isSurrogate(c)) {
                    out.append("\\u").append(Integer.toHexString(c));
                  } else {
                    out.appendCodePoint(c);
                  }
                }
              }
            });
    return out.toString();
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
  static @Nullable String writtenSet(String what, @Nullable Set<String> texts) {
    if (texts == null) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    texts.stream().sorted().forEach(text -> out.append(escaped(text)).append('\n'));
    return withinLimit(what, out.toString());
  }

  static @Nullable Set<String> readSet(@Nullable String written) {
    if (written == null || written.isEmpty()) {
      return written == null ? null : Set.of();
    }
    Set<String> texts = new HashSet<>();
    for (String line : written.substring(0, written.length() - 1).split("\n", -1)) {
      texts.add(read(line));
    }
    return texts;
  }

  /** Each entry is a key, a tab, a value and a line feed. */
  static String writtenMap(String what, Map<String, String> texts) {
    StringBuilder out = new StringBuilder();
    texts.forEach(
        (key, value) -> out.append(escaped(key)).append('\t').append(escaped(value)).append('\n'));
    return withinLimit(what, out.toString());
  }

  static Map<String, String> readMap(String written) {
    if (written.isEmpty()) {
      return Map.of();
    }
    Map<String, String> texts = new HashMap<>();
    for (String line : written.substring(0, written.length() - 1).split("\n", -1)) {
      int tab = line.indexOf('\t');
      texts.put(read(line.substring(0, tab)), read(line.substring(tab + 1)));
    }
    return texts;
  }
}

package dev.sallyport.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/**
 * The characters of new usernames: what Unicode 13 has assigned, the Unicode of JDK 17, without
 * what is invisible. A later JDK knows more characters, and would fold names with them to other
 * keys than an older node of the same host; so they stay out. Read when the first name is judged.
 */
final class UsernameCharacters {
  private static final String FILE = "username-characters.txt";

  private static final class Table {
    static final int[][] RANGES = read();
  }

  private UsernameCharacters() {}

  /** The first code point that no new name can have. */
  static OptionalInt firstRefused(String text) {
    return text.codePoints().filter(c -> !isAllowed(c)).findFirst();
  }

  private static boolean isAllowed(int codePoint) {
    if (codePoint >= ' ' && codePoint <= '~') {
      return true;
    }
    int low = 0;
    int high = Table.RANGES.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int[] range = Table.RANGES[middle];
      if (codePoint < range[0]) {
        high = middle - 1;
      } else if (codePoint > range[1]) {
        low = middle + 1;
      } else {
        return true;
      }
    }
    return false;
  }

  private static int[][] read() {
    try (InputStream in = UsernameCharacters.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(
            FILE + " is missing beside " + UsernameCharacters.class.getName());
      }
      List<String> lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).lines().toList();
      return lines.stream().map(UsernameCharacters::range).toArray(int[][]::new);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int[] range(String line) {
    int dash = line.indexOf('-');
    return new int[] {
      Integer.parseInt(line.substring(0, dash), 16), Integer.parseInt(line.substring(dash + 1), 16)
    };
  }
}

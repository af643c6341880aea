package dev.sallyport.password;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;

/** The list of common passwords that is shipped, read when the first new password is judged. */
final class CommonPasswords {
  private static final Set<String> LIST = read();

  private CommonPasswords() {}

  /** Whether the lower-case password is, as a whole, on the list. */
  static boolean contains(String lowerCase) {
    return LIST.contains(lowerCase);
  }

  private static Set<String> read() {
    try (InputStream in = CommonPasswords.class.getResourceAsStream("common-passwords.txt")) {
      if (in == null) {
        throw new IllegalStateException(
            "common-passwords.txt is missing beside " + CommonPasswords.class.getName());
      }
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

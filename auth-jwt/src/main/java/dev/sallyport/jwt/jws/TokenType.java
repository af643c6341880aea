package dev.sallyport.jwt.jws;

import dev.sallyport.jwt.json.StrictText;
import org.jspecify.annotations.Nullable;

/**
 * A {@code typ} (RFC 7515 section 4.1.9), compared without regard to the case of ASCII letters, and
 * with or without a leading {@code application/}.
 *
 * @param name in lower case, without {@code application/}
 */
public record TokenType(String name) {
  /** The type of an access token (RFC 9068 section 2.1). */
  public static final String ACCESS = "at+jwt";

  private static final String PREFIX = "application/";

  public static TokenType of(String type) {
    String lower = lower(type);
    String name = lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    if (name.isEmpty() || !StrictText.isPlain(name)) {
      throw new IllegalArgumentException("The type of a token must look like at+jwt or JWT");
    }
    return new TokenType(name);
  }

  public boolean matches(@Nullable String type) {
    if (type == null) {
      return false;
    }
    String lower = lower(type);
    return lower.equals(name)
        || (lower.length() == PREFIX.length() + name.length()
            && lower.startsWith(PREFIX)
            && lower.endsWith(name));
  }

  private static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return lowered(text);
      }
    }
    return text;
  }

  private static String lowered(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }
}

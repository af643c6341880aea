package dev.sallyport;

/** Comparison that knows ASCII letters only, whatever the locale (RFC 9110 section 5.1). */
final class Ascii {
  private Ascii() {}

  static boolean equalsIgnoreCase(String a, String b) {
    return a.length() == b.length() && startsWithIgnoreCase(a, b);
  }

  static boolean startsWithIgnoreCase(String text, String prefix) {
    if (text.length() < prefix.length()) {
      return false;
    }
    for (int i = 0; i < prefix.length(); i++) {
      if (lower(text.charAt(i)) != lower(prefix.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  static String lower(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) != lower(text.charAt(i))) {
        char[] lowered = text.toCharArray();
        for (int j = i; j < lowered.length; j++) {
          lowered[j] = lower(lowered[j]);
        }
        return new String(lowered);
      }
    }
    return text;
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c | 0x20) : c;
  }

  /** Whether the text is a token of RFC 9110 section 5.6.2. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isTokenChar(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  static boolean isTokenChar(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }
}

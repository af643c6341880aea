package dev.sallyport;

import java.util.List;

/**
 * The {@code Authorization} field of a request, split once for all schemes (RFC 9110 section 11.4).
 * Immutable. {@code toString} shows the scheme, never the credentials.
 */
public final class Authorization {
  private static final Authorization ABSENT = new Authorization("", "", 0, false);

  private final String scheme;
  private final String credentials;
  private final int length;
  private final boolean ambiguous;

  private Authorization(String scheme, String credentials, int length, boolean ambiguous) {
    this.scheme = scheme;
    this.credentials = credentials;
    this.length = length;
    this.ambiguous = ambiguous;
  }

  /** Splits the field lines of one request. */
  static Authorization split(List<String> lines) {
    if (lines.isEmpty()) {
      return ABSENT;
    }
    String value = lines.get(0);
    if (lines.size() > 1) {
      return new Authorization("", "", value.length(), true);
    }
    int end = 0;
    while (end < value.length() && Ascii.isTokenChar(value.charAt(end))) {
      end++;
    }
    int start = end;
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    if (end == 0 || (start == end && end < value.length())) {
      // No scheme, or something other than a space after it: these are nobody's credentials.
      return new Authorization("", "", value.length(), false);
    }
    return new Authorization(
        value.substring(0, end), value.substring(start), value.length(), isJoined(value, start));
  }

  /**
   * Whether a second set of credentials hides behind a comma. After the first comma outside of
   * quotes, a single set of credentials can have nothing but {@code name=value}.
   */
  private static boolean isJoined(String value, int start) {
    if (value.indexOf(',', start) < 0) {
      return false;
    }
    boolean quoted = false;
    for (int i = start; i < value.length(); i++) {
      char c = value.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted && !startsParameter(value, i + 1)) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsParameter(String value, int from) {
    int i = skipSpace(value, from);
    if (i == value.length() || value.charAt(i) == ',') {
      return true; // an empty list element, which RFC 9110 section 5.6.1 allows
    }
    int name = i;
    while (i < value.length() && Ascii.isTokenChar(value.charAt(i))) {
      i++;
    }
    int end = skipSpace(value, i);
    return i > name && end < value.length() && value.charAt(end) == '=';
  }

  private static int skipSpace(String value, int from) {
    int i = from;
    while (i < value.length() && (value.charAt(i) == ' ' || value.charAt(i) == '\t')) {
      i++;
    }
    return i;
  }

  /**
   * {@return whether the request has several credentials, on several field lines or joined by a
   * comma, so that their order would decide which are meant} Such a request must be rejected.
   */
  public boolean isAmbiguous() {
    return ambiguous;
  }

  /**
   * Whether the credentials are of the scheme, compared by ASCII letters only.
   *
   * @param name the name of an auth-scheme, for example {@code Basic}
   * @return false as well if the field is absent, appears twice or has no scheme; of credentials
   *     joined by a comma, the first's scheme counts
   */
  public boolean is(String name) {
    return !scheme.isEmpty() && Ascii.equalsIgnoreCase(scheme, name);
  }

  /** {@return the auth-scheme as the client wrote it; empty if there is none} */
  public String scheme() {
    return scheme;
  }

  /**
   * {@return the credentials, which follow the scheme and its spaces; empty if there are none} They
   * are a secret.
   */
  public String credentials() {
    return credentials;
  }

  /** {@return the length of the (first) field value in characters; 0 if the field is absent} */
  public int length() {
    return length;
  }

  @Override
  public String toString() {
    return "Authorization[" + (ambiguous ? "ambiguous" : scheme) + "]";
  }
}

package dev.sallyport.session;

/** The secret in the cookie: random bits in base64url. */
final class SessionId {
  static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;

  private SessionId() {}

  /**
   * Whether a text could be one of our ids; two bits of the last character are unused, and zero.
   */
  static boolean isWellFormed(String text) {
    if (text.length() != SECRET_LENGTH || "AEIMQUYcgkosw048".indexOf(text.charAt(42)) < 0) {
      return false;
    }
    // A loop, since a regular expression would more than double the time of a request.
    for (int i = 0; i < SECRET_LENGTH; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}

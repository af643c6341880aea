package dev.sallyport.session;

/** The secret in the cookie: random bits in base64url. */
final class SessionId {
  static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;

  private SessionId() {}

  /** Whether it could be one of ours; of the last character two bits are unused, and zero. */
  static boolean isWellFormed(String text) {
    if (text.length() != SECRET_LENGTH || "AEIMQUYcgkosw048".indexOf(text.charAt(42)) < 0) {
      return false;
    }
    for (int i = 0; i < SECRET_LENGTH; i++) {
      char c = text.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (c < '0' || c > '9') && c != '-' && c != '_') {
        return false;
      }
    }
    return true;
  }
}

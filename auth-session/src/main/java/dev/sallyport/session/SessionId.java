package dev.sallyport.session;

import java.util.Arrays;

/** The secret in the cookie: random bits in base64url. */
final class SessionId {
  static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;

  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /** One for what is no digit. */
  private static final byte[] WRONG = wrong();

  private SessionId() {}

  private static byte[] wrong() {
    byte[] wrong = new byte[128];
    Arrays.fill(wrong, (byte) 1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      wrong[ALPHABET.charAt(i)] = 0;
    }
    return wrong;
  }

  /**
   * Whether it could be one of ours; of the last character two bits are unused, and zero. Random
   * characters are not compared, since a processor would guess each comparison wrong.
   */
  static boolean isWellFormed(String text) {
    if (text.length() != SECRET_LENGTH || "AEIMQUYcgkosw048".indexOf(text.charAt(42)) < 0) {
      return false;
    }
    int wrong = 0;
    for (int i = 0; i < SECRET_LENGTH; i++) {
      char c = text.charAt(i);
      wrong |= c >>> 7 | WRONG[c & 0x7F];
    }
    return wrong == 0;
  }
}

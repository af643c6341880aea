package dev.sallyport.session;

import java.security.SecureRandom;
import java.util.Base64;

/** The secret in the cookie, and the public id beside it: random bits in base64url. */
final class SessionId {
  private static final int SECRET_BYTES = 32;
  private static final int SECRET_LENGTH = 43;
  private static final int PUBLIC_BYTES = 12;

  private SessionId() {}

  static String newSecret(SecureRandom random) {
    return random(random, SECRET_BYTES);
  }

  /** Not derived from the secret, so that it can be shown. */
  static String newPublicId(SecureRandom random) {
    return random(random, PUBLIC_BYTES);
  }

  private static String random(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

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

package dev.sallyport.account;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/** Codes of 256 random bits, in base64url without padding. */
final class ResetCode {
  private static final int BYTES = 32;

  /** The last character holds four bits and two zeros (RFC 4648 section 3.5). */
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]");

  private ResetCode() {}

  static String create(SecureRandom random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static boolean isWellFormed(String code) {
    return FORM.matcher(code).matches();
  }
}

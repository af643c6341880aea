package dev.sallyport.password;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** PBKDF2 with HMAC-SHA-256, as Django writes it: {@code pbkdf2_sha256$iterations$salt$hash}. */
final class DjangoFormat implements PasswordFormat {
  private static final int HASH_BYTES = 32;

  /**
   * Django's own limit on a password, which keeps a login from costing more than its iterations.
   */
  private static final int MAX_BYTES = 4096;

  /** More would be an attack on the host's CPU, or a fault. */
  private static final int MAX_ITERATIONS = 5_000_000;

  private static final Pattern STORED =
      Pattern.compile("pbkdf2_sha256\\$([1-9][0-9]{0,6})\\$([^$]{1,128})\\$([A-Za-z0-9+/]{43}=)");

  @Override
  public boolean recognises(String stored) {
    Matcher matcher = STORED.matcher(stored);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) <= MAX_ITERATIONS;
  }

  @Override
  public boolean accepts(Password password) {
    return password.isWellFormed() && password.byteLength() <= MAX_BYTES && !password.hasNul();
  }

  @Override
  public boolean verify(Password password, String stored) {
    Matcher matcher = STORED.matcher(stored);
    if (!matcher.matches()) {
      return false;
    }
    PBEKeySpec spec =
        new PBEKeySpec(
            password.reveal().toCharArray(),
            matcher.group(2).getBytes(java.nio.charset.StandardCharsets.UTF_8),
            Integer.parseInt(matcher.group(1)),
            HASH_BYTES * 8);
    try {
      byte[] computed =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return MessageDigest.isEqual(computed, Base64.getDecoder().decode(matcher.group(3)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }
}

package dev.sallyport.password;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What Django writes: PBKDF2 with HMAC-SHA-256, and bcrypt over the password or over the hex of its
 * SHA-256.
 */
final class DjangoFormat implements PasswordFormat {
  private static final int HASH_BYTES = 32;

  /**
   * Django's own limit on a password, which keeps a login from costing more than its iterations.
   */
  private static final int MAX_BYTES = 4096;

  /** More would be an attack on the host's CPU, or a fault. */
  static final int MAX_ITERATIONS = 5_000_000;

  private static final String BCRYPT = "bcrypt$";
  private static final String BCRYPT_SHA256 = "bcrypt_sha256$";

  /** About 0.24 microseconds an iteration against bcrypt's 61 to 67, on x86-64. */
  private static final int ITERATIONS_PER_WORK = 253;

  private static final Pattern STORED =
      Pattern.compile("pbkdf2_sha256\\$([1-9][0-9]{0,6})\\$([^$]{1,128})\\$([A-Za-z0-9+/]{43}=)");

  static long work(int iterations) {
    if (iterations < 1 || iterations > MAX_ITERATIONS) {
      throw new IllegalArgumentException("iterations must be 1 to 5000000, not " + iterations);
    }
    return iterations / ITERATIONS_PER_WORK;
  }

  @Override
  public boolean recognises(String stored) {
    String bcrypt = bcrypt(stored);
    if (bcrypt != null) {
      return BcryptHasher.isPlain(bcrypt);
    }
    Matcher matcher = STORED.matcher(stored);
    return matcher.matches() && Integer.parseInt(matcher.group(1)) <= MAX_ITERATIONS;
  }

  private static @Nullable String bcrypt(String stored) {
    if (stored.startsWith(BCRYPT)) {
      return stored.substring(BCRYPT.length());
    }
    return stored.startsWith(BCRYPT_SHA256) ? stored.substring(BCRYPT_SHA256.length()) : null;
  }

  @Override
  public long work(String stored) {
    String bcrypt = bcrypt(stored);
    if (bcrypt != null) {
      return BcryptHasher.workOf(bcrypt);
    }
    Matcher matcher = STORED.matcher(stored);
    return matcher.matches() ? work(Integer.parseInt(matcher.group(1))) : 0;
  }

  @Override
  public boolean accepts(Password password) {
    return password.isWellFormed() && password.byteLength() <= MAX_BYTES && !password.hasNul();
  }

  @Override
  public boolean verify(Password password, String stored) {
    String bcrypt = bcrypt(stored);
    if (bcrypt != null) {
      return stored.startsWith(BCRYPT)
          ? BcryptHasher.verifyPlain(password, bcrypt)
          : BcryptHasher.verifyPlain(Password.of(hexOfSha256(password)), bcrypt);
    }
    Matcher matcher = STORED.matcher(stored);
    if (!matcher.matches()) {
      return false;
    }
    byte[] computed =
        pbkdf2(password.reveal(), matcher.group(2), Integer.parseInt(matcher.group(1)));
    return MessageDigest.isEqual(computed, Base64.getDecoder().decode(matcher.group(3)));
  }

  /** Does the same amount of work for nothing. */
  static void spend(long work) {
    pbkdf2("nobody's password", "salt", Math.toIntExact(work * ITERATIONS_PER_WORK));
  }

  private static byte[] pbkdf2(String password, String salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(
            password.toCharArray(),
            salt.getBytes(StandardCharsets.UTF_8),
            iterations,
            HASH_BYTES * 8);
    try {
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  private static String hexOfSha256(Password password) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(password.utf8());
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }
}

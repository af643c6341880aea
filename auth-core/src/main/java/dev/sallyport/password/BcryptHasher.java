package dev.sallyport.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * bcrypt. It writes {@code $2b$} and checks {@code $2a$}, {@code $2b$} and {@code $2y$}; {@code
 * $2x$}, the mark of a broken implementation, is refused, and so is a stored cost over 16 before
 * anything is computed. Immutable and safe for many threads.
 */
public final class BcryptHasher implements PasswordHasher {
  private static final int DEFAULT_COST = 12;
  private static final int MAX_COST = 16;
  private static final int MAX_PLAIN_BYTES = 72;
  private static final int MAX_PEPPERED_BYTES = 4096;
  private static final int MIN_PEPPER_BYTES = 32;
  private static final String PEPPERED_TAG = "{hmac-sha384-bcrypt}";
  private static final Pattern STORED =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

  private final int cost;
  private final SecureRandom random;
  private final @Nullable Mac pepper;

  private BcryptHasher(int cost, SecureRandom random, @Nullable Mac pepper) {
    this.cost = cost;
    this.random = Objects.requireNonNull(random, "random");
    this.pepper = pepper;
  }

  /**
   * bcrypt of cost 12.
   *
   * @return the hasher that is used where none is given
   */
  public static BcryptHasher ofDefaultCost() {
    return ofCost(DEFAULT_COST);
  }

  /**
   * bcrypt of another cost; each step doubles the time of a check.
   *
   * @param cost 10 to 16
   * @return the hasher
   * @throws IllegalArgumentException if the cost is out of range
   */
  public static BcryptHasher ofCost(int cost) {
    if (cost < 10 || cost > MAX_COST) {
      throw new IllegalArgumentException("The bcrypt cost must be 10 to 16, not " + cost);
    }
    return new BcryptHasher(cost, new SecureRandom(), null);
  }

  /**
   * The same, with salts from another source.
   *
   * @param random the source
   * @return a new hasher
   */
  public BcryptHasher withRandom(SecureRandom random) {
    return new BcryptHasher(cost, random, pepper);
  }

  /**
   * The same for passwords of up to 4,096 bytes: bcrypt over {@code base64(HMAC-SHA-384(pepper,
   * password))}. Hashes are tagged and never pass for plain bcrypt; plain ones are checked all the
   * same, and replaced after a correct login. Whoever loses the pepper loses all passwords.
   *
   * @param pepper a secret key of at least 32 bytes, kept apart from the database; copied
   * @return a new hasher
   * @throws IllegalArgumentException if the pepper is shorter
   */
  public BcryptHasher withPepper(byte[] pepper) {
    if (pepper.length < MIN_PEPPER_BYTES) {
      throw new IllegalArgumentException(
          "The pepper must have at least 32 bytes, not " + pepper.length);
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA384");
      mac.init(new SecretKeySpec(pepper, "HmacSHA384"));
      return new BcryptHasher(cost, random, mac);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HmacSHA384", e);
    }
  }

  @Override
  public boolean recognises(String stored) {
    return isPlain(isPeppered(stored) ? stored.substring(PEPPERED_TAG.length()) : stored);
  }

  private boolean isPeppered(String stored) {
    return pepper != null && stored.startsWith(PEPPERED_TAG);
  }

  static boolean isPlain(String stored) {
    return STORED.matcher(stored).matches();
  }

  @Override
  public boolean accepts(Password password) {
    return password.isWellFormed() && password.byteLength() <= maxBytes() && !password.hasNul();
  }

  static boolean acceptsPlain(Password password) {
    return password.isWellFormed()
        && password.byteLength() <= MAX_PLAIN_BYTES
        && !password.hasNul();
  }

  @Override
  public boolean verify(Password password, String stored) {
    if (pepper != null && stored.startsWith(PEPPERED_TAG)) {
      return verifyBytes(peppered(pepper, password), stored.substring(PEPPERED_TAG.length()));
    }
    return verifyPlain(password, stored);
  }

  /**
   * In peppered mode a plain hash can meet a password that plain bcrypt would have cut. It is false
   * after a hash all the same, so that time doesn't tell who has a plain one.
   */
  static boolean verifyPlain(Password password, String stored) {
    boolean accepted = acceptsPlain(password);
    return verifyBytes(accepted ? password.revealUtf8() : new byte[1], stored) && accepted;
  }

  private static boolean verifyBytes(byte[] bytes, String stored) {
    return isPlain(stored)
        && BCrypt.verifyer().verify(bytes, stored.getBytes(StandardCharsets.US_ASCII)).verified;
  }

  @Override
  public String hash(Password password) {
    if (!accepts(password)) {
      throw new IllegalArgumentException(
          "The password is longer than " + maxBytes() + " bytes, or has a NUL or lone surrogate");
    }
    byte[] bytes = pepper == null ? password.revealUtf8() : peppered(pepper, password);
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    BCrypt.Version version = BCrypt.Version.VERSION_2B;
    byte[] hash =
        BCrypt.with(version, LongPasswordStrategies.strict(version)).hash(cost, salt, bytes);
    return (pepper == null ? "" : PEPPERED_TAG) + new String(hash, StandardCharsets.US_ASCII);
  }

  private static byte[] peppered(Mac prototype, Password password) {
    try {
      Mac mac = (Mac) prototype.clone();
      return Base64.getEncoder().encode(mac.doFinal(password.revealUtf8()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's HmacSHA384 can't be cloned", e);
    }
  }

  @Override
  public boolean isCurrent(String stored) {
    return stored.startsWith((pepper == null ? "" : PEPPERED_TAG) + "$2b$" + cost + "$");
  }

  @Override
  public int maxBytes() {
    return pepper == null ? MAX_PLAIN_BYTES : MAX_PEPPERED_BYTES;
  }

  @Override
  public String toString() {
    return "BcryptHasher[cost " + cost + (pepper == null ? "]" : ", peppered]");
  }
}

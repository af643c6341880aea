package dev.sallyport.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * bcrypt. It writes {@code $2b$} and checks {@code $2a$}, {@code $2b$} and {@code $2y$}; {@code
 * $2x$}, the mark of a broken implementation, is refused, and so is a stored cost over 16 before
 * anything is computed.
 *
 * <p>bcrypt sees 72 bytes. A password of more bytes of UTF-8, up to 256 code points, is hashed as
 * {@code base64(HMAC-SHA-384(key, password))}, with the pepper as key if there is one and a public
 * key if not; such hashes are tagged and never pass for plain bcrypt. Immutable and thread-safe.
 */
public final class BcryptHasher implements PasswordHasher {
  static final int MAX_COST = 16;
  private static final int DEFAULT_COST = 12;
  private static final int MIN_COST_OF_LIBRARY = 4;
  private static final int MAX_PLAIN_BYTES = 72;
  private static final int MAX_BYTES = 4 * Password.MAX_LENGTH;
  private static final int MIN_PEPPER_BYTES = 32;
  private static final String TAG = "{hmac-sha384-bcrypt";

  /** The tag under the public key has no key id. */
  private static final String PUBLIC_TAG = TAG + "}";

  private static final Pattern PEPPER_ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");
  private static final Pattern STORED =
      Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");

  private final int cost;

  /** By the tags of the hashes made with them: the public key and all peppers. */
  private final Map<String, Mac> keys;

  /** The tag of new hashes of any length; null without a pepper. */
  private final @Nullable String pepperTag;

  private BcryptHasher(int cost, Map<String, Mac> keys, @Nullable String pepperTag) {
    this.cost = cost;
    this.keys = keys;
    this.pepperTag = pepperTag;
  }

  /** {@return a hasher of cost 12, the default} */
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
    byte[] publicKey = "dev.sallyport bcrypt of long passwords".getBytes(StandardCharsets.US_ASCII);
    return new BcryptHasher(cost, Map.of(PUBLIC_TAG, mac(publicKey)), null);
  }

  /**
   * The same with a pepper: all passwords are hashed as {@code base64(HMAC-SHA-384(pepper,
   * password))}, and the hash is tagged with the pepper's id. Plain hashes, and those of peppers
   * given before, are checked all the same, and replaced after a correct login. Whoever loses the
   * pepper loses all passwords.
   *
   * @param id tells this pepper from others; 1 to 32 letters, digits, dots, hyphens, underscores
   * @param pepper a secret key of at least 32 bytes, kept apart from the database; copied
   * @return a new hasher
   * @throws IllegalArgumentException if the pepper is shorter, the id is none, or it was given
   *     before
   */
  public BcryptHasher withPepper(String id, byte[] pepper) {
    if (pepper.length < MIN_PEPPER_BYTES) {
      throw new IllegalArgumentException(
          "The pepper must have at least 32 bytes, not " + pepper.length);
    }
    String tag = TAG + ":" + id + "}";
    if (!PEPPER_ID.matcher(id).matches() || keys.containsKey(tag)) {
      throw new IllegalArgumentException(
          "A pepper's id must be new, and 1 to 32 letters, digits, dots, hyphens or underscores");
    }
    Map<String, Mac> more = new HashMap<>(keys);
    more.put(tag, mac(pepper));
    return new BcryptHasher(cost, Map.copyOf(more), tag);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance("HmacSHA384");
      mac.init(new SecretKeySpec(key, "HmacSHA384"));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("This Java runtime has no HmacSHA384", e);
    }
  }

  @Override
  public boolean recognises(String stored) {
    String tag = tagOf(stored);
    return (tag.isEmpty() || keys.containsKey(tag)) && isPlain(stored.substring(tag.length()));
  }

  /** All up to the first closing brace; empty for plain bcrypt. */
  private static String tagOf(String stored) {
    return stored.startsWith(TAG) ? stored.substring(0, stored.indexOf('}') + 1) : "";
  }

  static boolean isPlain(String stored) {
    return STORED.matcher(stored).matches();
  }

  @Override
  public boolean accepts(Password password) {
    return password.isWellFormed()
        && password.length() <= Password.MAX_LENGTH
        && !password.hasNul();
  }

  static boolean acceptsPlain(Password password) {
    return password.isWellFormed()
        && password.byteLength() <= MAX_PLAIN_BYTES
        && !password.hasNul();
  }

  @Override
  public boolean verify(Password password, String stored) {
    String tag = tagOf(stored);
    if (tag.isEmpty()) {
      return verifyPlain(password, stored);
    }
    Mac key = keys.get(tag);
    return key != null
        && accepts(password)
        && verifyBytes(hmac(key, password), stored.substring(tag.length()));
  }

  /**
   * A plain hash can meet a password that plain bcrypt would have cut. It is false after a hash all
   * the same, so that timing doesn't reveal who has a plain one.
   */
  static boolean verifyPlain(Password password, String stored) {
    boolean accepted = acceptsPlain(password);
    return verifyBytes(accepted ? password.utf8() : new byte[1], stored) && accepted;
  }

  private static boolean verifyBytes(byte[] bytes, String stored) {
    return isPlain(stored)
        && BCrypt.verifyer().verify(bytes, stored.getBytes(StandardCharsets.US_ASCII)).verified;
  }

  @Override
  public String hash(Password password, SecureRandom random) {
    if (!accepts(password)) {
      throw new IllegalArgumentException(
          "The password is longer than 256 characters, or has a NUL or lone surrogate");
    }
    String tag = pepperTag;
    if (tag == null) {
      tag = acceptsPlain(password) ? "" : PUBLIC_TAG;
    }
    Mac key = keys.get(tag);
    return tag + compute(cost, key == null ? password.utf8() : hmac(key, password), random);
  }

  private static String compute(int ofCost, byte[] bytes, SecureRandom random) {
    byte[] salt = new byte[16];
    random.nextBytes(salt);
    BCrypt.Version version = BCrypt.Version.VERSION_2B;
    byte[] hash =
        BCrypt.with(version, LongPasswordStrategies.strict(version)).hash(ofCost, salt, bytes);
    return new String(hash, StandardCharsets.US_ASCII);
  }

  private static byte[] hmac(Mac prototype, Password password) {
    try {
      Mac mac = (Mac) prototype.clone();
      return Base64.getEncoder().encode(mac.doFinal(password.utf8()));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("This Java runtime's HmacSHA384 can't be cloned", e);
    }
  }

  @Override
  public boolean isCurrent(String stored) {
    String tag = tagOf(stored);
    boolean tagIsCurrent =
        pepperTag == null ? tag.isEmpty() || tag.equals(PUBLIC_TAG) : tag.equals(pepperTag);
    return tagIsCurrent && stored.startsWith("$2b$" + cost + "$", tag.length());
  }

  /**
   * The work of a bcrypt hash.
   *
   * @param cost 4 to 16
   * @return 2<sup>cost</sup>, in the unit of {@link PasswordFormat#work}
   * @throws IllegalArgumentException if out of range
   */
  public static long work(int cost) {
    if (cost < MIN_COST_OF_LIBRARY || cost > MAX_COST) {
      throw new IllegalArgumentException("The bcrypt cost must be 4 to 16, not " + cost);
    }
    return 1L << cost;
  }

  /** The work of a plain hash that was recognised. */
  static long workOf(String plain) {
    return work(Integer.parseInt(plain.substring(4, 6)));
  }

  @Override
  public long work() {
    return work(cost);
  }

  @Override
  public long work(String stored) {
    return workOf(stored.substring(tagOf(stored).length()));
  }

  /**
   * Computes hashes of the costs that make up the work; what is less than bcrypt's least is not.
   */
  @Override
  public void spend(long work, SecureRandom random) {
    long rest = work;
    while (rest >= work(MIN_COST_OF_LIBRARY)) {
      int next = Math.min(MAX_COST, 63 - Long.numberOfLeadingZeros(rest));
      compute(next, new byte[1], random);
      rest -= work(next);
    }
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  @Override
  public String toString() {
    return "BcryptHasher[cost " + cost + (pepperTag == null ? "]" : ", peppered]");
  }
}

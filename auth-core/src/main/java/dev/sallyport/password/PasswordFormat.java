package dev.sallyport.password;

/**
 * A format of stored hashes that can be checked, for example one that a user table brings along.
 * Many threads call it at once and throws nothing, whatever is stored.
 */
public interface PasswordFormat {
  /**
   * Whether a stored hash is a well-formed one of this format, at a cost that can be afforded.
   *
   * @param stored what is stored
   * @return true if {@link #verify} can check it
   */
  boolean recognises(String stored);

  /**
   * Whether the format can tell this password from all others. bcrypt can't beyond 72 bytes.
   *
   * @param password a password
   * @return true if it can be hashed and checked without loss
   */
  boolean accepts(Password password);

  /**
   * Checks a password.
   *
   * @param password one that is {@linkplain #accepts accepted}
   * @param stored one that is {@linkplain #recognises recognised}
   * @return true if the hash is this password's
   */
  boolean verify(Password password, String stored);

  /**
   * How much work {@link #verify} does, so that a failed check of a cheap hash can be followed by
   * the rest of a dear one. The unit is one of bcrypt's iterations, about 60 microseconds.
   *
   * @param stored one that is {@linkplain #recognises recognised}
   * @return the work, 2<sup>cost</sup> for bcrypt; 0, the default, if it is too little to matter
   */
  default long work(String stored) {
    return 0;
  }

  /**
   * {@return the formats of Django's user table: {@code pbkdf2_sha256$iterations$salt$hash}, {@code
   * bcrypt_sha256$$2b$…} and {@code bcrypt$$2b$…}}
   */
  static PasswordFormat django() {
    return new DjangoFormat();
  }

  /**
   * What Spring Security's delegating encoder stores for bcrypt: <code>{bcrypt}$2a$…</code>.
   *
   * @return the format
   */
  static PasswordFormat spring() {
    return new SpringFormat();
  }
}

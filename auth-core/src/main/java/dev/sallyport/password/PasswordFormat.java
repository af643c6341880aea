package dev.sallyport.password;

/**
 * A format of stored hashes that can be checked, for example one that a user table brings along. It
 * is called by many threads at once and throws nothing, whatever is stored.
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
   * The format of Django's user table: {@code pbkdf2_sha256$iterations$salt$hash}.
   *
   * @return the format
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

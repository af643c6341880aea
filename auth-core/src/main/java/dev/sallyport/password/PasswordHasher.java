package dev.sallyport.password;

/** The format in which new passwords are stored. */
public interface PasswordHasher extends PasswordFormat {
  /**
   * Hashes a password with a fresh salt.
   *
   * @param password one that is {@linkplain #accepts accepted}
   * @return what to store
   * @throws IllegalArgumentException if the password is not accepted; the message tells nothing of
   *     it
   */
  String hash(Password password);

  /**
   * Whether a stored hash is as {@link #hash} would make it today, but for the salt.
   *
   * @param stored what is stored
   * @return false if it is to be replaced after a correct login
   */
  boolean isCurrent(String stored);

  /**
   * The longest password that is accepted.
   *
   * @return bytes of UTF-8
   */
  int maxBytes();
}

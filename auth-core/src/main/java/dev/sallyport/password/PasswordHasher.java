package dev.sallyport.password;

import java.security.SecureRandom;

/** The format in which new passwords are stored. */
public interface PasswordHasher extends PasswordFormat {
  /**
   * Hashes a password with a fresh salt.
   *
   * @param password one that is {@linkplain #accepts accepted}
   * @param random where the salt comes from
   * @return what to store
   * @throws IllegalArgumentException if the password is not accepted; the message tells nothing of
   *     it
   */
  String hash(Password password, SecureRandom random);

  /**
   * Whether a stored hash is as {@link #hash} would make it today, but for the salt.
   *
   * @param stored what is stored
   * @return false if it is to be replaced after a correct login
   */
  boolean isCurrent(String stored);

  /** {@return the length of the longest accepted password, in bytes of UTF-8} */
  int maxBytes();

  /**
   * How much work {@link #hash} does. A hasher that says nothing counts as cheaper than all others,
   * and nothing is made up after the failed check of another format.
   *
   * @return in the unit of {@link PasswordFormat#work}, at least 1, which is the default
   */
  default long work() {
    return 1;
  }

  /** {@inheritDoc} By default that of a new hash. */
  @Override
  default long work(String stored) {
    return work();
  }

  /**
   * Does work to no purpose, so that a failed check takes as long as any other. By default it
   * hashes until that much is done.
   *
   * @param work how much, in the unit of {@link PasswordFormat#work}; more than 0
   * @param random where salts come from
   */
  default void spend(long work, SecureRandom random) {
    Password nobodys = Password.of("nobody's password");
    for (long rest = work; rest > 0; rest -= work()) {
      hash(nobodys, random);
    }
  }
}

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
   * Does work for nothing, so that a failed check takes as long as any other. By default it hashes
   * until that much is done.
   *
   * @param work how much, in the unit of {@link PasswordFormat#work}; more than 0
   */
  default void spend(long work) {
    Password nobodys = Password.of("nobody's password");
    for (long rest = work; rest > 0; rest -= work()) {
      hash(nobodys);
    }
  }
}

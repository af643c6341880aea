package dev.sallyport.password;

import dev.sallyport.Fault;
import dev.sallyport.store.Username;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a new password must be (NIST SP 800-63B-4 section 3.1.1.2): long enough, not the username,
 * not a common one. There are no composition rules. Immutable and thread-safe.
 */
public final class PasswordPolicy {
  private static final int MIN_LENGTH = 8;
  private static final int NIST_LENGTH = 15;

  private final int minLength;
  private final List<PasswordRule> rules;

  private PasswordPolicy(int minLength, List<PasswordRule> rules) {
    this.minLength = minLength;
    this.rules = rules;
  }

  /** {@return the default policy: at least 8 characters (code points)} */
  public static PasswordPolicy standard() {
    return new PasswordPolicy(MIN_LENGTH, List.of());
  }

  /**
   * {@return a policy of at least 15 characters, as NIST SP 800-63B-4 requires where a password is
   * the only factor}
   */
  public static PasswordPolicy nist() {
    return new PasswordPolicy(NIST_LENGTH, List.of());
  }

  /**
   * The same policy with another minimum.
   *
   * @param codePoints 8 to 64
   * @return a new policy
   * @throws IllegalArgumentException if out of range
   */
  public PasswordPolicy withMinLength(int codePoints) {
    if (codePoints < MIN_LENGTH || codePoints > 64) {
      throw new IllegalArgumentException(
          "The minimum length of passwords must be 8 to 64, not " + codePoints);
    }
    return new PasswordPolicy(codePoints, rules);
  }

  /**
   * The same policy with one rule more.
   *
   * @param rule a rule of the host's
   * @return a new policy
   */
  public PasswordPolicy withRule(PasswordRule rule) {
    List<PasswordRule> more = new ArrayList<>(rules);
    more.add(Objects.requireNonNull(rule, "rule"));
    return new PasswordPolicy(minLength, List.copyOf(more));
  }

  /**
   * Everything that is wrong with a new password.
   *
   * @param username the user's name
   * @param password the password
   * @param hasher the hasher, which limits its length
   * @return the faults, on the field {@code password}; none for a good one
   */
  public List<Fault> faults(String username, Password password, PasswordHasher hasher) {
    if (!password.isWellFormed()) {
      return List.of(fault("invalid_character", "The password is not valid Unicode text."));
    }
    List<Fault> faults = new ArrayList<>();
    String text = password.reveal();
    if (password.length() < minLength) {
      faults.add(
          fault("too_short", "The password must have at least " + minLength + " characters."));
    }
    if (password.length() > Password.MAX_LENGTH) {
      faults.add(
          fault(
              "too_long",
              "The password must have at most " + Password.MAX_LENGTH + " characters."));
    } else if (password.byteLength() > hasher.maxBytes()) {
      faults.add(
          fault(
              "too_long",
              "The password must have at most " + hasher.maxBytes() + " bytes in UTF-8."));
    }
    if (password.hasNul()) {
      faults.add(fault("invalid_character", "The password must not contain the character NUL."));
    }
    if (!text.isEmpty() && Username.key(text).equals(Username.key(username))) {
      faults.add(fault("same_as_username", "The password must not be the username."));
    }
    if (CommonPasswords.contains(text.toLowerCase(Locale.ROOT))) {
      faults.add(fault("too_common", "The password is too common."));
    }
    rules.forEach(rule -> rule.fault(username, password).ifPresent(faults::add));
    return faults;
  }

  private static Fault fault(String code, String detail) {
    return new Fault("password", code, detail);
  }
}

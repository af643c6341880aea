package dev.sallyport.password;

import dev.sallyport.Fault;
import java.util.Optional;

/**
 * A rule of the host's for new passwords, for example a look-up among leaked ones. What it throws
 * is passed on: a rule that can't answer doesn't let the password pass. One that waits for a
 * service throws {@link dev.sallyport.StoreUnavailableException} for an outage.
 */
@FunctionalInterface
public interface PasswordRule {
  /**
   * Judges one new password.
   *
   * @param username the user's name
   * @param password the password; keep it nowhere
   * @return what is wrong with it; empty if nothing is
   */
  Optional<Fault> fault(String username, Password password);
}

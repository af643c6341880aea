package dev.sallyport.testkit;

import dev.sallyport.AuthResult;
import dev.sallyport.Authenticated;
import dev.sallyport.NotAttempted;
import dev.sallyport.Reason;
import dev.sallyport.Rejected;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/** AssertJ assertions on results. */
public final class AuthResultAssert extends AbstractAssert<AuthResultAssert, AuthResult> {
  private AuthResultAssert(@Nullable AuthResult actual) {
    super(actual, AuthResultAssert.class);
  }

  /**
   * Starts an assertion.
   *
   * @param actual the result of an authenticator
   * @return the assertion
   */
  public static AuthResultAssert assertThatResult(@Nullable AuthResult actual) {
    return new AuthResultAssert(actual);
  }

  /**
   * Fails unless it is authenticated as a principal with a name.
   *
   * @param name the name
   * @return this
   */
  public AuthResultAssert isAuthenticatedAs(String name) {
    if (!(actual instanceof Authenticated who)) {
      throw failure("Expected to be authenticated as '%s' but was %s", name, actual);
    }
    if (!who.principal().name().equals(name)) {
      throw failure(
          "Expected to be authenticated as '%s' but was '%s'", name, who.principal().name());
    }
    return this;
  }

  /**
   * Fails unless it is rejected for a reason.
   *
   * @param reason the true reason
   * @return this
   */
  public AuthResultAssert isRejected(Reason reason) {
    if (!(actual instanceof Rejected rejected) || !rejected.reason().equals(reason)) {
      throw failure("Expected to be rejected for %s but was %s", reason, actual);
    }
    return this;
  }

  /**
   * Fails unless nothing was attempted.
   *
   * @return this
   */
  public AuthResultAssert isNotAttempted() {
    if (!(actual instanceof NotAttempted)) {
      throw failure("Expected nothing to be attempted but was %s", actual);
    }
    return this;
  }
}

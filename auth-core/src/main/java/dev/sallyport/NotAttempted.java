package dev.sallyport;

import java.util.Objects;

/**
 * The request has no credentials for this authenticator. Create each one once, as a constant, so
 * that the usual case costs no allocation.
 */
public final class NotAttempted implements AuthResult {
  /** There are no credentials that this scheme could look at. */
  public static final NotAttempted NO_CREDENTIALS = new NotAttempted("no_credentials", false);

  /** There are credentials of another scheme. */
  public static final NotAttempted OTHER_SCHEME = new NotAttempted("other_scheme", false);

  private final String reason;
  private final boolean stale;

  private NotAttempted(String reason, boolean stale) {
    this.reason = Objects.requireNonNull(reason, "reason");
    this.stale = stale;
  }

  /**
   * Nothing here for this authenticator.
   *
   * @param reason a stable name in snake_case for the trace, without anything that the client sent
   * @return a result to keep as a constant
   */
  public static NotAttempted because(String reason) {
    return new NotAttempted(reason, false);
  }

  /**
   * A cookie of this scheme that is no longer valid. A browser sends it by itself, so it counts as
   * absent; the chain reports it as an event.
   *
   * @param reason a stable name in snake_case, without anything that the client sent
   * @return a result to keep as a constant
   */
  public static NotAttempted stale(String reason) {
    return new NotAttempted(reason, true);
  }

  /** {@return why it was not attempted: a stable name in snake_case} */
  public String reason() {
    return reason;
  }

  /** {@return whether there was something that is no longer valid, such as a stale cookie} */
  public boolean isStale() {
    return stale;
  }

  @Override
  public String toString() {
    return "NotAttempted[" + reason + "]";
  }
}

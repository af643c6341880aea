package dev.sallyport.issue;

/** What a credential that was looked up is worth. All but {@link #LIVE} read alike to a client. */
public enum Standing {
  /** It is good. */
  LIVE("live"),
  /** There is no such record of that kind, or it has expired. */
  UNKNOWN("unknown_or_expired"),
  /** Its user is gone. */
  NO_USER("unknown_user"),
  /** Its user is deactivated. */
  DEACTIVATED("user_deactivated"),
  /** Its user has ended all that was issued before. */
  OLD_EPOCH("old_epoch");

  private final String reason;

  Standing(String reason) {
    this.reason = reason;
  }

  /**
   * Its name for events and the trace.
   *
   * @return a stable name in snake_case
   */
  public String reason() {
    return reason;
  }
}

package dev.sallyport;

/**
 * What a refusal looks like from outside. Many {@link Reason}s share one, so that an answer tells
 * no more than it should; it decides the status and the {@code code} of the answer.
 */
public enum Refusal {
  /** The request contradicts itself, whoever sent it: 400. */
  MALFORMED_REQUEST("malformed_request"),
  /** The credentials are not well-formed: 401. */
  MALFORMED_CREDENTIALS("malformed_credentials"),
  /** The credentials are wrong, whatever the true reason is: 401. */
  INVALID_CREDENTIALS("invalid_credentials"),
  /** A bearer token is wrong, of whatever kind it is: 401 (RFC 6750 section 3.1). */
  INVALID_TOKEN("invalid_token"),
  /** Another site's page may have sent the request: 403. */
  CSRF("csrf"),
  /** Credentials came without TLS: 403, and no challenge, which would ask for them again. */
  INSECURE_TRANSPORT("insecure_transport"),
  /** Too many failed attempts: 429. */
  THROTTLED("throttled"),
  /** There is no capacity to decide now: 503. */
  BUSY("temporarily_unavailable"),
  /** Somebody has the username already: 409. */
  USERNAME_TAKEN("username_taken"),
  /** There is no such user: 404. */
  UNKNOWN_USER("unknown_user"),
  /** Another request changed the account meanwhile: 409. */
  ACCOUNT_CHANGED("account_changed"),
  /** The current password, which a change asks for, is wrong: 403. */
  WRONG_PASSWORD("wrong_password"),
  /** A code for a new password is unknown, used or expired: 400. */
  UNKNOWN_CODE("unknown_code");

  private final String code;

  Refusal(String code) {
    this.code = code;
  }

  /** {@return the stable code of the answer, in snake_case} */
  public String code() {
    return code;
  }
}

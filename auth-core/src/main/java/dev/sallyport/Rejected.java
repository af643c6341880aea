package dev.sallyport;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The request has credentials of this scheme, and they are refused. No other authenticator is
 * asked, and the request is not anonymous either. Immutable; create one without a subject once, as
 * a constant.
 */
public final class Rejected implements AuthResult {
  private final String scheme;
  private final Reason reason;
  private final @Nullable Challenge challenge;
  private final @Nullable String subject;
  private final @Nullable Duration retryAfter;
  private final Map<String, String> headers;

  private Rejected(
      String scheme,
      Reason reason,
      @Nullable Challenge challenge,
      @Nullable String subject,
      @Nullable Duration retryAfter,
      Map<String, String> headers) {
    this.scheme = Objects.requireNonNull(scheme, "scheme");
    this.reason = Objects.requireNonNull(reason, "reason");
    this.challenge = challenge;
    this.subject = subject;
    this.retryAfter = retryAfter;
    this.headers = headers;
  }

  /**
   * A refusal.
   *
   * @param scheme the name of the authenticator, for example {@code basic}
   * @param reason the true reason
   * @return the result
   */
  public static Rejected of(String scheme, Reason reason) {
    return new Rejected(scheme, reason, null, null, null, Map.of());
  }

  /**
   * Names the challenge that the refused credentials answered, so that error parameters are put on
   * it and on no other.
   *
   * @param challenge one of the authenticator's challenges
   * @return a new result
   */
  public Rejected withChallenge(Challenge challenge) {
    return new Rejected(
        scheme,
        reason,
        Objects.requireNonNull(challenge, "challenge"),
        subject,
        retryAfter,
        headers);
  }

  /**
   * Names who the request claimed to be from, for the event.
   *
   * @param subject a name that the client sent, never a secret; clipped to 150 characters
   * @return a new result
   */
  public Rejected withSubject(String subject) {
    String clipped = subject.length() <= 150 ? subject : subject.substring(0, 150);
    return new Rejected(scheme, reason, challenge, clipped, retryAfter, headers);
  }

  /**
   * Says when to try again.
   *
   * @param retryAfter the wait, not negative
   * @return a new result
   * @throws IllegalArgumentException if the wait is negative
   */
  public Rejected withRetryAfter(Duration retryAfter) {
    if (retryAfter.isNegative()) {
      throw new IllegalArgumentException("The wait is negative: " + retryAfter);
    }
    return new Rejected(scheme, reason, challenge, subject, retryAfter, headers);
  }

  /**
   * Adds a header field that the answer carries, for a scheme that tells its clients something
   * there besides the challenge.
   *
   * @param name the field name, a token of RFC 9110
   * @param value the value, printable ASCII; it replaces a former one of that name
   * @return a new result
   * @throws IllegalArgumentException if either has a character that isn't allowed
   */
  public Rejected withHeader(String name, String value) {
    if (!Ascii.isToken(name) || !value.chars().allMatch(c -> c >= ' ' && c <= '~')) {
      throw new IllegalArgumentException(
          "A header field needs a token of RFC 9110 as its name, and printable ASCII as its value");
    }
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Rejected(
        scheme, reason, challenge, subject, retryAfter, Collections.unmodifiableMap(more));
  }

  /** {@return the name of the authenticator that refused} */
  public String scheme() {
    return scheme;
  }

  /** {@return the true reason} */
  public Reason reason() {
    return reason;
  }

  /** {@return the challenge that the credentials answered, if one was named} */
  public Optional<Challenge> challenge() {
    return Optional.ofNullable(challenge);
  }

  /**
   * {@return who the request claimed to be from, if the credentials had a name} The client chose
   * it: escape it before showing it.
   */
  public Optional<String> subject() {
    return Optional.ofNullable(subject);
  }

  /** {@return how long to wait before trying again, if there is a wait} */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }

  /** {@return the header fields that the answer carries, by their names; mostly none} */
  public Map<String, String> headers() {
    return headers;
  }

  @Override
  public String toString() {
    return "Rejected[" + scheme + ", " + reason.name() + "]";
  }
}

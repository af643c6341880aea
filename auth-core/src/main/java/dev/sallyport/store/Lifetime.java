package dev.sallyport.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long something that is issued lives: a session, a token, a family of refresh tokens.
 * Immutable.
 *
 * <pre>{@code
 * Lifetime.of(Duration.ofDays(30))                              // whatever happens
 * Lifetime.sliding(Duration.ofDays(7), Duration.ofDays(365))    // while it is used, a year at most
 * Lifetime.never()                                              // until it is revoked
 * }</pre>
 */
public final class Lifetime {
  private static final Duration MIN = Duration.ofSeconds(1);

  /** The longest that has an end: 10 years of 365 days. */
  public static final Duration MAX = Duration.ofDays(3650);

  private static final Lifetime NEVER = new Lifetime(null, null);

  private final @Nullable Duration idle;
  private final @Nullable Duration absolute;

  private Lifetime(@Nullable Duration idle, @Nullable Duration absolute) {
    this.idle = idle;
    this.absolute = absolute;
  }

  /**
   * A fixed length.
   *
   * @param length 1 second to 10 years
   * @return the lifetime
   * @throws IllegalArgumentException if the length is out of range
   */
  public static Lifetime of(Duration length) {
    return new Lifetime(null, checked(length));
  }

  /**
   * As long as it is used, up to a cap.
   *
   * @param idle how long it lives without being used; 1 second up to the cap
   * @param cap how long it lives at most; up to 10 years
   * @return the lifetime
   * @throws IllegalArgumentException if one is out of range, or {@code idle} is longer than the cap
   */
  public static Lifetime sliding(Duration idle, Duration cap) {
    if (checked(idle).compareTo(checked(cap)) > 0) {
      throw new IllegalArgumentException(
          "The idle time " + idle + " is longer than the cap " + cap);
    }
    return new Lifetime(idle, cap);
  }

  /**
   * {@return a lifetime that only revocation ends} Nobody notices when such a credential is lost.
   */
  public static Lifetime never() {
    return NEVER;
  }

  private static Duration checked(Duration length) {
    Objects.requireNonNull(length, "length");
    if (!isAllowed(length)) {
      throw new IllegalArgumentException("A lifetime must be 1 second to 10 years, not " + length);
    }
    return length;
  }

  private static boolean isAllowed(Duration length) {
    return length.compareTo(MIN) >= 0 && length.compareTo(MAX) <= 0;
  }

  /**
   * When something that is issued now ends unless it is used.
   *
   * @param now the time
   * @return the end; empty if it need not be used
   */
  public Optional<Instant> idleEnd(Instant now) {
    return idle().map(now::plus);
  }

  /**
   * When something that is issued now ends, whatever happens.
   *
   * @param now the time
   * @return the end; empty for never
   */
  public Optional<Instant> end(Instant now) {
    return absolute().map(now::plus);
  }

  /**
   * Refuses what doesn't slide up to a cap that is short enough: for what a user holds only while
   * they use it.
   *
   * @param what what lives so, for the message
   * @param longest the longest cap
   * @return this
   * @throws IllegalArgumentException if it doesn't slide, or the cap is longer
   */
  public Lifetime requireSliding(String what, Duration longest) {
    if (idle == null || absolute == null || absolute.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          what + " needs a sliding lifetime of at most " + longest.toDays() + " days, not " + this);
    }
    return this;
  }

  /** {@return how long it lives without being used; empty if it need not be used} */
  public Optional<Duration> idle() {
    return Optional.ofNullable(idle);
  }

  /** {@return how long it lives at most; empty for no limit} */
  public Optional<Duration> absolute() {
    return Optional.ofNullable(absolute);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Lifetime that
        && Objects.equals(idle, that.idle)
        && Objects.equals(absolute, that.absolute);
  }

  @Override
  public int hashCode() {
    return Objects.hash(idle, absolute);
  }

  @Override
  public String toString() {
    return "Lifetime["
        + (absolute == null ? "never" : idle == null ? absolute : idle + " up to " + absolute)
        + "]";
  }
}

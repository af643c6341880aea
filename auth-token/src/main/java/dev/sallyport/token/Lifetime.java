package dev.sallyport.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a token lives. Immutable.
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

  /** 90 days. */
  public static final Lifetime STANDARD = of(Duration.ofDays(90));

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
   * As long as the token is used, up to a cap.
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
   * No end but revocation. Nobody notices a token like this that was lost.
   *
   * @return the lifetime
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

  static boolean isAllowed(Duration length) {
    return length.compareTo(MIN) >= 0 && length.compareTo(MAX) <= 0;
  }

  /** When a token of now ends unless it is used. */
  @Nullable Instant idleEnd(Instant now) {
    return idle == null ? null : now.plus(idle);
  }

  /** When a token of now ends, whatever happens. */
  @Nullable Instant end(Instant now) {
    return absolute == null ? null : now.plus(absolute);
  }

  /**
   * How long a token lives without being used.
   *
   * @return the idle time; empty if it need not be used
   */
  public Optional<Duration> idle() {
    return Optional.ofNullable(idle);
  }

  /**
   * How long a token lives at most.
   *
   * @return the cap; empty for never
   */
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

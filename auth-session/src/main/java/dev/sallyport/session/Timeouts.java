package dev.sallyport.session;

import java.time.Duration;
import java.util.Objects;

/**
 * How long a session lives.
 *
 * @param idle how long without being used; 1 second to 365 days
 * @param absolute how long at most; not less than {@code idle}, at most 365 days
 */
public record Timeouts(Duration idle, Duration absolute) {
  private static final Duration MIN = Duration.ofSeconds(1);
  private static final Duration MAX = Duration.ofDays(365);

  /** 30 minutes and 8 hours: a working day at a machine that others may reach. */
  public static final Timeouts STANDARD = new Timeouts(Duration.ofMinutes(30), Duration.ofHours(8));

  /** 14 and 90 days: for who asks to be remembered. */
  public static final Timeouts REMEMBERED = new Timeouts(Duration.ofDays(14), Duration.ofDays(90));

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if one is out of range, or {@code idle} is longer than {@code
   *     absolute}
   */
  public Timeouts {
    Objects.requireNonNull(idle, "idle");
    Objects.requireNonNull(absolute, "absolute");
    if (idle.compareTo(MIN) < 0 || absolute.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "Timeouts are 1 second to 365 days, not " + idle + " and " + absolute);
    }
    if (idle.compareTo(absolute) > 0) {
      throw new IllegalArgumentException(
          "The idle timeout " + idle + " is longer than the absolute one " + absolute);
    }
  }
}

package dev.sallyport.password;

import java.time.Duration;
import java.util.Objects;

/**
 * How busy the hashing of passwords is: its turns now, and its waits since it began. For meters.
 *
 * @param turns how many hashes are computed at a time at most
 * @param taken how many of these turns are taken
 * @param waiting how many checks wait for a turn
 * @param waited how many checks have waited and wait no longer, with a turn or without
 * @param waitedFor how long those have waited, all together
 */
public record HashingLoad(int turns, int taken, int waiting, long waited, Duration waitedFor) {
  /** Rejects null. */
  public HashingLoad {
    Objects.requireNonNull(waitedFor, "waitedFor");
  }
}

package dev.sallyport.jwt.json;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A time in JSON (RFC 7519 section 2), truncated to seconds: from 1970 to the year 9999. */
public final class NumericDate {
  /** Absent; it is earlier than any other time. */
  public static final long NONE = Long.MIN_VALUE;

  private static final long LAST_SECOND = 253_402_300_799L;

  private NumericDate() {}

  public static long of(@Nullable Object value) throws IOException {
    if (value instanceof Long || value instanceof Double) {
      double seconds = ((Number) value).doubleValue();
      if (seconds >= 0 && seconds <= LAST_SECOND) {
        return (long) seconds;
      }
    }
    throw new IOException("no date that there is");
  }
}

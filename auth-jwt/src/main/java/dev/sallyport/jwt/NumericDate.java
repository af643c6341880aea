package dev.sallyport.jwt;

import java.io.IOException;

/** A time in JSON (RFC 7519 section 2), truncated to seconds: from 1970 to the year 9999. */
final class NumericDate {
  /** Absent; it is earlier than any other time. */
  static final long NONE = Long.MIN_VALUE;

  private static final long LAST_SECOND = 253_402_300_799L;

  private NumericDate() {}

  static long read(StrictJson value) throws IOException {
    double seconds = value.number();
    if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
      throw new IOException("no date that there is");
    }
    return (long) seconds;
  }
}

package dev.sallyport.throttle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What is counted under one key: settled failures, the ends of reservations that are still out, and
 * until when the key waits. Times are milliseconds. Immutable; written as text {@code failures
 * waitUntil lastFailure lease…}.
 */
record Count(int failures, long waitUntil, long lastFailure, List<Long> leases) {
  static final Count NONE = new Count(0, 0, 0, List.of());

  /** An entry that somebody else wrote into the store counts as nothing. */
  static Count read(String text) {
    try {
      List<Long> numbers = Arrays.stream(text.split(" ", -1)).map(Long::valueOf).toList();
      return numbers.size() < 3
          ? NONE
          : new Count(
              numbers.get(0).intValue(),
              numbers.get(1),
              numbers.get(2),
              numbers.subList(3, numbers.size()));
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  String write() {
    StringBuilder text = new StringBuilder();
    text.append(failures).append(' ').append(waitUntil).append(' ').append(lastFailure);
    leases.forEach(lease -> text.append(' ').append(lease));
    return text.toString();
  }

  boolean waits(long now) {
    return now < waitUntil;
  }

  int total() {
    return failures + leases.size();
  }

  /** The end of the lease that ends last; 0 if none is out. */
  long latestLease() {
    return leases.stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /** One reservation more. */
  Count reserve(long lease) {
    List<Long> more = new ArrayList<>(leases);
    more.add(lease);
    return new Count(failures, waitUntil, lastFailure, more);
  }

  /** Without a reservation; empty if it is not there: it has ended, or the count was deleted. */
  Optional<Count> without(long lease) {
    List<Long> fewer = new ArrayList<>(leases);
    return fewer.remove(Long.valueOf(lease))
        ? Optional.of(new Count(failures, waitUntil, lastFailure, fewer))
        : Optional.empty();
  }
}

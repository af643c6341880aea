package dev.sallyport.benchmarks.compare;

import java.util.Map;

/**
 * Who does a row's work.
 *
 * @param label how it is called in the table
 * @param kind what it stands for
 * @param benchmark the JMH method
 * @param params its parameters
 */
record Contender(String label, Kind kind, String benchmark, Map<String, String> params) {
  /** What a contender stands for. */
  enum Kind {
    /** This library. */
    OURS,
    /** Another library that does the same. */
    PEER,
    /** The least that the work needs. */
    FLOOR
  }

  static Contender ours(String benchmark) {
    return new Contender("sallyport", Kind.OURS, benchmark, Map.of());
  }

  static Contender floor(String benchmark) {
    return new Contender("floor", Kind.FLOOR, benchmark, Map.of());
  }

  static Contender peer(String label, String benchmark) {
    return new Contender(label, Kind.PEER, benchmark, Map.of());
  }

  Contender with(Map<String, String> more) {
    return new Contender(label, kind, benchmark, more);
  }
}

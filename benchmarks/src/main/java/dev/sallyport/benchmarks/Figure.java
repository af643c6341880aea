package dev.sallyport.benchmarks;

/**
 * What JMH can't measure: of a whole process or of a file.
 *
 * @param what what is measured
 * @param unit its unit
 * @param who whose it is: {@code sallyport}, {@code floor}, or a peer
 * @param value the value
 */
public record Figure(String what, String unit, String who, double value) {
  /** How this library is called. */
  public static final String OURS = "sallyport";

  /** How the least that the work needs is called. */
  public static final String FLOOR = "floor";
}

package dev.sallyport.benchmarks.compare;

/**
 * How long a trial is. A short one is for a first look, a long one for figures that are quoted.
 *
 * @param forks how many JVMs, one after the other
 * @param warmups how many iterations that don't count
 * @param warmupMillis how long each of those is
 * @param iterations how many that do
 * @param millis how long each of those is
 */
record Form(int forks, int warmups, int warmupMillis, int iterations, int millis) {
  static Form ofRows(boolean isLong) {
    return isLong ? new Form(3, 5, 1000, 30, 250) : new Form(1, 3, 400, 8, 100);
  }

  static Form ofGrowth(boolean isLong) {
    return isLong ? new Form(1, 5, 1000, 20, 250) : new Form(1, 2, 300, 6, 100);
  }
}

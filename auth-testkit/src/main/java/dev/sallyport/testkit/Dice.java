package dev.sallyport.testkit;

/** Numbers that look random but are the same in each run: Knuth's linear congruential generator. */
final class Dice {
  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** A number from 0 to one less than the number of sides. */
  int roll(int sides) {
    state = state * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
    return Math.floorMod(state >>> 33, sides); // the lower bits repeat soon
  }
}

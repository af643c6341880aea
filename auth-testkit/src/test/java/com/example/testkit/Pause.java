package com.example.testkit;

/** Lets the others in, where a wrong store has read and not yet written. */
final class Pause {
  private static final int TIMES = 50;

  private Pause() {}

  @SuppressWarnings("ThreadPriorityCheck")
  static void here() {
    for (int i = 0; i < TIMES; i++) {
      Thread.yield();
    }
  }
}

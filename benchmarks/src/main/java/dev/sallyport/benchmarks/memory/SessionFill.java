package dev.sallyport.benchmarks.memory;

/** A store that is filled with sessions. It has its users already. */
interface SessionFill {
  /** Begins so many sessions, each user's in turn. */
  void fill(int sessions);

  /** How many it holds. */
  int size();
}

package dev.sallyport.password;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets so many hash at a time and so many wait, so that logins can't take the host's CPU. */
final class HashingTurns {
  private static final int WAITING_FOR_EACH_TURN = 16;

  private final Semaphore turns;
  private final int maxWaiting;
  private final long maxWaitNanos;

  HashingTurns(int atATime, Duration maxWait) {
    this.turns = new Semaphore(atATime, true);
    this.maxWaiting = atATime * WAITING_FOR_EACH_TURN;
    this.maxWaitNanos = maxWait.toNanos();
  }

  /** Takes a turn, which is to be given back; false if there is none in time. */
  boolean take() {
    if (turns.getQueueLength() >= maxWaiting) {
      return false;
    }
    try {
      return turns.tryAcquire(maxWaitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void giveBack() {
    turns.release();
  }
}

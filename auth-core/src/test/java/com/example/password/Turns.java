package com.example.password;

import dev.sallyport.password.Password;
import dev.sallyport.password.Passwords;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Takes turns for hashing, and waits for threads that want one. */
public final class Turns {
  private Turns() {}

  /** Does something while a thread holds the only turn of these passwords. */
  public static void whileTaken(Passwords passwords, ScriptedHasher hasher, Runnable work) {
    CountDownLatch taken = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    hasher.whileComputing(
        () -> {
          taken.countDown();
          await(done);
        });
    Thread holder = new Thread(() -> passwords.hash(Password.of("anything")));
    holder.start();
    await(taken);
    hasher.whileComputing(() -> {});
    try {
      work.run();
    } finally {
      done.countDown();
      join(holder);
    }
  }

  /** Waits for a latch, not for ever. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("waited in vain");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Spins until the thread waits for something. */
  static void awaitWaiting(Thread thread) {
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      if (thread.getState() == Thread.State.TERMINATED) {
        throw new IllegalStateException("it did not wait");
      }
      Thread.onSpinWait();
    }
  }

  static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

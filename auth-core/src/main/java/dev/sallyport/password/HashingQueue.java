package dev.sallyport.password;

import dev.sallyport.throttle.Budget;
import dev.sallyport.throttle.ClientNetwork;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Limits how many hash and how many wait at a time, so that logins can't exhaust the host's CPU and
 * no client takes the others' turns.
 */
final class HashingQueue {
  private static final int WAITING_FOR_EACH_TURN = 16;

  private final ReentrantLock lock = new ReentrantLock();
  private final WaitingPlaces<Ticket> waiting;
  private final Budget<ClientNetwork> budget;
  private final long maxWaitNanos;
  private final int turns;
  private int free;
  private long waited;
  private long waitedNanos;

  HashingQueue(int atATime, Duration maxWait, Budget<ClientNetwork> budget) {
    this.turns = atATime;
    this.free = atATime;
    this.waiting = new WaitingPlaces<>(atATime * WAITING_FOR_EACH_TURN);
    this.budget = budget;
    this.maxWaitNanos = maxWait.toNanos();
  }

  /** How many can hash or wait at a time. */
  int capacity() {
    return turns + turns * WAITING_FOR_EACH_TURN;
  }

  /** What became of the wish for a turn. */
  enum Turn {
    /** It must be given back. */
    GRANTED,
    /** There was none in time. */
    NONE,
    /** The one who waited was told not to. */
    GIVEN_UP
  }

  /**
   * Who wants a turn.
   *
   * @param network the client's; null for the host itself
   * @param known whether the user has logged in from there before
   */
  record Applicant(@Nullable ClientNetwork network, boolean known) {
    static final Applicant HOST = new Applicant(null, true);
  }

  /** Takes a turn, or waits for one. */
  Turn take(Applicant applicant) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Turn.NONE;
    }
    try {
      if (free > 0) { // then nobody waits
        free--;
        charge(applicant);
        return Turn.GRANTED;
      }
      return maxWaitNanos > 0
          ? await(new Ticket(applicant, Thread.currentThread(), lock.newCondition()))
          : Turn.NONE;
    } finally {
      lock.unlock();
    }
  }

  private Turn await(Ticket mine) {
    ClientNetwork network = mine.applicant.network();
    boolean spent = network != null && budget.isSpent(network);
    Ticket displaced = waiting.offer(mine, network, mine.applicant.known(), spent);
    if (displaced == mine) {
      return Turn.NONE;
    }
    if (displaced != null) {
      displaced.settle(Turn.NONE);
    }
    long left = maxWaitNanos;
    try {
      while (mine.end == null && left > 0) {
        left = mine.settled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    waited++;
    waitedNanos += maxWaitNanos - Math.max(0, left);
    Turn end = mine.end;
    if (end == null) {
      waiting.leave(mine);
      return Turn.NONE;
    }
    return end;
  }

  /** Ends the wait of a thread; it does nothing if the thread doesn't wait. */
  void giveUp(Thread thread) {
    lock.lock();
    try {
      Ticket ticket = waiting.find(waiter -> waiter.thread.equals(thread));
      if (ticket != null) {
        waiting.leave(ticket);
        ticket.settle(Turn.GIVEN_UP);
      }
    } finally {
      lock.unlock();
    }
  }

  private void charge(Applicant applicant) {
    ClientNetwork network = applicant.network();
    if (network != null) {
      budget.count(network);
    }
  }

  void giveBack() {
    lock.lock();
    try {
      Ticket next = waiting.next();
      if (next == null) {
        free++;
      } else {
        charge(next.applicant);
        next.settle(Turn.GRANTED);
      }
    } finally {
      lock.unlock();
    }
  }

  HashingLoad load() {
    lock.lock();
    try {
      return new HashingLoad(
          turns, turns - free, waiting.size(), waited, Duration.ofNanos(waitedNanos));
    } finally {
      lock.unlock();
    }
  }

  /** One who waits; all of it is touched under the lock only. */
  private static final class Ticket {
    final Applicant applicant;
    final Thread thread;
    final Condition settled;
    @Nullable Turn end;

    Ticket(Applicant applicant, Thread thread, Condition settled) {
      this.applicant = applicant;
      this.thread = thread;
      this.settled = settled;
    }

    void settle(Turn turn) {
      end = turn;
      settled.signal();
    }
  }
}

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

  /**
   * Who wants a turn.
   *
   * @param network the client's; null for the host itself
   * @param known whether the user has logged in from there before
   */
  record Applicant(@Nullable ClientNetwork network, boolean known) {
    static final Applicant HOST = new Applicant(null, true);
  }

  /** Takes a turn, which must be given back; false if there was none in time. */
  boolean take(Applicant applicant) {
    try {
      lock.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
    try {
      if (free > 0) { // then nobody waits
        free--;
        charge(applicant);
        return true;
      }
      return maxWaitNanos > 0 && await(new Ticket(applicant, lock.newCondition()));
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Ticket mine) {
    ClientNetwork network = mine.applicant.network();
    boolean spent = network != null && budget.isSpent(network);
    Ticket displaced = waiting.offer(mine, network, mine.applicant.known(), spent);
    if (displaced == mine) {
      return false;
    }
    if (displaced != null) {
      displaced.settle(Ticket.State.DISPLACED);
    }
    long left = maxWaitNanos;
    try {
      while (mine.state == Ticket.State.WAITING && left > 0) {
        left = mine.settled.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (mine.state == Ticket.State.WAITING) {
      waiting.leave(mine);
    }
    waited++;
    waitedNanos += maxWaitNanos - Math.max(0, left);
    return mine.state == Ticket.State.GRANTED;
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
        next.settle(Ticket.State.GRANTED);
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
    enum State {
      WAITING,
      GRANTED,
      DISPLACED
    }

    final Applicant applicant;
    final Condition settled;
    State state = State.WAITING;

    Ticket(Applicant applicant, Condition settled) {
      this.applicant = applicant;
      this.settled = settled;
    }

    void settle(State end) {
      state = end;
      settled.signal();
    }
  }
}

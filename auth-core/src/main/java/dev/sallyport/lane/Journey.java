package dev.sallyport.lane;

import dev.sallyport.Plan;
import dev.sallyport.Plan.Work;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A plan on its way from lane to lane. */
final class Journey<T> extends CompletableFuture<T> {
  private static final Executor SOON = CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS);

  private final Lanes lanes;
  private final Supplier<? extends T> full;
  private volatile @Nullable Part part;

  Journey(Lanes lanes, Supplier<? extends T> full) {
    this.lanes = lanes;
    this.full = full;
  }

  void goOn(Plan.Later<T> later) {
    Part next = new Part(later);
    part = next;
    try {
      lanes.of(later.work()).execute(next);
    } catch (RejectedExecutionException e) {
      completeBy(full);
      return;
    }
    if (isCancelled()) {
      next.leave(); // it may have been cancelled before it had this part
    }
  }

  private void completeBy(Supplier<? extends T> answer) {
    try {
      complete(answer.get());
    } catch (RuntimeException | Error e) {
      completeExceptionally(e);
    }
  }

  @Override
  public boolean cancel(boolean mayInterrupt) {
    boolean cancelled = super.cancel(mayInterrupt);
    Part current = part;
    if (isCancelled() && current != null) {
      current.leave();
    }
    return cancelled;
  }

  /** Stages that depend on this one are nobody's journey. */
  @Override
  public <U> CompletableFuture<U> newIncompleteFuture() {
    return new CompletableFuture<>();
  }

  /** What is done in one lane. */
  private final class Part implements Runnable {
    private final Plan.Later<T> begin;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Thread thread;

    Part(Plan.Later<T> begin) {
      this.begin = begin;
    }

    /** Whatever is thrown ends the journey, or somebody would wait for ever. */
    @Override
    public void run() {
      try {
        Plan<T> rest = proceed();
        if (rest instanceof Plan.Done<T> done) {
          complete(done.result());
        } else if (!isDone()) {
          goOn((Plan.Later<T>) rest);
        }
      } catch (Throwable e) {
        completeExceptionally(e);
      }
    }

    /** Does all that this lane is for. */
    private Plan<T> proceed() {
      Work work = begin.work();
      set(Thread.currentThread());
      try {
        Plan<T> rest = begin; // not begun if it was cancelled before the thread was set
        while (rest instanceof Plan.Later<T> later && later.work() == work && !isDone()) {
          rest = later.proceed();
        }
        return rest;
      } finally {
        set(null);
      }
    }

    private void set(@Nullable Thread current) {
      lock.lock();
      try {
        thread = current;
      } finally {
        lock.unlock();
      }
    }

    /**
     * Leaves the queue, or the wait for a turn, which may be about to begin: so it is asked again
     * until it has ended. The lock keeps the thread from the next part.
     */
    void leave() {
      lanes.of(begin.work()).remove(this);
      lock.lock();
      try {
        if (thread != null && begin.work() == Work.HASH) {
          lanes.giveUp(thread);
          SOON.execute(this::leave);
        }
      } finally {
        lock.unlock();
      }
    }
  }
}

package dev.sallyport.lane;

import dev.sallyport.AuthRequest;
import dev.sallyport.Plan;
import dev.sallyport.Plan.Work;
import dev.sallyport.Reason;
import dev.sallyport.Refusal;
import dev.sallyport.Rejected;
import dev.sallyport.guard.AuthResponse;
import dev.sallyport.guard.Decision;
import dev.sallyport.guard.Guard;
import dev.sallyport.guard.Permission;
import dev.sallyport.guard.Problem;
import dev.sallyport.password.Passwords;
import dev.sallyport.scheme.Sallyport;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Threads for a host whose own must not block, such as one with an event loop: some for what waits
 * for a store, others for what hashes. So no request with a session, a token or a JWT waits behind
 * one with a password. Thread-safe; a host has one, and closes it when it stops.
 *
 * <pre>{@code
 * Lanes lanes = Lanes.of(auth);
 * CompletionStage<Decision> decision = lanes.check(guard, request, Permission.authenticated());
 * }</pre>
 *
 * <p>What needs neither is done in the caller's thread, and the stage is complete when it is
 * returned: nobody's request, and one with a JWT that was seen before. Any other stage is completed
 * in a thread of a lane.
 *
 * <p>Where the client goes away, cancel the stage itself, by {@code
 * stage.toCompletableFuture().cancel(false)}, not one that depends on it. A part that hasn't begun
 * is then left out, and one that waits for its turn to hash gives its place up. A part that asks a
 * store goes on to its end: an interrupt can break more there than one request.
 *
 * <p>The threads are daemons. They have none of the caller's context, such as a logger's MDC.
 */
public final class Lanes implements AutoCloseable {
  private static final Reason FULL = new Reason("lane_full", Refusal.BUSY);
  private static final int IDLE_SECONDS = 30;

  /** For checks that have come in, or have their verdict, and are in a store. */
  private static final int BESIDE_CHECKS = 64;

  private final Passwords passwords;
  private final ThreadPoolExecutor store;
  private final ThreadPoolExecutor hashes;

  private Lanes(Builder builder) {
    passwords = builder.passwords;
    store =
        new ThreadPoolExecutor(
            builder.storeThreads,
            builder.storeThreads,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            builder.storeQueue == 0
                ? new SynchronousQueue<>()
                : new LinkedBlockingQueue<>(builder.storeQueue),
            new DaemonThreads("sallyport-store"));
    store.allowCoreThreadTimeOut(true);
    hashes =
        new ThreadPoolExecutor(
            0,
            passwords.maxChecks() + BESIDE_CHECKS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            new DaemonThreads("sallyport-hash"));
  }

  /**
   * Lanes with the defaults of {@link Builder}.
   *
   * @param auth the host, whose passwords say how many can be checked at a time
   * @return lanes, without a thread until one is needed
   */
  public static Lanes of(Sallyport auth) {
    return builder(auth).build();
  }

  /**
   * Lanes with options.
   *
   * @param auth the host, whose passwords say how many can be checked at a time
   * @return a builder
   */
  public static Builder builder(Sallyport auth) {
    return new Builder(auth.passwords());
  }

  /**
   * Checks a request as {@link Guard#check(AuthRequest, Permission)} does, without blocking.
   *
   * @param guard the guard
   * @param request the request; its body must be readable in any thread
   * @param permission what the route needs
   * @return the decision: a 503 with {@code Retry-After} if a lane is full. What a part of the
   *     check throws completes the stage as it is
   */
  public CompletionStage<Decision> check(Guard guard, AuthRequest request, Permission permission) {
    Plan<Decision> plan;
    try {
      plan = guard.plan(request, permission);
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
    return run(plan, () -> new Decision.Refuse(full(guard, request)));
  }

  /**
   * Carries out a plan to answer a request.
   *
   * @param guard whose environment hears of a full lane
   * @param request the request
   * @param plan what is left to do
   * @return the response: a 503 with {@code Retry-After} if a lane is full. What a part throws
   *     completes the stage as it is
   */
  public CompletionStage<AuthResponse> answer(
      Guard guard, AuthRequest request, Plan<AuthResponse> plan) {
    Objects.requireNonNull(guard, "guard");
    Objects.requireNonNull(request, "request");
    return run(plan, () -> full(guard, request).toResponse());
  }

  private static Problem full(Guard guard, AuthRequest request) {
    guard.chain().environment().report(Rejected.of("lanes", FULL), request.clientAddress());
    return Problem.unavailable(null);
  }

  /**
   * Carries a plan out.
   *
   * @param plan what is left to do
   * @param full what to answer if a lane is full; it is asked in the thread that found it full, and
   *     must not block
   * @param <T> the type of the result
   * @return the result. What a part throws completes the stage as it is
   */
  public <T> CompletionStage<T> run(Plan<T> plan, Supplier<? extends T> full) {
    Objects.requireNonNull(full, "full");
    if (plan instanceof Plan.Done<T> done) {
      return CompletableFuture.completedFuture(done.result());
    }
    Journey<T> journey = new Journey<>(this, full);
    journey.goOn((Plan.Later<T>) plan);
    return journey;
  }

  ThreadPoolExecutor of(Work work) {
    return switch (work) {
      case STORE -> store;
      case HASH -> hashes;
    };
  }

  void giveUp(Thread waiting) {
    passwords.giveUp(waiting);
  }

  /** Lets what has begun or is queued end; whatever comes later finds the lanes full. */
  @Override
  public void close() {
    store.shutdown();
    hashes.shutdown();
  }

  @Override
  public String toString() {
    return "Lanes[store=%s/%s, hash=%s/%s, queued=%s]"
        .formatted(
            store.getActiveCount(),
            store.getMaximumPoolSize(),
            hashes.getActiveCount(),
            hashes.getMaximumPoolSize(),
            store.getQueue().size());
  }

  /** Builds {@link Lanes}; not thread-safe. */
  public static final class Builder {
    private final Passwords passwords;
    private int storeThreads = 32;
    private int storeQueue = 512;

    private Builder(Passwords passwords) {
      this.passwords = passwords;
    }

    /**
     * Sets how many requests ask a store at a time.
     *
     * @param threads 1 to 1,024; by default 32: the ten connections of a usual pool, and the
     *     sixteen requests that may wait for the keys of another issuer of JWTs, are fewer
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder storeThreads(int threads) {
      this.storeThreads = inRange("storeThreads", threads, 1, 1024);
      return this;
    }

    /**
     * Sets how many more requests may wait for that.
     *
     * @param requests 0 to 100,000; by default 512, which ten connections of a store that takes 40
     *     ms have done in about two seconds, as long as a check waits for its turn to hash
     * @return this
     * @throws IllegalArgumentException if out of range
     */
    public Builder storeQueue(int requests) {
      this.storeQueue = inRange("storeQueue", requests, 0, 100_000);
      return this;
    }

    private static int inRange(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            "%s must be %s to %s, not %s".formatted(name, least, most, value));
      }
      return value;
    }

    /** {@return lanes with these options, without a thread until one is needed} */
    public Lanes build() {
      return new Lanes(this);
    }
  }
}

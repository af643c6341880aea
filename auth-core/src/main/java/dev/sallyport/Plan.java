package dev.sallyport;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Work that says, before each part of it, what that part needs: so that a host whose threads must
 * not block can do each part where it harms nobody. Whoever has threads to spare {@linkplain
 * #complete completes} it at once.
 *
 * <pre>{@code
 * switch (guard.plan(request, permission)) {
 *   case Plan.Done<Decision> done -> go(done.result()); // it took neither a store nor a hash
 *   case Plan.Later<Decision> later -> executorFor(later.work()).execute(() -> later.proceed());
 * }
 * }</pre>
 *
 * <p>A plan is carried out once, by one thread at a time.
 *
 * @param <T> the result
 */
public sealed interface Plan<T> {
  /** What a part of the work needs besides a little processor time. */
  enum Work {
    /** An answer of a store or of another server: milliseconds, in which the thread waits. */
    STORE,

    /** The hash of a password: tens of milliseconds of a processor, and the wait for its turn. */
    HASH
  }

  /**
   * Nothing is left to do.
   *
   * @param result the result
   * @param <T> its type
   */
  record Done<T>(T result) implements Plan<T> {
    @Override
    public <R> Plan<R> then(Function<? super T, Plan<R>> next) {
      return next.apply(result);
    }

    @Override
    public Plan<T> recover(Function<StoreUnavailableException, Plan<T>> outage) {
      return this;
    }
  }

  /**
   * Something is left to do.
   *
   * @param work what its next part needs
   * @param part does it
   * @param <T> the type of the result
   */
  record Later<T>(Work work, Supplier<Plan<T>> part) implements Plan<T> {
    /**
     * Does the next part, which may block as {@link #work} says.
     *
     * @return what is left then
     * @throws StoreUnavailableException if a store could not answer
     */
    public Plan<T> proceed() {
      return part.get();
    }

    @Override
    public <R> Plan<R> then(Function<? super T, Plan<R>> next) {
      return new Later<>(work, () -> part.get().then(next));
    }

    @Override
    public Plan<T> recover(Function<StoreUnavailableException, Plan<T>> outage) {
      return new Later<>(work, () -> recovered(outage));
    }

    private Plan<T> recovered(Function<StoreUnavailableException, Plan<T>> outage) {
      try {
        return part.get().recover(outage);
      } catch (StoreUnavailableException e) {
        return outage.apply(e);
      }
    }
  }

  /**
   * A result without any work.
   *
   * @param result the result
   * @param <T> its type
   * @return the plan
   */
  static <T> Plan<T> done(T result) {
    return new Done<>(result);
  }

  /**
   * Work that asks a store, and perhaps more afterwards.
   *
   * @param part asks it
   * @param <T> the type of the result
   * @return the plan
   */
  static <T> Plan<T> store(Supplier<Plan<T>> part) {
    return new Later<>(Work.STORE, part);
  }

  /**
   * Work that hashes a password.
   *
   * @param part hashes it
   * @param <T> the type of the result
   * @return the plan
   */
  static <T> Plan<T> hash(Supplier<T> part) {
    return new Later<>(Work.HASH, () -> done(part.get()));
  }

  /**
   * Goes on with the result, where the last part was done.
   *
   * @param next what is left to do with it
   * @param <R> the type of what comes out
   * @return the longer plan
   */
  <R> Plan<R> then(Function<? super T, Plan<R>> next);

  /**
   * Goes on where a store could not answer.
   *
   * @param outage what to do instead; it may throw the exception again
   * @return the plan with this way out
   */
  Plan<T> recover(Function<StoreUnavailableException, Plan<T>> outage);

  /**
   * Does all that is left in this thread, which may block.
   *
   * @return the result
   * @throws StoreUnavailableException if a store could not answer
   */
  default T complete() {
    Plan<T> rest = this;
    while (rest instanceof Later<T> later) {
      rest = later.proceed();
    }
    return ((Done<T>) rest).result();
  }
}

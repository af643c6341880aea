package dev.sallyport.password;

import dev.sallyport.throttle.ClientNetwork;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Tracks who waits and who is next. Sites are served in turn, within a site its networks in turn,
 * within a network known addresses first; a network whose budget is spent comes after all others.
 * Places are few, and a hash takes far longer than to look at all of them. Not thread-safe.
 *
 * @param <T> what stands for one who waits
 */
final class WaitingPlaces<T> {
  /** One site may have this part of the places while others wait. */
  private static final int PARTS = 4;

  private static final Comparator<Waiter<?>> OF_SITES =
      Comparator.<Waiter<?>, Boolean>comparing(waiter -> waiter.spent)
          .thenComparingLong(waiter -> waiter.site.turn)
          .thenComparing(waiter -> !waiter.known)
          .thenComparingLong(waiter -> waiter.arrival);

  private static final Comparator<Waiter<?>> WITHIN_SITE =
      Comparator.<Waiter<?>, Boolean>comparing(waiter -> waiter.spent)
          .thenComparingLong(waiter -> waiter.network.turn)
          .thenComparing(waiter -> !waiter.known)
          .thenComparingLong(waiter -> waiter.arrival);

  /** The last in this order has to go. */
  private static final Comparator<Waiter<?>> BY_CLAIM =
      Comparator.<Waiter<?>, Boolean>comparing(waiter -> waiter.spent)
          .thenComparingInt(waiter -> waiter.site.waiting)
          .thenComparingInt(waiter -> waiter.network.waiting)
          .thenComparing(waiter -> !waiter.known)
          .thenComparingLong(waiter -> waiter.arrival);

  private final int places;
  private final List<Waiter<T>> waiters = new ArrayList<>();
  private final Group all = new Group(0);
  private long arrivals;

  WaitingPlaces(int places) {
    this.places = places;
  }

  /**
   * Gives someone a place.
   *
   * @param network null for the host itself
   * @param known whether they come from a known address
   * @param spent whether the budget of their network is spent
   * @return who has to go for it, perhaps they themselves; null if nobody
   */
  @Nullable T offer(T who, @Nullable ClientNetwork network, boolean known, boolean spent) {
    Group site = all.member(network == null ? null : network.site());
    Waiter<T> newcomer = new Waiter<>(who, site, site.member(network), known, spent, arrivals++);
    add(newcomer);
    boolean othersWait = site.waiting < waiters.size();
    if (waiters.size() > places) {
      return removeLast(waiter -> true);
    }
    return othersWait && site.waiting > Math.max(1, places / PARTS)
        ? removeLast(waiter -> waiter.site == site)
        : null;
  }

  private T removeLast(Predicate<Waiter<T>> among) {
    Waiter<T> last = waiters.stream().filter(among).max(BY_CLAIM).orElseThrow();
    remove(last);
    return last.who;
  }

  /** Removes and returns whoever is next; null if nobody waits. */
  @Nullable T next() {
    Waiter<T> ofSite = waiters.stream().min(OF_SITES).orElse(null);
    if (ofSite == null) {
      return null;
    }
    Waiter<T> next =
        waiters.stream()
            .filter(waiter -> waiter.site == ofSite.site)
            .min(WITHIN_SITE)
            .orElse(ofSite);
    all.serve(next.site);
    next.site.serve(next.network);
    remove(next);
    return next.who;
  }

  int size() {
    return waiters.size();
  }

  /** The first who fits; null if nobody does. */
  @Nullable T find(Predicate<T> fits) {
    return waiters.stream().map(Waiter::who).filter(fits).findFirst().orElse(null);
  }

  /** Someone waits no longer. */
  void leave(T who) {
    waiters.stream().filter(waiter -> waiter.who.equals(who)).findFirst().ifPresent(this::remove);
  }

  private void add(Waiter<T> waiter) {
    waiters.add(waiter);
    waiter.site.waiting++;
    waiter.network.waiting++;
  }

  private void remove(Waiter<T> waiter) {
    waiters.remove(waiter);
    waiter.network.waiting--;
    waiter.site.waiting--;
    waiter.site.dropEmpty();
    all.dropEmpty();
  }

  /**
   * A site or a network, and when it is its turn. Who comes new, and who has just been served, is
   * served in the next round.
   */
  private static final class Group {
    private final Map<@Nullable ClientNetwork, Group> members = new HashMap<>();
    private long turn;
    private long round;
    private int waiting;

    Group(long turn) {
      this.turn = turn;
    }

    Group member(@Nullable ClientNetwork name) {
      return members.computeIfAbsent(name, unused -> new Group(round + 1));
    }

    void serve(Group member) {
      round = Math.max(round, member.turn);
      member.turn = round + 1;
    }

    void dropEmpty() {
      members.values().removeIf(member -> member.waiting == 0);
    }
  }

  private record Waiter<T>(
      T who, Group site, Group network, boolean known, boolean spent, long arrival) {}
}

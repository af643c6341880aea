package dev.sallyport.jwt;

import com.fasterxml.jackson.core.SerializableString;

/**
 * Guesses which member of an object comes next from what came there last time: a writer of objects
 * writes their members in one order, and comparing with one name is faster than looking the name
 * up. Safe for many threads; one thread may overwrite what another has learnt, and a wrong guess
 * only costs time.
 */
final class MemberOrder {
  private final MemberNames names;

  /**
   * What came after each name, by its position, ignoring unknown names; at index 0, what came
   * first.
   */
  private final int[] following;

  /** Assumes the order of these names until it learns better. */
  MemberOrder(MemberNames names) {
    this.names = names;
    following = new int[names.size() + 1];
    for (int place = 0; place < names.size(); place++) {
      following[place] = place;
    }
  }

  SerializableString name(int place) {
    return names.get(place);
  }

  int placeOf(String name) {
    return names.placeOf(name);
  }

  /** What is likely to come after the name at a position, or first. */
  int after(int place) {
    return following[place - MemberNames.NONE];
  }

  void learn(int place, int next) {
    following[place - MemberNames.NONE] = next;
  }
}

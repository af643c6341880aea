package dev.sallyport.jwt;

import com.fasterxml.jackson.core.SerializableString;

/**
 * Guesses which member of an object comes next, by what came there the last time: who writes
 * objects writes their members in one order, and to compare with one name is faster than to look up
 * which name it is. Safe for many threads; what one has learnt another may forget, and a wrong
 * guess costs no more than time.
 */
final class MemberOrder {
  private final MemberNames names;

  /** What came behind each name, by its place, others passed over; before them, what came first. */
  private final int[] following;

  /** Of objects whose members stand in the order of these names, until it is known better. */
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

  /** What is likely to come behind the name at a place, or first. */
  int after(int place) {
    return following[place - MemberNames.NONE];
  }

  void learn(int place, int next) {
    following[place - MemberNames.NONE] = next;
  }
}

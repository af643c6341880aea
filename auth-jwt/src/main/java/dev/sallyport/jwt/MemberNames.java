package dev.sallyport.jwt;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HashMap;
import java.util.Map;

/** Names that members of an object are likely to have, in order. Immutable. */
final class MemberNames {
  /** The position of any other name. */
  static final int NONE = -1;

  private final SerializableString[] names;
  private final Map<String, Integer> places = new HashMap<>();

  MemberNames(String... names) {
    this.names = new SerializableString[names.length];
    for (int i = 0; i < names.length; i++) {
      SerializableString name = new SerializedString(names[i]);
      name.asQuotedChars(); // else at first use, before Jackson 2.18 without a barrier
      name.asQuotedUTF8();
      this.names[i] = name;
      places.put(names[i], i);
    }
  }

  SerializableString get(int place) {
    return names[place];
  }

  int placeOf(String name) {
    return places.getOrDefault(name, NONE);
  }

  int size() {
    return names.length;
  }
}

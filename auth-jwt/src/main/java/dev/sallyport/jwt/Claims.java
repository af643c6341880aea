package dev.sallyport.jwt;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The claims of a token, read in one pass and not checked yet (RFC 7519 section 4). Times are whole
 * seconds.
 */
final class Claims implements StrictJson.LikelyMember {
  @Nullable String issuer;
  @Nullable String subject;
  @Nullable String id;
  @Nullable List<String> audience;
  long expiresAt = NumericDate.NONE;
  long notBefore = NumericDate.NONE;
  long issuedAt = NumericDate.NONE;

  /**
   * How many values there are besides the other fields, including nested ones and the elements of
   * {@code aud}.
   */
  int values;

  /** The claims in {@link ClaimName} that have no field of their own. */
  private final @Nullable Object[] named = new Object[ClaimName.ALL.length];

  /** The claims that are not in {@link ClaimName}. */
  private @Nullable Map<String, @Nullable Object> others;

  /** Which claims in {@link ClaimName} have been read: one bit each. */
  private int found;

  private Claims() {}

  /**
   * Returns null if it is not a JSON object, or a registered claim has the wrong type.
   *
   * @param ours whether it is known to have been written here
   * @param order the order in which such tokens have the claims in {@link ClaimName}
   */
  static @Nullable Claims parse(byte[] json, boolean ours, MemberOrder order) {
    Claims claims = new Claims();
    try {
      claims.values = StrictJson.readObject(json, ours, order, claims);
      claims.values += claims.audience == null ? 0 : claims.audience.size();
    } catch (IOException e) {
      return null;
    }
    return claims;
  }

  @Override
  public void read(int place, String name, StrictJson value) throws IOException {
    ClaimName claim = ClaimName.of(place);
    if (claim == null) {
      readOther(name, value);
      return;
    }
    int bit = 1 << place;
    if ((found & bit) != 0) {
      throw StrictJson.twice();
    }
    found |= bit;
    switch (claim) {
      case ISSUER -> issuer = value.text();
      case SUBJECT -> subject = value.text();
      case ID -> id = value.text();
      case AUDIENCE -> audience = audience(value);
      case EXPIRES_AT -> expiresAt = NumericDate.read(value);
      case NOT_BEFORE -> notBefore = NumericDate.read(value);
      case ISSUED_AT -> issuedAt = NumericDate.read(value);
      default -> named[place] = value.value();
    }
  }

  private void readOther(String name, StrictJson value) throws IOException {
    if (others == null) {
      others = new HashMap<>();
    }
    StrictJson.putOnce(others, name, value.value());
  }

  private static List<String> audience(StrictJson value) throws IOException {
    if (value.isText()) {
      return List.of(value.text());
    }
    List<String> audience = new ArrayList<>();
    value.elements(element -> audience.add(element.text()));
    return Collections.unmodifiableList(audience);
  }

  /** A claim without a field of its own; null if it is absent or null. */
  @Nullable Object get(ClaimName claim) {
    return named[claim.place];
  }

  /** As for {@link #get(ClaimName)}. */
  @Nullable Object get(String name) {
    int place = ClaimName.NAMES.placeOf(name);
    if (place != MemberNames.NONE) {
      return named[place];
    }
    return others == null ? null : others.get(name);
  }

  /** The claims that are not in {@link ClaimName}, except those that are null. */
  Map<String, Object> unknown() {
    Map<String, Object> there = new HashMap<>();
    if (others != null) {
      others.forEach((name, value) -> put(there, name, value));
    }
    return there;
  }

  /** The claims without a field of their own, except those that are null. */
  Map<String, Object> all() {
    Map<String, Object> there = unknown();
    for (ClaimName claim : ClaimName.ALL) {
      put(there, claim.text, named[claim.place]);
    }
    return there;
  }

  private static void put(Map<String, Object> map, String name, @Nullable Object value) {
    if (value != null) {
      map.put(name, value);
    }
  }

  @Override
  public String toString() {
    return "Claims[hidden]";
  }
}
